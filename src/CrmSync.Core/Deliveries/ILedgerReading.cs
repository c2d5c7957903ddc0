using CrmSync.Core.Intake;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Deliveries;

/// <summary>What status, show and the console ask.</summary>
public interface ILedgerReading
{
    Task<LedgerSummary> SummarizeAsync(CancellationToken cancel);

    /// <summary>A session with everything that happened to it; null when unknown.</summary>
    Task<SessionHistory?> HistoryAsync(SessionKey session, CancellationToken cancel);

    /// <summary>
    /// Sessions that <paramref name="text"/> may mean, newest first: <c>call-48211</c>, <c>48211</c>, <c>instance/call-48211</c>, or a ticket id.
    /// </summary>
    Task<IReadOnlyList<SessionKey>> SearchAsync(string text, int most, CancellationToken cancel);

    /// <summary>Deliveries that fit the filter, newest first, one page.</summary>
    Task<IReadOnlyList<Delivery>> ListAsync(DeliveryFilter filter, int skip, int take, CancellationToken cancel);

    /// <summary>Files that could not be used, newest first, one page.</summary>
    Task<IReadOnlyList<QuarantinedFile>> ListQuarantinedAsync(int skip, int take, CancellationToken cancel);
}

public sealed record QuarantinedFile(string Source, FileStamp File, Fault Fault, DateTimeOffset RecordedAt);

/// <param name="Counts">By connector and state; states without deliveries are absent.</param>
public sealed record LedgerSummary(
    long Sessions,
    long SessionsNotFinal,
    long FilesQuarantined,
    IReadOnlyList<StateCount> Counts,
    IReadOnlyList<ConnectorPause> Pauses,
    IReadOnlyList<SourceStatus> Sources,
    DateTimeOffset? OldestDue);

public sealed record StateCount(string Connector, DeliveryState State, long Count);

public sealed record SourceStatus(string Name, SourceNote LastRound, DateTimeOffset? LastOkAt);

public sealed record SessionHistory(
    SessionKey Session,
    IReadOnlyList<RevisionRow> Revisions,
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<AttemptRow> Attempts);

/// <param name="Locator">The file it came from.</param>
public sealed record RevisionRow(int Revision, string Source, string Locator, string ContentSha256, DateTimeOffset RecordedAt, SessionFacts Facts);

/// <param name="Number">Counted from 1 within the delivery.</param>
/// <param name="Outcome">Null while it runs.</param>
public sealed record AttemptRow(
    long DeliveryId,
    int Number,
    AttemptPhase Phase,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? Outcome,
    Fault? Fault);

/// <param name="Since">Created at or after this instant.</param>
/// <param name="Id">The one delivery with the ledger's number.</param>
public sealed record DeliveryFilter(
    string? Connector = null,
    DeliveryState? State = null,
    string? Reason = null,
    SessionKey? Session = null,
    DateTimeOffset? Since = null,
    long? Id = null);
