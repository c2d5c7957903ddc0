using CrmSync.Core.Sessions;

namespace CrmSync.Core.Deliveries;

/// <summary>One revision of one session to one connector: the unit of work, of retry and of the console.</summary>
/// <param name="Id">The ledger's number.</param>
/// <param name="Revision">Counted from 1 within the session.</param>
public sealed record Delivery(
    long Id,
    SessionKey Session,
    int Revision,
    string Connector,
    DeliveryKey Key,
    DeliveryState State,
    DateTimeOffset DueAt,
    DateTimeOffset CreatedAt)
{
    /// <summary>The route that chose the connector.</summary>
    public string? Route { get; init; }

    /// <summary>The record it is bound for as far as known, normalised; deliveries of one lane go one after another.</summary>
    public string? Lane { get; init; }

    /// <summary>Place within the lane: the session's end as Unix milliseconds.</summary>
    public long Order { get; init; }

    /// <summary>Tries that were spent so far, the running one included.</summary>
    public int Attempts { get; init; }

    /// <summary>Times the CRM was asked whether an earlier attempt arrived, since the last one.</summary>
    public int Probes { get; init; }

    /// <summary>How much speaks for this delivery being what workers died of: <see cref="Deaths"/>. Zero again once it was settled.</summary>
    public int Lives { get; init; }

    /// <summary>Fencing token of the claim; every write names it.</summary>
    public long Token { get; init; }

    /// <summary>An earlier attempt ended in doubt: look before sending again.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>When it was due for the first time, or again since a person's retry: the time for retries counts from here.</summary>
    public DateTimeOffset FirstDueAt { get; init; } = DueAt;

    /// <summary>When the first attempt row was committed: nothing of it is in the CRM from before.</summary>
    public DateTimeOffset? FirstSentAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The record the last attempt was addressed to.</summary>
    public TicketRef? Ticket { get; init; }

    /// <summary>The OutTicket that a person gave it, in place of the session's own.</summary>
    public string? TicketByHand { get; init; }

    /// <summary>The last trouble, or why it ended without being delivered.</summary>
    public Fault? Fault { get; init; }

    public Receipt? Receipt { get; init; }

    /// <summary>The receipt of this session's latest earlier delivery to the same connector: what a revision updates.</summary>
    public Receipt? Replaces { get; init; }

    /// <summary>The revision that <see cref="Replaces"/> is the receipt of; null for a first delivery.</summary>
    public int? ReplacesRevision { get; init; }
}
