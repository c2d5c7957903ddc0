namespace CrmSync.Ledger.Postgres;

/// <summary>A delivery to plan, as one element of a batch.</summary>
/// <param name="For">The record's number in the batch, or the delivery that is diverted.</param>
internal sealed record PlannedEntry(
    long For,
    string Connector,
    string Key,
    string? Route,
    string? Lane,
    long Place,
    string State,
    long Wait,
    string? Reason,
    string? Message,
    string? CrmCode)
{
    public static PlannedEntry Of(long @for, PlannedDelivery planned) => new(
        @for,
        planned.Connector,
        planned.Key.Value,
        planned.Route,
        planned.Lane,
        planned.Order,
        PlannedRow.StateOf(planned).Word(),
        planned.Wait.Ms(),
        planned.Fault?.Reason.Code,
        planned.Fault?.Message,
        planned.Fault?.CrmCode);
}
