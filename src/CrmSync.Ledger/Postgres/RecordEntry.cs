using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Postgres;

/// <summary>An intake record as one element of a batch.</summary>
/// <param name="N">Its number in the batch.</param>
internal sealed record RecordEntry(
    int N,
    string Source,
    string Locator,
    long SizeBytes,
    long ModifiedAt,
    string Decision,
    string? Reason,
    string? Message,
    string? CrmCode)
{
    public string? Instance { get; init; }

    public string? Kind { get; init; }

    public long? Number { get; init; }

    /// <summary>Null where there is no revision to keep.</summary>
    public int? Follows { get; init; }

    public string? ContentSha256 { get; init; }

    public string? SemanticSha256 { get; init; }

    public string? RelevantSha256 { get; init; }

    public long? UpdatedAt { get; init; }

    public long? EndedAt { get; init; }

    public string? Status { get; init; }

    public bool? IsFinal { get; init; }

    public string? SessionType { get; init; }

    public string? Language { get; init; }

    public string? OutTicket { get; init; }

    public string? Queue { get; init; }

    /// <summary>Keyed hashes of what the session is found by.</summary>
    public IReadOnlyList<long> Terms { get; init; } = [];

    public static RecordEntry Of(int n, IntakeRecord record, Func<SearchTerm, long> token)
    {
        var entry = new RecordEntry(
            n, record.Source, record.File.Locator, record.File.SizeBytes, record.File.ModifiedAt.Ms(), record.Decision.Word(),
            record.Fault?.Reason.Code, record.Fault?.Message, record.Fault?.CrmCode);
        return record.Revision is { } revision ? entry.With(revision, revision.Facts, token) : entry;
    }

    private RecordEntry With(NewRevision revision, SessionFacts facts, Func<SearchTerm, long> token) => this with
    {
        Instance = revision.Session.Instance,
        Kind = SessionKey.Word(revision.Session.Kind),
        Number = revision.Session.Id,
        Follows = revision.Follows,
        ContentSha256 = revision.ContentSha256,
        SemanticSha256 = revision.SemanticSha256,
        RelevantSha256 = revision.RelevantSha256,
        UpdatedAt = facts.UpdatedAt.Ms(),
        EndedAt = facts.EndedAt.Ms(),
        Status = facts.Status,
        IsFinal = facts.IsFinal,
        SessionType = facts.SessionType,
        Language = facts.Language,
        OutTicket = facts.OutTicket,
        Queue = facts.Queue,
        Terms = [.. revision.Terms.Select(token)],
    };
}
