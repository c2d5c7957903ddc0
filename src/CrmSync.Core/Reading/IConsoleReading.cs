using CrmSync.Core.Sessions;

namespace CrmSync.Core.Reading;

/// <summary>What the console asks the ledger. Every answer stays quick on a ledger with a million sessions: no question reads a whole table.</summary>
public interface IConsoleReading
{
    /// <summary>One page of the sessions that fit, latest end first.</summary>
    Task<SessionPage> FindSessionsAsync(SessionQuery query, CancellationToken cancel);

    /// <summary>What happened in a window of time, and what waits now.</summary>
    Task<LedgerOverview> OverviewAsync(OverviewWindow window, CancellationToken cancel);

    /// <summary>The queues (menu paths) that sessions came through, by name.</summary>
    Task<IReadOnlyList<string>> QueuesAsync(CancellationToken cancel);

    /// <summary>The kept files of these revisions, in order; null where the retention dropped one.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadFilesAsync(IReadOnlyList<SessionRevision> revisions, CancellationToken cancel);
}

/// <param name="Revision">Counted from 1 within the session.</param>
public sealed record SessionRevision(SessionKey Session, int Revision);
