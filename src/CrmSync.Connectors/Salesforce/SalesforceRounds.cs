using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// What every transport that writes file and note in one transaction does around its calls: large files go ahead, merged Cases are followed,
/// duplicates get the receipt of the first time.
/// </summary>
internal sealed class SalesforceRounds(SalesforceFiles files, SalesforceMerges merges, SalesforceLedger ledger)
{
    /// <param name="send">Makes one call: takes drafts out of the round and settles them or puts them back.</param>
    public async Task<IReadOnlyList<Outcome>> RunAsync(
        IReadOnlyList<Parcel> parcels, Func<SalesforceRound, CancellationToken, Task> send, CancellationToken cancel)
    {
        var prepared = await files.PrepareAsync(
            [.. parcels.Select(p => new SalesforceDraft(p, p.Ticket, Suspect: p.Delivery.Attempts > 1))], cancel);
        var round = new SalesforceRound(prepared.Where(p => p.Failure is null).Select(p => p.Draft));
        foreach (var (draft, failure) in prepared.Where(p => p.Failure is not null))
        {
            round.Settle(draft, failure!);
        }

        while (round.HasWaiting)
        {
            await send(round, cancel);
            if (!round.HasWaiting)
            {
                await FollowMergesAsync(round, cancel);
            }
        }

        await ReceiveDuplicatesAsync(round, cancel);
        return [.. parcels.Select(round.OutcomeOf)];
    }

    private async Task FollowMergesAsync(SalesforceRound round, CancellationToken cancel)
    {
        var gone = round.TakeGone();
        if (gone.Count == 0)
        {
            return;
        }

        var (fates, trouble) = await merges.FollowAsync(gone.Select(g => g.Draft.Ticket.RecordId), cancel);
        foreach (var (draft, outcome) in gone)
        {
            if (fates is null)
            {
                round.Settle(draft, SalesforceFaults.Harmless(trouble!));
            }
            else if (fates.GetValueOrDefault(draft.Ticket.RecordId) is { IsDeleted: false } fate && fate.Id != draft.Ticket.RecordId)
            {
                round.Again(draft.MovedTo(fate.Id));
            }
            else
            {
                round.Settle(draft, outcome);
            }
        }
    }

    // The row of before knows ids that its lost answer had told; without it the delivery is just as done.
    private async Task ReceiveDuplicatesAsync(SalesforceRound round, CancellationToken cancel)
    {
        var duplicates = round.Duplicates;
        if (duplicates.Count == 0)
        {
            return;
        }

        var (found, _) = await ledger.FindAsync([.. duplicates.Select(d => d.Parcel)], cancel);
        foreach (var draft in duplicates)
        {
            var receipt = found?.GetValueOrDefault(draft.Parcel.Delivery.Key.Value) ?? new Receipt(draft.Ticket.RecordId);
            round.Settle(draft, new Outcome.AlreadyDelivered(receipt with { Url = draft.Ticket.Url }));
        }
    }
}
