namespace CrmSync.Ledger.Postgres;

/// <summary>A settlement as one element of a batch.</summary>
internal sealed record SettleEntry(
    long DeliveryId,
    long Token,
    string Phase,
    string Outcome,
    long Took,
    string State,
    long? Wait,
    bool? MayHaveArrived,
    int Refund,
    bool IsDelivered,
    string? Reason,
    string? Message,
    string? CrmCode)
{
    public string? Lane { get; init; }

    public string? TicketType { get; init; }

    public string? TicketId { get; init; }

    public string? TicketUrl { get; init; }

    public string? ReceiptRecord { get; init; }

    public string? ReceiptNote { get; init; }

    public string? ReceiptFile { get; init; }

    public string? ReceiptUrl { get; init; }

    public bool? ReceiptConfirmed { get; init; }

    public static SettleEntry Of(Settlement settlement)
    {
        // The instant is the database's; the row only tells whether there is one.
        var row = SettledRow.Of(settlement, now: 0);
        return new SettleEntry(
            row.DeliveryId, row.Token, settlement.Phase.Word(), settlement.Outcome, settlement.Took.Ms(), row.State, row.Wait,
            row.MayHaveArrived, row.Refund, row.DeliveredAt is not null, row.Reason, row.Message, row.CrmCode)
        {
            Lane = row.Lane,
            TicketType = row.TicketType,
            TicketId = row.TicketId,
            TicketUrl = row.TicketUrl,
            ReceiptRecord = row.ReceiptRecord,
            ReceiptNote = row.ReceiptNote,
            ReceiptFile = row.ReceiptFile,
            ReceiptUrl = row.ReceiptUrl,
            ReceiptConfirmed = row.ReceiptConfirmed,
        };
    }
}
