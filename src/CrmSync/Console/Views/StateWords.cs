using CrmSync.Console.Texts;
using CrmSync.Core.Deliveries;

namespace CrmSync.Console.Views;

/// <summary>States and outcomes as people say them, with the kind of badge that goes with each.</summary>
public static class StateWords
{
    public static (Text Word, string Badge) Of(DeliveryState state) => state switch
    {
        DeliveryState.Ready => (DeliveryTexts.Waiting, "info"),
        DeliveryState.Resolving => (DeliveryTexts.UnderWay, "info"),
        DeliveryState.Sending => (DeliveryTexts.UnderWay, "info"),
        DeliveryState.InDoubt => (DeliveryTexts.InDoubt, "warning"),
        DeliveryState.Probing => (DeliveryTexts.InDoubt, "warning"),
        DeliveryState.Delivered => (DeliveryTexts.Delivered, "good"),
        DeliveryState.Parked => (DeliveryTexts.Parked, "bad"),
        DeliveryState.Failed => (DeliveryTexts.Failed, "bad"),
        DeliveryState.Skipped => (DeliveryTexts.Skipped, "neutral"),
        DeliveryState.Superseded => (DeliveryTexts.Superseded, "neutral"),
        DeliveryState.Cancelled => (DeliveryTexts.Cancelled, "neutral"),
        _ => throw new InvalidOperationException($"No word for {state}."),
    };

    /// <summary>What the state means for somebody who waits for the note.</summary>
    public static Text Meaning(DeliveryState state) => state switch
    {
        DeliveryState.Ready => DeliveryTexts.WaitingMeans,
        DeliveryState.Resolving or DeliveryState.Sending => DeliveryTexts.UnderWayMeans,
        DeliveryState.InDoubt or DeliveryState.Probing => DeliveryTexts.InDoubtMeans,
        DeliveryState.Delivered => DeliveryTexts.DeliveredMeans,
        DeliveryState.Parked => DeliveryTexts.ParkedMeans,
        DeliveryState.Failed => DeliveryTexts.FailedMeans,
        DeliveryState.Skipped => DeliveryTexts.SkippedMeans,
        DeliveryState.Superseded => DeliveryTexts.SupersededMeans,
        DeliveryState.Cancelled => DeliveryTexts.CancelledMeans,
        _ => throw new InvalidOperationException($"No meaning for {state}."),
    };

    public static Text Group(string name) => name switch
    {
        "waiting" => DeliveryTexts.Waiting,
        "person" => DeliveryTexts.NeedsPerson,
        "doubt" => DeliveryTexts.InDoubt,
        "delivered" => DeliveryTexts.Delivered,
        "skipped" => DeliveryTexts.Skipped,
        "superseded" => DeliveryTexts.Superseded,
        "cancelled" => DeliveryTexts.Cancelled,
        _ => throw new InvalidOperationException($"No word for the group {name}."),
    };

    /// <summary>What one try came to. Names are those that the ledger keeps: of <see cref="Outcome"/>, <see cref="Resolution"/> and <see cref="ProbeAnswer"/>.</summary>
    public static Text Attempt(AttemptRow attempt) => (attempt.Phase, attempt.Outcome) switch
    {
        (_, null) => DeliveryTexts.TryRuns,
        (_, nameof(Outcome.Delivered)) => DeliveryTexts.TryDelivered,
        (_, nameof(Outcome.AlreadyDelivered)) => DeliveryTexts.TryAlreadyThere,
        (AttemptPhase.Probe, nameof(ProbeAnswer.Found)) => DeliveryTexts.ProbeFound,
        (AttemptPhase.Probe, nameof(ProbeAnswer.Absent)) => DeliveryTexts.ProbeAbsent,
        (AttemptPhase.Probe, nameof(ProbeAnswer.CannotTell)) => DeliveryTexts.ProbeCannotTell,
        (AttemptPhase.Probe, nameof(ProbeAnswer.NeverTells)) => DeliveryTexts.ProbeNeverTells,
        (AttemptPhase.Resolve, nameof(Resolution.NotYet)) => DeliveryTexts.ResolveNotYet,
        (AttemptPhase.Resolve, nameof(Resolution.NotExpected)) => DeliveryTexts.ResolveNotExpected,
        (AttemptPhase.Resolve, nameof(Resolution.Ambiguous)) => DeliveryTexts.ResolveAmbiguous,
        (AttemptPhase.Resolve, nameof(Resolution.Gone)) => DeliveryTexts.ResolveGone,
        (_, nameof(Outcome.Deferred)) => DeliveryTexts.TryDeferred,
        (_, nameof(Outcome.InDoubt)) => DeliveryTexts.TryInDoubt,
        (_, nameof(Outcome.Refused)) => DeliveryTexts.TryRefused,
        (_, nameof(Outcome.Halted)) => DeliveryTexts.TryHalted,
        (_, nameof(Outcome.Skipped)) => DeliveryTexts.TrySkipped,
        (_, "Died") => DeliveryTexts.TryDied,
        _ => DeliveryTexts.TryOther,
    };

    public static Text Phase(AttemptPhase phase) => phase switch
    {
        AttemptPhase.Resolve => DeliveryTexts.PhaseResolve,
        AttemptPhase.Send => DeliveryTexts.PhaseSend,
        _ => DeliveryTexts.PhaseProbe,
    };
}
