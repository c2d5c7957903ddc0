namespace CrmSync.Core.Deliveries;

/// <summary>Where a delivery stands. Each member says how it is entered and who takes it out.</summary>
public enum DeliveryState
{
    /// <summary>Entered by intake, by a failed try that certainly had no effect, or by a person's retry. Left by a claim once it is due.</summary>
    Ready,

    /// <summary>Entered by a claim of a ready delivery: nothing was sent yet. Left by the round; a dead worker's goes back to <see cref="Ready"/>.</summary>
    Resolving,

    /// <summary>Entered when the attempt row is committed, before the first byte leaves. Left by the round; a dead worker's becomes <see cref="InDoubt"/>.</summary>
    Sending,

    /// <summary>Entered when nobody knows whether the CRM carried it out. Left by a claim, to be probed.</summary>
    InDoubt,

    /// <summary>Entered by a claim of a delivery in doubt. Left by the round; a dead worker's goes back to <see cref="InDoubt"/>.</summary>
    Probing,

    /// <summary>The CRM holds the note and the file. End.</summary>
    Delivered,

    /// <summary>Needs a person; the reason code says why. Left only by a person: retry or cancel.</summary>
    Parked,

    /// <summary>Nothing had to be delivered: no ticket is expected, no route, or before the start date. End.</summary>
    Skipped,

    /// <summary>A newer revision took its place before anything was sent. End.</summary>
    Superseded,

    /// <summary>The time for retries ran out. Left only by a person's retry.</summary>
    Failed,

    /// <summary>A person said no. End.</summary>
    Cancelled,
}

public static class DeliveryStates
{
    /// <summary>Nothing more happens by itself.</summary>
    public static bool IsEnd(this DeliveryState state) => state is
        DeliveryState.Delivered or DeliveryState.Skipped or DeliveryState.Superseded or DeliveryState.Failed or DeliveryState.Cancelled;

    /// <summary>Waits for a person: what the dead-letter list shows.</summary>
    public static bool NeedsPerson(this DeliveryState state) => state is DeliveryState.Parked or DeliveryState.Failed;
}
