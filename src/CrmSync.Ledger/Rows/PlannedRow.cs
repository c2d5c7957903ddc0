namespace CrmSync.Ledger.Rows;

/// <summary>A delivery as intake plans it.</summary>
internal sealed record PlannedRow(
    long SessionId,
    int Revision,
    string Connector,
    string Key,
    string? Route,
    string? Lane,
    long Place,
    string State,
    long Wait,
    string? Reason,
    string? Message,
    string? CrmCode,
    long Now)
{
    public static PlannedRow Of(long session, int revision, PlannedDelivery planned, long now) => new(
        session,
        revision,
        planned.Connector,
        planned.Key.Value,
        planned.Route,
        planned.Lane,
        planned.Order,
        StateOf(planned).Word(),
        planned.Wait.Ms(),
        planned.Fault?.Reason.Code,
        planned.Fault?.Message,
        planned.Fault?.CrmCode,
        now);

    public static DeliveryState StateOf(PlannedDelivery planned) => planned.State is DeliveryState.Ready or DeliveryState.Skipped
        ? planned.State
        : throw new ArgumentException($"A delivery cannot be planned as {planned.State}.", nameof(planned));
}
