namespace CrmSync.Core.Deliveries;

/// <summary>What one attempt came to, as the connector saw it. The list is closed.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>The CRM confirmed the write.</summary>
    public sealed record Delivered(Receipt Receipt) : Outcome;

    /// <summary>The CRM said our key was used before: an earlier answer was lost, the work was not.</summary>
    public sealed record AlreadyDelivered(Receipt Receipt) : Outcome;

    /// <summary>Certainly not carried out; may succeed later, unchanged.</summary>
    /// <param name="NotBefore">The CRM's own wish, if it gave one.</param>
    /// <param name="SpendsAttempt">False when the trouble is the connector's as a whole (outage, rate limit), not this delivery's.</param>
    public sealed record Deferred(Fault Fault, TimeSpan? NotBefore = null, bool SpendsAttempt = true) : Outcome
    {
        /// <summary>
        /// The trouble is this record's or this endpoint's alone (a limit of its own, another write under way): no attempt is spent, and the
        /// connector goes on with the others.
        /// </summary>
        public bool OthersGoOn { get; init; }
    }

    /// <summary>May have been carried out. The next try must look for the key before it writes.</summary>
    public sealed record InDoubt(Fault Fault) : Outcome;

    /// <summary>Will never succeed unchanged; a person must look.</summary>
    public sealed record Refused(Fault Fault) : Outcome;

    /// <summary>The connector is at fault (credentials, permissions, quota). Not carried out, no attempt spent; the connector pauses.</summary>
    public sealed record Halted(Fault Fault, TimeSpan? NotBefore = null) : Outcome;

    /// <summary>Nothing to write: by policy this delivery ends here, e.g. a closed ticket with policy <c>skip</c>.</summary>
    public sealed record Skipped(Fault Fault) : Outcome;
}
