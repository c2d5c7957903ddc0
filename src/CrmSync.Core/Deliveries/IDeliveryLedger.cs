namespace CrmSync.Core.Deliveries;

/// <summary>What a delivery round writes and asks.</summary>
public interface IDeliveryLedger
{
    /// <summary>For how long what is claimed from now on may be acted on. Take it before the claim, and look at it before the first byte leaves.</summary>
    TrustWindow Trust { get; }

    /// <summary>
    /// Takes due deliveries of one connector for this worker: ready ones become resolving, in-doubt ones probing. Only the first
    /// delivery of each lane is taken; a parked one holds its lane up for at most 15 minutes.
    /// </summary>
    Task<IReadOnlyList<Delivery>> ClaimAsync(string connector, int most, TimeSpan lease, CancellationToken cancel);

    /// <summary>The files of claimed deliveries, in order; null where the retention dropped one.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancel);

    /// <summary>
    /// Commits one attempt each, before the first byte leaves: resolving becomes sending, bound for that ticket. Answers the ids that
    /// may be sent; the others are stale or their lane is taken, and are ready again where they were still ours.
    /// </summary>
    Task<IReadOnlySet<long>> BeginAsync(IReadOnlyList<AttemptStart> attempts, CancellationToken cancel);

    /// <summary>Writes what became of claimed deliveries in one transaction. Answers the ids whose token was stale: nothing was written for those.</summary>
    Task<IReadOnlySet<long>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancel);

    /// <summary>When the connector's next delivery is due; null when none waits.</summary>
    Task<DateTimeOffset?> NextDueAsync(string connector, CancellationToken cancel);

    /// <summary>
    /// Stops a connector for <paramref name="length"/> from now (null: until a person resumes it). Its beginning is kept while trouble follows
    /// trouble, and a person's pause is not cut short by trouble.
    /// </summary>
    Task PauseAsync(string connector, Fault fault, TimeSpan? length, CancellationToken cancel);

    Task ResumeAsync(string connector, CancellationToken cancel);

    /// <summary>The pause in force, or null.</summary>
    Task<ConnectorPause?> PauseOfAsync(string connector, CancellationToken cancel);

    /// <summary>
    /// The connector's last pause, in force or run out within the last <see cref="TroubleLasts"/>: nothing is known to have got through
    /// since. Null when it works.
    /// </summary>
    Task<ConnectorPause?> TroubleOfAsync(string connector, CancellationToken cancel);

    /// <summary>The connector works again: its trouble is over. A person's pause stays.</summary>
    Task ForgetTroubleAsync(string connector, CancellationToken cancel);

    /// <summary>A pause that ran out longer ago than this says nothing about today.</summary>
    static TimeSpan TroubleLasts => TimeSpan.FromHours(1);
}

/// <param name="Settle">
/// <see cref="ConnectorTraits.Settle"/>, kept with the attempt: should this worker die, whoever finds the delivery waits that long before it
/// probes, also when the connector is not configured any more.
/// </param>
public sealed record AttemptStart(long DeliveryId, long Token, TicketRef Ticket, TimeSpan Settle);

/// <param name="Phase">What the attempt was about; <c>send</c> or <c>probe</c> or <c>resolve</c>.</param>
/// <param name="Outcome">The outcome's name, e.g. <c>Deferred</c>; kept in the attempt row.</param>
/// <param name="Ticket">Known after resolve.</param>
public sealed record Settlement(
    long DeliveryId,
    long Token,
    AttemptPhase Phase,
    string Outcome,
    Verdict Verdict,
    TimeSpan Took,
    TicketRef? Ticket = null);

public enum AttemptPhase
{
    Resolve,
    Send,
    Probe,
}

public sealed record ConnectorPause(string Connector, Fault Fault, DateTimeOffset Since, DateTimeOffset? Until);
