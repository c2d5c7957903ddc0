using CrmSync.Core.Intake;

namespace CrmSync.Core.Deliveries;

/// <summary>Durable memory of files, sessions, deliveries and attempts. What a method answered is on disk.</summary>
/// <remarks>
/// Rules every store keeps: each claim raises the delivery's token, every later write names it, and a write whose token is old
/// changes nothing. A dead worker's sending delivery comes back in doubt, never ready.
/// </remarks>
public interface ILedger : IIntakeLedger, IDeliveryLedger, ILedgerReading, ILedgerActions
{
    /// <summary>Keeps this installation's delivery keys apart from every other's on the same CRM; made once, with the ledger.</summary>
    string Installation { get; }

    /// <summary>Applies the schema, fences off earlier lives of this worker and takes back what they held.</summary>
    /// <exception cref="LedgerException">The ledger is in use, damaged, newer than this program, or cannot be written.</exception>
    Task<RecoveryReport> OpenAsync(CancellationToken cancel);

    /// <summary>
    /// After its clock was set back: deliveries and connectors that were put off by the fast clock wait from now on as long as they were put
    /// off for, not until the clock has caught up. Answers how many deliveries that are.
    /// </summary>
    Task<int> FollowClockAsync(CancellationToken cancel);

    /// <summary>Whether new work can be written down, and how much room is left. Never throws for a ledger in trouble.</summary>
    Task<LedgerHealth> HealthAsync(CancellationToken cancel);

    /// <summary>Deletes what is older than the retention allows, in small steps. Answers how many rows went.</summary>
    Task<int> PurgeAsync(Retention retention, CancellationToken cancel);
}

/// <param name="PutInDoubt">Deliveries a dead life was sending.</param>
/// <param name="Released">Deliveries a dead life had only claimed.</param>
/// <param name="Parked">Deliveries that processes died on again and again: <see cref="Deaths"/>.</param>
public sealed record RecoveryReport(int PutInDoubt, int Released, int Parked);

/// <param name="Payloads">Session files are dropped this long after the last delivery ended; hashes and ids stay.</param>
/// <param name="Rows">Ended deliveries, their attempts and sessions are dropped after this.</param>
public sealed record Retention(TimeSpan Payloads, TimeSpan Rows);

/// <param name="Trouble">What is wrong and what to do, for an admin; null when all is well.</param>
/// <param name="BytesFree">Room left on the ledger's disk; null where that cannot be known.</param>
public sealed record LedgerHealth(bool Writable, string? Trouble, long? BytesFree);

/// <summary>The ledger cannot be used; the message is a sentence for an admin.</summary>
public sealed class LedgerException : Exception
{
    public LedgerException(string message)
        : base(message)
    {
    }

    public LedgerException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public LedgerException()
    {
    }
}
