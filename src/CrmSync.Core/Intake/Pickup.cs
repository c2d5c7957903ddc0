using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;
using Microsoft.Extensions.Logging;

namespace CrmSync.Core.Intake;

/// <summary>The state of one pick-up: what became of the files so far.</summary>
internal sealed partial class Pickup(
    ISessionSource source, IIntakeLedger ledger, DeliveryPlanner planner, TimeProvider clock, ILogger logger)
{
    /// <summary>Another worker on the same source may be first once or twice; a file that loses again is taken by the next scan.</summary>
    private const int DecideAttemptsMax = 3;

    private readonly ReaderOptions _reading = source.Options.ToReaderOptions();
    private bool _archiveFailed;

    public ISessionSource Source => source;

    public IntakeSummary Summary { get; set; } = new();

    /// <summary>The file with its session or its fault; null when there is nothing to record yet.</summary>
    public async Task<IntakeFile?> ReadAsync(SourceFile file, CancellationToken cancel)
    {
        if (file.Refused is { } refused)
        {
            return new IntakeFile(file, null, refused);
        }

        switch (await source.ReadAsync(file, cancel))
        {
            case SourceContent.Bytes(var content):
                var read = IntakeFile.Of(file, content, _reading, source.Options, clock.GetUtcNow());
                Summary = read is null ? Summary with { Waiting = Summary.Waiting + 1 } : Summary;
                return read;
            case SourceContent.Refused(var fault):
                return new IntakeFile(file, null, fault);
            default:
                Summary = Summary with { Vanished = Summary.Vanished + 1 };
                return null;
        }
    }

    /// <summary>Decides and commits; then the files may leave.</summary>
    public async Task RecordAsync(IReadOnlyList<IntakeFile> files, CancellationToken cancel)
    {
        for (var attempt = 1; files.Count > 0 && attempt <= DecideAttemptsMax; attempt++)
        {
            var now = clock.GetUtcNow();
            var sessions = files.Select(file => file.Session?.Key).OfType<SessionKey>().Distinct().ToList();
            var known = new KnownSessions(await ledger.FindAsync(sessions, cancel));
            var records = files.Select(file => Decide(file, known, now)).ToList();
            var receipts = await ledger.RecordAsync(records, cancel);

            var again = new List<IntakeFile>();
            for (var i = 0; i < files.Count; i++)
            {
                if (receipts[i].Conflict)
                {
                    again.Add(files[i]);
                    continue;
                }

                Count(records[i]);
                Report(files[i], records[i]);
                await ArchiveRecordedAsync(files[i], cancel);
            }

            files = again;
        }
    }

    /// <summary>Moves a recorded file out of the way. One that cannot be moved is told once, not for every file at every scan.</summary>
    public async Task ArchiveAsync(SourceFile file, CancellationToken cancel)
    {
        if (!_archiveFailed && file.Refused is null && await source.ArchiveAsync(file, cancel) is { } fault)
        {
            _archiveFailed = true;
            Log.NotArchived(logger, source.Name, file.DisplayName, fault.ToString());
        }
    }

    private Task ArchiveRecordedAsync(IntakeFile file, CancellationToken cancel) =>
        file.Session is null ? Task.CompletedTask : ArchiveAsync(file.File, cancel);

    private IntakeRecord Decide(IntakeFile file, KnownSessions known, DateTimeOffset now)
    {
        if (file.Session is not { } session)
        {
            return new IntakeRecord(source.Name, QuarantineStamp(file), IntakeDecisionKind.Quarantined, file.Fault, null);
        }

        var before = known.Of(session.Key);
        var decision = IntakeDecision.Of(session, before, source.Options, now);
        if (!decision.IsRevision)
        {
            return new IntakeRecord(source.Name, file.File.Stamp, decision.Kind, decision.Fault, null);
        }

        var (deliveries, fault) = planner.Plan(session, decision, now);
        var follows = before?.Revision ?? 0;
        known.Set(session, follows + 1, hasUnsent: fault is null || before?.HasUnsent is true);
        return new IntakeRecord(source.Name, file.File.Stamp, decision.Kind, fault, RevisionOf(session, follows, deliveries));
    }

    /// <summary>
    /// A file that could not be opened is recorded with a time it does not have: rights and shares are mended without changing the
    /// file, so it must not count as known.
    /// </summary>
    private static FileStamp QuarantineStamp(IntakeFile file) =>
        file.Fault!.Reason == ReasonCodes.FileDenied || file.Fault.Reason == ReasonCodes.FileUnreadable
            ? file.File.Stamp with { ModifiedAt = DateTimeOffset.UnixEpoch }
            : file.File.Stamp;

    private static NewRevision RevisionOf(SessionMetadata session, int follows, IReadOnlyList<PlannedDelivery> deliveries) => new(
        session.Key,
        follows,
        session.Bytes,
        session.Revision.ContentSha256,
        session.Revision.SemanticSha256,
        session.Revision.RelevantSha256,
        new SessionFacts(
            session.UpdatedAt,
            session.EndsAt,
            session.Status?.Name,
            session.IsFinal,
            session.Type?.Text,
            session.Lang,
            session.OutTicket?.Id,
            session.MenuPath?.Name),
        deliveries)
    {
        Terms = SearchTerms.Of(session),
    };

    private void Count(IntakeRecord record) => Summary = record.Decision switch
    {
        IntakeDecisionKind.Quarantined => Summary with { Quarantined = Summary.Quarantined + 1 },
        IntakeDecisionKind.Duplicate or IntakeDecisionKind.Older => Summary with { Duplicates = Summary.Duplicates + 1 },
        _ => Summary with { Recorded = Summary.Recorded + 1, Due = Summary.Due + record.Revision!.Deliveries.Count },
    };

    private void Report(IntakeFile file, IntakeRecord record)
    {
        if (record.Decision is IntakeDecisionKind.Quarantined)
        {
            Log.Quarantined(logger, source.Name, file.File.DisplayName, record.Fault!.ToString());
            return;
        }

        var session = file.Session!;
        var deliveries = record.Revision?.Deliveries ?? [];
        var dueAt = deliveries is [var first, ..] ? clock.GetUtcNow() + first.Wait : (DateTimeOffset?)null;
        Log.Taken(
            logger,
            record.Decision is IntakeDecisionKind.Duplicate or IntakeDecisionKind.Older ? LogLevel.Debug : LogLevel.Information,
            session.Key,
            record.Decision,
            record.Revision?.Follows + 1,
            source.Name,
            file.File.DisplayName,
            session.Bytes.Length,
            session.FieldNotes.Count,
            deliveries.Count,
            dueAt,
            record.Fault?.Reason.Code ?? "-");
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 201, Message = "Picked up {Session}: {Decision} revision {Revision} from {Source} {File}, {Bytes} bytes, {FieldNotes} fields unreadable, {Deliveries} deliveries due {DueAt:u}, reason {Reason}")]
        public static partial void Taken(
            ILogger logger, LogLevel level, SessionKey session, IntakeDecisionKind decision, int? revision, string source, string file, int bytes, int fieldNotes, int deliveries, DateTimeOffset? dueAt, string reason);

        [LoggerMessage(202, LogLevel.Warning, "Quarantined {Source} {File}: {Fault}")]
        public static partial void Quarantined(ILogger logger, string source, string file, string fault);

        [LoggerMessage(203, LogLevel.Warning, "Cannot archive files of {Source}, such as {File}: {Fault} They stay where they are and are not delivered again")]
        public static partial void NotArchived(ILogger logger, string source, string file, string fault);
    }
}
