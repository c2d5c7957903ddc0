using CrmSync.Core.Intake;

namespace CrmSync.Core.Deliveries;

/// <summary>What policy decides after an outcome. The list is closed.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    public sealed record Done(Receipt Receipt) : Verdict;

    /// <summary>Try later.</summary>
    /// <param name="After">How long after the ledger wrote it down: the instant is the ledger's, whose clock may not be ours.</param>
    /// <param name="InDoubt">Probe first.</param>
    /// <param name="SpendsAttempt">False: the attempt does not count towards the delivery's limit.</param>
    public sealed record Again(TimeSpan After, Fault Fault, bool InDoubt, bool SpendsAttempt) : Verdict;

    /// <summary>A person must look.</summary>
    public sealed record Park(Fault Fault) : Verdict;

    /// <summary>Nothing to deliver.</summary>
    public sealed record Skip(Fault Fault) : Verdict;

    /// <summary>This delivery ends as skipped, and the session goes to another connector instead: the route's fallback. One transaction.</summary>
    public sealed record Divert(Fault Fault, PlannedDelivery To) : Verdict;

    /// <summary>Time for retries is over.</summary>
    public sealed record GiveUp(Fault Fault) : Verdict;
}
