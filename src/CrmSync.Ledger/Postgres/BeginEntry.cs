namespace CrmSync.Ledger.Postgres;

/// <summary>An attempt to begin, as one element of a batch.</summary>
/// <param name="N">Its number in the batch.</param>
internal sealed record BeginEntry(int N, long Id, long Token, string Lane, string RecordType, string RecordId, string? Url, long Settle)
{
    public static BeginEntry Of(AttemptStart start, int n) => new(
        n, start.DeliveryId, start.Token, start.Ticket.Lane, start.Ticket.RecordType, start.Ticket.RecordId, start.Ticket.Url, start.Settle.Ms());
}
