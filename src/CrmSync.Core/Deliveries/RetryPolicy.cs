namespace CrmSync.Core.Deliveries;

/// <summary>From outcome to verdict. Pure: the same arguments give the same verdict, but for the jitter drawn from <paramref name="jitter"/>.</summary>
/// <param name="jitter">A number from 0 to 1 at each call.</param>
public sealed class RetryPolicy(DeliveryOptions options, Func<double> jitter)
{
    /// <summary>CRMs have asked for days; more than this is not believed.</summary>
    private static readonly TimeSpan LongestWish = TimeSpan.FromHours(24);

    public Verdict Weigh(Delivery delivery, Outcome outcome, ConnectorTraits traits, DateTimeOffset now) => outcome switch
    {
        Outcome.Delivered(var receipt) => new Verdict.Done(receipt),
        Outcome.AlreadyDelivered(var receipt) => new Verdict.Done(receipt),
        Outcome.Refused(var fault) => new Verdict.Park(fault),
        Outcome.Skipped(var fault) => new Verdict.Skip(fault),
        Outcome.Halted(var fault, var notBefore) =>
            new Verdict.Again(Longer(options.HaltedPause, notBefore), fault, delivery.MayHaveArrived, SpendsAttempt: false),
        // Nothing was tried, so that earlier tries say nothing about how long this will take.
        Outcome.Deferred(var fault, var notBefore, var spends) =>
            Again(delivery, fault, Longer(Delay(spends ? delivery.Attempts : 1), notBefore), delivery.MayHaveArrived, spends, now),
        Outcome.InDoubt(var fault) =>
            Again(delivery, fault, traits.Settle, inDoubt: true, spends: true, now),
        _ => throw new InvalidOperationException($"No rule for outcome {outcome.GetType().Name}."),
    };

    public Verdict Weigh(Delivery delivery, Resolution resolution, ConnectorTraits traits, DateTimeOffset now) => resolution switch
    {
        Resolution.NotYet(var fault) when now - delivery.FirstDueAt < options.TicketWait =>
            new Verdict.Again(Delay(delivery.Attempts), fault, delivery.MayHaveArrived, SpendsAttempt: true),
        Resolution.NotYet(var fault) => new Verdict.Park(fault with { Reason = ReasonCodes.NoTicket }),
        Resolution.NotExpected(var fault) => new Verdict.Skip(fault),
        Resolution.Ambiguous(var fault) => new Verdict.Park(fault),
        Resolution.Gone(var fault) => new Verdict.Park(fault),
        Resolution.Failed(var outcome) => Weigh(delivery, outcome, traits, now),
        _ => throw new InvalidOperationException($"No rule for resolution {resolution.GetType().Name}."),
    };

    /// <summary>Weighs a probe; null when the delivery has to be sent again, now.</summary>
    public Verdict? Weigh(Delivery delivery, ProbeAnswer answer, ConnectorTraits traits, DateTimeOffset now) => answer switch
    {
        ProbeAnswer.Found(var receipt) => new Verdict.Done(receipt),
        ProbeAnswer.CannotTell(var fault, var notBefore) =>
            Again(delivery, fault, Longer(Delay(delivery.Probes), notBefore), inDoubt: true, spends: false, now),
        ProbeAnswer.NeverTells(var fault) => new Verdict.Park(fault),
        ProbeAnswer.Absent when traits.SecondProbeAfter is { } second && delivery.Probes < 2 =>
            new Verdict.Again(
                second, delivery.Fault ?? new Fault(ReasonCodes.NoAnswer, "The CRM does not show it; asked once more to be sure."), InDoubt: true, SpendsAttempt: false),
        ProbeAnswer.Absent => null,
        _ => throw new InvalidOperationException($"No rule for probe answer {answer.GetType().Name}."),
    };

    private Verdict Again(Delivery delivery, Fault fault, TimeSpan delay, bool inDoubt, bool spends, DateTimeOffset now)
    {
        // An outage is the connector's, not the delivery's: it never runs a delivery out of time. One in doubt is probed before anybody gives up.
        var giveUpAt = delivery.FirstDueAt + options.GiveUpAfter;
        return spends && !inDoubt && now >= giveUpAt
            ? new Verdict.GiveUp(new Fault(ReasonCodes.GaveUp, $"Tried {delivery.Attempts} times; last: {fault.Message}", fault.CrmCode ?? fault.Reason.Code))
            : new Verdict.Again(delay, fault, inDoubt, spends);
    }

    // Full jitter over an exponential: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    private TimeSpan Delay(int attempts)
    {
        var ceiling = options.RetryFirst.TotalSeconds * Math.Pow(options.RetryFactor, Math.Clamp(attempts - 1, 0, 40));
        return TimeSpan.FromSeconds(Math.Min(ceiling, options.RetryCap.TotalSeconds) * jitter());
    }

    private static TimeSpan Longer(TimeSpan ours, TimeSpan? theirs) =>
        theirs is { } wish && wish > ours ? (wish < LongestWish ? wish : LongestWish) : ours;
}
