using CrmSync.Core.Deliveries;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Intake;

/// <summary>What intake writes and asks.</summary>
public interface IIntakeLedger
{
    /// <summary>Which of these files were recorded before, with this very size and time. Same order, one answer each.</summary>
    Task<IReadOnlyList<bool>> KnowsAsync(string source, IReadOnlyList<FileStamp> files, CancellationToken cancel);

    /// <summary>What is known of these sessions; unknown ones are absent.</summary>
    Task<IReadOnlyDictionary<SessionKey, KnownSession>> FindAsync(IReadOnlyList<SessionKey> sessions, CancellationToken cancel);

    /// <summary>
    /// Commits files, revisions and the deliveries they lead to in one transaction. Where a revision plans a delivery,
    /// the unsent one of an older revision to the same connector becomes superseded. One answer each, in order.
    /// </summary>
    Task<IReadOnlyList<IntakeReceipt>> RecordAsync(IReadOnlyList<IntakeRecord> records, CancellationToken cancel);

    /// <summary>How a source's last pick-up went, for status and console.</summary>
    Task NoteSourceAsync(string source, SourceNote note, CancellationToken cancel);
}

/// <summary>A file as a listing shows it.</summary>
/// <param name="Locator">Path below the source's root, or an object name; unique within the source.</param>
public sealed record FileStamp(string Locator, long SizeBytes, DateTimeOffset ModifiedAt);

/// <summary>The current revision of a session, as the next one is compared with it.</summary>
/// <param name="HasUnsent">
/// A delivery of it waits and nothing of it left: the next revision should take its place, so that the newest file is attached.
/// </param>
public sealed record KnownSession(
    SessionKey Key,
    int Revision,
    DateTimeOffset? UpdatedAt,
    string ContentSha256,
    string SemanticSha256,
    string RelevantSha256,
    bool IsFinal,
    bool HasUnsent = false);

/// <summary>One file, read and decided upon.</summary>
/// <param name="Decision"><c>new</c>, <c>revision</c>, <c>duplicate</c>, <c>older</c> or <c>quarantined</c>.</param>
/// <param name="Fault">Why it was quarantined or not delivered; null otherwise.</param>
/// <param name="Revision">Null for duplicates and quarantined files.</param>
public sealed record IntakeRecord(string Source, FileStamp File, IntakeDecisionKind Decision, Fault? Fault, NewRevision? Revision);

public enum IntakeDecisionKind
{
    New,
    Revision,
    Duplicate,
    Older,
    Quarantined,
}

/// <summary>A revision to keep, with the deliveries it leads to.</summary>
/// <param name="Follows">The revision it was decided against; 0 for a new session. Another value in the ledger is a conflict.</param>
/// <param name="Bytes">The original file; kept encrypted until the retention drops it.</param>
/// <param name="Facts">What lists and searches show.</param>
public sealed record NewRevision(
    SessionKey Session,
    int Follows,
    ReadOnlyMemory<byte> Bytes,
    string ContentSha256,
    string SemanticSha256,
    string RelevantSha256,
    SessionFacts Facts,
    IReadOnlyList<PlannedDelivery> Deliveries)
{
    /// <summary>What of the people in it the session can be found by; kept as keyed hashes only.</summary>
    public IReadOnlyList<SearchTerm> Terms { get; init; } = [];
}

/// <summary>What the ledger shows of a session without opening its file. Nothing personal.</summary>
/// <param name="Status">As the platform wrote it, e.g. <c>finished</c>.</param>
/// <param name="OutTicket">The cleaned OutTicket id.</param>
/// <param name="Queue">Menu path, e.g. <c>Support/Orders/Returns</c>.</param>
public sealed record SessionFacts(
    DateTimeOffset? UpdatedAt,
    DateTimeOffset? EndedAt,
    string? Status,
    bool IsFinal,
    string? SessionType,
    string? Language,
    string? OutTicket,
    string? Queue);

/// <param name="State"><see cref="DeliveryState.Ready"/>, or <see cref="DeliveryState.Skipped"/> with a fault.</param>
/// <param name="Wait">How long until the session has settled; zero or more. The instant is the ledger's, as for <see cref="Verdict.Again"/>.</param>
public sealed record PlannedDelivery(
    string Connector,
    DeliveryKey Key,
    string? Route,
    string? Lane,
    long Order,
    DeliveryState State,
    TimeSpan Wait,
    Fault? Fault = null);

/// <param name="Conflict">Another writer was first; decide again.</param>
public sealed record IntakeReceipt(bool Conflict, int Revision);

/// <param name="Error">Null when the pick-up went well.</param>
public sealed record SourceNote(DateTimeOffset At, string? Error, int Seen, int Recorded, int Quarantined);
