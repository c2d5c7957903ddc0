using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// What happens when the ticket is closed, which nobody can undo in Zendesk. A follow-up ticket is made under the delivery's key, so that
/// making it again within two hours gives the same ticket.
/// </summary>
internal sealed class ZendeskClosedTickets(ZendeskClient client, ZendeskReceipts receipts, ZendeskNotes notes, ZendeskOptions options)
{
    public async Task<Outcome> DeliverAsync(ZendeskDraft draft, Outcome refusal, CancellationToken cancel) => options.ClosedTickets switch
    {
        ZendeskClosed.FollowUp => await FollowUpAsync(draft, cancel),
        ZendeskClosed.Skip => new Outcome.Skipped(new Fault(ReasonCodes.TicketClosed, "The ticket is closed, and closed tickets are skipped.")),
        _ => refusal,
    };

    private async Task<Outcome> FollowUpAsync(ZendeskDraft draft, CancellationToken cancel)
    {
        // A follow-up takes over the closed ticket's tags only if none are sent.
        var tags = notes.Tags(draft.Parcel);
        var patch = draft.Patch with
        {
            Id = null,
            SafeUpdate = null,
            UpdatedStamp = null,
            AdditionalTags = null,
            Tags = tags.Count == 0 ? null : tags,
            ViaFollowupSourceId = draft.TicketId,
        };
        var reply = await client.CreateTicketAsync(patch, draft.Key.Value, cancel);
        return reply.Trouble is { } trouble ? ZendeskFaults.ToOutcome(trouble)
            : reply.Value?.Ticket is { } made ? new Outcome.Delivered(receipts.For(made.Id, draft.File, reply.Value.Audit))
            : new Outcome.InDoubt(new Fault(ReasonCodes.NoAnswer, "Zendesk made a follow-up ticket but did not say which."));
    }
}
