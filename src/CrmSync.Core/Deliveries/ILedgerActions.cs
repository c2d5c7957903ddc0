namespace CrmSync.Core.Deliveries;

/// <summary>What a person does. Each action is recorded with who did it; answers how many deliveries it changed.</summary>
public interface ILedgerActions
{
    /// <summary>Parked, failed, skipped and cancelled deliveries become ready now (in doubt, where one may have arrived). A delivered one is never sent again.</summary>
    /// <remarks>
    /// What was <see cref="ReasonCodes.HeldInDoubt"/> becomes ready: the person has looked. An older revision is left alone when a newer one is
    /// on its way or delivered.
    /// </remarks>
    Task<int> RetryAsync(DeliveryFilter which, Actor actor, CancellationToken cancel);

    /// <summary>Takes ready and in-doubt deliveries out of the flow until somebody retries or cancels them.</summary>
    Task<int> ParkAsync(DeliveryFilter which, Actor actor, CancellationToken cancel);

    /// <summary>
    /// Deliveries of which nothing left yet belong to <paramref name="ticket"/> from now on, whatever the session says, and become ready now;
    /// so do those of the session's later revisions. Their connectors look the record up as ever.
    /// </summary>
    Task<int> SetTicketAsync(DeliveryFilter which, string ticket, Actor actor, CancellationToken cancel);

    /// <summary>Ends deliveries that were not delivered. One that is being sent is not touched.</summary>
    Task<int> CancelAsync(DeliveryFilter which, Actor actor, CancellationToken cancel);
}
