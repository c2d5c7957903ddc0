namespace CrmSync.Ledger.Rows;

/// <summary>What a verdict changes in a delivery's row. Null leaves a column as it is where the statement says so.</summary>
internal sealed record SettledRow(
    long DeliveryId,
    long Token,
    long Now,
    string State,
    long? Wait = null,
    bool? MayHaveArrived = null,
    int Refund = 0,
    long? DeliveredAt = null,
    string? Reason = null,
    string? Message = null,
    string? CrmCode = null)
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

    public static SettledRow Of(Settlement settlement, long now)
    {
        var row = new SettledRow(settlement.DeliveryId, settlement.Token, now, StateAfter(settlement.Verdict).Word());
        row = settlement.Verdict switch
        {
            Verdict.Done(var receipt) => row.With(receipt) with { DeliveredAt = now, MayHaveArrived = false },
            Verdict.Again(var after, _, var inDoubt, var spends) =>
                row with { Wait = after.Ms(), MayHaveArrived = inDoubt, Refund = spends ? 0 : 1 },
            _ => row,
        };
        return row.With(FaultOf(settlement.Verdict)).With(settlement.Ticket);
    }

    public static Fault? FaultOf(Verdict verdict) => verdict switch
    {
        Verdict.Done => null,
        Verdict.Again(_, var fault, _, _) => fault,
        Verdict.Park(var fault) => fault,
        Verdict.Skip(var fault) => fault,
        Verdict.Divert(var fault, _) => fault,
        Verdict.GiveUp(var fault) => fault,
        _ => throw new InvalidOperationException($"No row for verdict {verdict.GetType().Name}."),
    };

    private static DeliveryState StateAfter(Verdict verdict) => verdict switch
    {
        Verdict.Done => DeliveryState.Delivered,
        Verdict.Again(_, _, var inDoubt, _) => inDoubt ? DeliveryState.InDoubt : DeliveryState.Ready,
        Verdict.Park => DeliveryState.Parked,
        Verdict.Skip or Verdict.Divert => DeliveryState.Skipped,
        Verdict.GiveUp => DeliveryState.Failed,
        _ => throw new InvalidOperationException($"No state for verdict {verdict.GetType().Name}."),
    };

    private SettledRow With(Fault? fault) => this with { Reason = fault?.Reason.Code, Message = fault?.Message, CrmCode = fault?.CrmCode };

    private SettledRow With(TicketRef? ticket) =>
        this with { Lane = ticket?.Lane, TicketType = ticket?.RecordType, TicketId = ticket?.RecordId, TicketUrl = ticket?.Url };

    private SettledRow With(Receipt receipt) => this with
    {
        ReceiptRecord = receipt.RecordId,
        ReceiptNote = receipt.NoteId,
        ReceiptFile = receipt.FileId,
        ReceiptUrl = receipt.Url,
        ReceiptConfirmed = receipt.Confirmed,
    };
}
