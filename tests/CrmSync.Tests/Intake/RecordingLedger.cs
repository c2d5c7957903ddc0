using CrmSync.Core.Intake;
using CrmSync.Core.Sessions;

namespace CrmSync.Tests.Intake;

/// <summary>An intake ledger in memory that shows what it was given.</summary>
internal sealed class RecordingLedger : IIntakeLedger
{
    private readonly Dictionary<string, FileStamp> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<SessionKey, KnownSession> _sessions = [];

    public List<IntakeRecord> Records { get; } = [];

    public List<SourceNote> Notes { get; } = [];

    /// <summary>Conflicts to answer before the next record is taken.</summary>
    public int Conflicts { get; set; }

    /// <summary>Whether deliveries count as sent as soon as they are planned.</summary>
    public bool SendsAtOnce { get; set; }

    public IEnumerable<PlannedDelivery> Deliveries => Records.SelectMany(record => record.Revision?.Deliveries ?? []);

    public Task<IReadOnlyList<bool>> KnowsAsync(string source, IReadOnlyList<FileStamp> files, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<bool>>([.. files.Select(file => _files.GetValueOrDefault(file.Locator) == file)]);

    public Task<IReadOnlyDictionary<SessionKey, KnownSession>> FindAsync(IReadOnlyList<SessionKey> sessions, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<SessionKey, KnownSession>>(
            sessions.Where(_sessions.ContainsKey).ToDictionary(key => key, key => _sessions[key]));

    public Task<IReadOnlyList<IntakeReceipt>> RecordAsync(IReadOnlyList<IntakeRecord> records, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<IntakeReceipt>>([.. records.Select(Record)]);

    public Task NoteSourceAsync(string source, SourceNote note, CancellationToken cancel)
    {
        Notes.Add(note);
        return Task.CompletedTask;
    }

    private IntakeReceipt Record(IntakeRecord record)
    {
        if (Conflicts > 0)
        {
            Conflicts--;
            return new IntakeReceipt(Conflict: true, 0);
        }

        Records.Add(record);
        _files[record.File.Locator] = record.File;
        if (record.Revision is not { } revision)
        {
            return new IntakeReceipt(Conflict: false, 0);
        }

        var before = _sessions.GetValueOrDefault(revision.Session);
        revision.Follows.ShouldBe(before?.Revision ?? 0);
        _sessions[revision.Session] = new KnownSession(
            revision.Session,
            revision.Follows + 1,
            revision.Facts.UpdatedAt,
            revision.ContentSha256,
            revision.SemanticSha256,
            revision.RelevantSha256,
            revision.Facts.IsFinal,
            HasUnsent: !SendsAtOnce && (revision.Deliveries.Count > 0 || before?.HasUnsent is true));
        return new IntakeReceipt(Conflict: false, revision.Follows + 1);
    }
}
