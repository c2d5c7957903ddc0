namespace CrmSync.Core.Deliveries;

/// <summary>One claim's deliveries on their way through a round, and what became of each.</summary>
internal sealed class DeliveryBatch(IConnector connector, IReadOnlyList<Delivery> claimed, RetryPolicy policy, TimeProvider clock)
{
    private readonly Dictionary<long, Delivery> _deliveries = claimed.ToDictionary(delivery => delivery.Id);
    private readonly HashSet<long> _started = [];
    private readonly HashSet<long> _begun = [];
    private readonly HashSet<long> _released = [];
    private readonly Dictionary<long, Settlement> _settlements = [];
    private readonly HashSet<long> _taken = [];
    private readonly List<Outcome> _outcomes = [];
    private readonly long _startedAt = clock.GetTimestamp();

    public IConnector Connector => connector;

    public Delivery Delivery(long id) => _deliveries[id];

    public void Weigh(Delivery delivery, Resolution resolution, IRoutePolicy routes)
    {
        resolution = AsRouted(resolution, routes.TicketExpected(delivery));
        if (resolution is Resolution.Failed(var outcome))
        {
            _outcomes.Add(outcome);
        }

        Settle(delivery, AttemptPhase.Resolve, Name(resolution), policy.Weigh(delivery, resolution, connector.Traits, clock.GetUtcNow()), null);
    }

    public void Weigh(Delivery delivery, Outcome outcome, AttemptPhase phase, TicketRef? ticket = null)
    {
        if (phase is AttemptPhase.Send)
        {
            _outcomes.Add(outcome);
        }

        Settle(delivery, phase, Name(outcome), policy.Weigh(delivery, outcome, connector.Traits, clock.GetUtcNow()), ticket);
    }

    /// <summary>False when the parcel has to be sent again.</summary>
    public bool Weigh(Parcel parcel, ProbeAnswer answer)
    {
        if (SaysOfConnector(answer) is { } sign)
        {
            _outcomes.Add(sign);
        }

        if (policy.Weigh(parcel.Delivery, answer, connector.Traits, clock.GetUtcNow()) is not { } verdict)
        {
            return false;
        }

        Settle(parcel.Delivery, AttemptPhase.Probe, Name(answer), verdict, parcel.Ticket);
        return true;
    }

    /// <summary>The ledger is asked to begin these; whether it did is not known before it answers.</summary>
    public void Start(IEnumerable<AttemptStart> starts) => _started.UnionWith(starts.Select(start => start.DeliveryId));

    /// <summary>Bytes of the begun ones may leave from here on; the others the ledger already released, or another life has them.</summary>
    public void Begin(IEnumerable<AttemptStart> starts, IReadOnlySet<long> began)
    {
        foreach (var start in starts)
        {
            (began.Contains(start.DeliveryId) ? _begun : _released).Add(start.DeliveryId);
        }
    }

    /// <summary>The round cannot go on: whatever has no verdict yet is in doubt where bytes may have left, and deferred elsewhere.</summary>
    public void Abandon(Fault fault, bool spendsAttempt)
    {
        foreach (var delivery in claimed.Where(delivery => !_settlements.ContainsKey(delivery.Id) && !_released.Contains(delivery.Id)))
        {
            Outcome outcome = _begun.Contains(delivery.Id)
                ? new Outcome.InDoubt(fault)
                : new Outcome.Deferred(fault, SpendsAttempt: spendsAttempt);
            Settle(
                delivery,
                _started.Contains(delivery.Id) ? AttemptPhase.Send : AttemptPhase.Resolve,
                Name(outcome),
                policy.Weigh(delivery, outcome, connector.Traits, clock.GetUtcNow()),
                delivery.Ticket);
        }
    }

    /// <summary>What the CRM's answers came to since the last time this was asked, whatever they were about.</summary>
    public IReadOnlyList<Outcome> TakeOutcomes()
    {
        List<Outcome> outcomes = [.. _outcomes];
        _outcomes.Clear();
        return outcomes;
    }

    /// <summary>
    /// What to write since the last time this was asked. A delivery that would be parked goes to the route's fallback connector where there is one; not when it may have
    /// arrived, for then the fallback would be the second note.
    /// </summary>
    public IReadOnlyList<Settlement> TakeSettlements(IRoutePolicy routes) =>
    [
        .. _settlements.Values.Where(settlement => _taken.Add(settlement.DeliveryId)).Select(settlement => settlement.Verdict is Verdict.Park(var fault)
            && _deliveries[settlement.DeliveryId] is { MayHaveArrived: false } delivery
            && routes.FallbackFor(delivery) is { } planned
                ? settlement with { Verdict = new Verdict.Divert(fault, planned) }
                : settlement),
    ];

    // A CRM that cannot be asked is down for probes as it is for notes.
    private static Outcome? SaysOfConnector(ProbeAnswer answer) => answer switch
    {
        ProbeAnswer.Found(var receipt) => new Outcome.AlreadyDelivered(receipt),
        ProbeAnswer.CannotTell(var fault, var notBefore) when ReasonCodes.IsOfConnector(fault.Reason) =>
            new Outcome.Deferred(fault, notBefore, SpendsAttempt: false),
        _ => null,
    };

    // An admin may know better than the session whether a ticket should be there.
    private static Resolution AsRouted(Resolution resolution, bool? ticketExpected) => (resolution, ticketExpected) switch
    {
        (Resolution.NotYet(var fault), false) => new Resolution.NotExpected(fault with { Reason = ReasonCodes.NoTicketExpected }),
        (Resolution.NotExpected(var fault), true) => new Resolution.NotYet(fault with { Reason = ReasonCodes.NoTicketYet }),
        _ => resolution,
    };

    private void Settle(Delivery delivery, AttemptPhase phase, string outcome, Verdict verdict, TicketRef? ticket)
    {
        _settlements[delivery.Id] = new Settlement(delivery.Id, delivery.Token, phase, outcome, verdict, clock.GetElapsedTime(_startedAt), ticket);
    }

    private static string Name(object answer) => answer is Resolution.Failed(var outcome) ? outcome.GetType().Name : answer.GetType().Name;
}
