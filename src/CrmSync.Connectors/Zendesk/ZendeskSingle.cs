using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// One ticket, one update: the file is uploaded, then note, file, fields and markers go out together. The first try costs two calls and is
/// sent without looking. A delivery that may have arrived is looked for first, and sent again only as a safe update with the ticket's
/// stamp from before the look: if the earlier try lands meanwhile, Zendesk refuses ours.
/// </summary>
internal sealed class ZendeskSingle(
    ZendeskClient client,
    ZendeskDrafts drafts,
    ZendeskUploads uploads,
    ZendeskProbe probe,
    ZendeskClosedTickets closed,
    ZendeskReceipts receipts,
    ZendeskRights rights)
{
    public async Task<Outcome> DeliverAsync(Parcel parcel, CancellationToken cancel)
    {
        string? stamp = null;

        if (parcel.Delivery.MayHaveArrived)
        {
            (stamp, var known) = await LookAsync(parcel, cancel);

            if (known is not null)
            {
                return known;
            }
        }

        return await SendAsync(parcel, stamp, cancel);
    }

    /// <summary>The stamp is taken before the look, not after: what arrives in between makes it stale.</summary>
    private async Task<(string? Stamp, Outcome? Known)> LookAsync(Parcel parcel, CancellationToken cancel)
    {
        var shown = await client.ShowTicketAsync(ZendeskTicketIds.IdOf(parcel.Ticket), cancel);

        if (shown.Value?.Ticket?.UpdatedAt is not { } stamp)
        {
            return (null, ZendeskFaults.Harmless(shown.Trouble ?? new ZendeskTrouble(ZendeskTroubleKind.Unanswered)));
        }

        return await probe.FindAsync(parcel, shown.Value.Ticket, cancel) switch
        {
            ProbeAnswer.Found(var receipt) => (stamp, new Outcome.AlreadyDelivered(receipt)),
            ProbeAnswer.CannotTell(var fault, var notBefore) => (stamp, new Outcome.Deferred(fault, notBefore, SpendsAttempt: false)),
            _ => (stamp, null),
        };
    }

    private async Task<Outcome> SendAsync(Parcel parcel, string? stamp, CancellationToken cancel)
    {
        var (draft, failure) = await drafts.PrepareAsync(parcel, ZendeskLane.Updates, cancel);

        if (draft is null)
        {
            return failure!;
        }

        var outcome = await UpdateAsync(draft, stamp, cancel);

        if (ZendeskFaults.IsNotFound(outcome) && draft.File?.Reused is true)
        {
            // 404 names no culprit: an upload from an earlier try may be gone. With a fresh one it can only be the ticket.
            uploads.Forget(draft.Key);
            return await SendAsync(parcel, stamp, cancel);
        }

        return await uploads.SettleAsync(draft.Key, outcome, cancel);
    }

    private async Task<Outcome> UpdateAsync(ZendeskDraft draft, string? stamp, CancellationToken cancel)
    {
        var patch = stamp is null ? draft.Patch : draft.Patch with { SafeUpdate = true, UpdatedStamp = stamp };
        var reply = await client.UpdateTicketAsync(draft.TicketId, patch, cancel);
        var outcome = reply.Trouble is { } trouble
            ? ZendeskFaults.ToOutcome(trouble)
            : new Outcome.Delivered(receipts.For(draft.TicketId, draft.File, reply.Value?.Audit));
        return ZendeskFaults.IsClosed(outcome) ? await closed.DeliverAsync(draft, outcome, cancel) : rights.Weigh(outcome);
    }
}
