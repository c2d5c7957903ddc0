using System.Globalization;
using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// What happens when the ticket is closed, which nobody can undo in Zendesk. A follow-up ticket is made under the delivery's key, so that
/// making it again within two hours gives the same ticket; a later revision of the session goes onto the follow-up of the earlier one.
/// </summary>
internal sealed class ZendeskClosedTickets(
    ZendeskClient client, ZendeskUploads uploads, ZendeskReceipts receipts, ZendeskNotes notes, ZendeskOptions options)
{
    public async Task<Outcome> DeliverAsync(ZendeskDraft draft, Outcome refusal, CancellationToken cancel) => options.ClosedTickets switch
    {
        ZendeskClosed.FollowUp => await FollowUpAsync(draft, cancel),
        ZendeskClosed.Skip => new Outcome.Skipped(new Fault(ReasonCodes.TicketClosed, "The ticket is closed, and closed tickets are skipped.")),
        _ => refusal,
    };

    private async Task<Outcome> FollowUpAsync(ZendeskDraft draft, CancellationToken cancel)
    {
        var (earlier, trouble) = await EarlierFollowUpAsync(draft, cancel);

        if (trouble is not null)
        {
            return ZendeskFaults.Harmless(trouble);
        }

        var outcome = earlier is { } followUp ? await AddAsync(draft, followUp, cancel) : await CreateAsync(draft, cancel);

        if (!ZendeskFaults.IsNotFound(outcome) || draft.File is null)
        {
            return outcome;
        }

        // The ticket was there a moment ago, so it is the file: the refused update may have used it up.
        uploads.Forget(draft.Key);
        var (file, failure) = await uploads.UploadAsync(draft.Parcel, cancel);
        return file is null ? failure!
            : earlier is { } again ? await AddAsync(draft.With(file), again, cancel)
            : await CreateAsync(draft.With(file), cancel);
    }

    /// <summary>Where this session's earlier note went, if that is an open follow-up of the ticket.</summary>
    private async Task<(long? Ticket, ZendeskTrouble? Trouble)> EarlierFollowUpAsync(ZendeskDraft draft, CancellationToken cancel)
    {
        if (draft.Parcel.Delivery.Replaces is not { } previous
            || !long.TryParse(previous.RecordId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || id == draft.TicketId)
        {
            return (null, null);
        }

        var shown = await client.ShowTicketsAsync([draft.TicketId, id], cancel);
        var tickets = shown.Value?.Tickets ?? [];
        var isOpenFollowUp = tickets.Any(ticket => ticket.Id == draft.TicketId && ticket.FollowupIds?.Contains(id) is true)
            && tickets.Any(ticket => ticket.Id == id && ticket.Status is not "closed");
        return (isOpenFollowUp ? id : null, shown.Trouble);
    }

    private async Task<Outcome> AddAsync(ZendeskDraft draft, long followUp, CancellationToken cancel)
    {
        var reply = await client.UpdateTicketAsync(followUp, draft.Patch, cancel);
        return reply.Trouble is { } trouble
            ? ZendeskFaults.ToOutcome(trouble)
            : new Outcome.Delivered(receipts.For(followUp, draft.File, reply.Value?.Audit));
    }

    private async Task<Outcome> CreateAsync(ZendeskDraft draft, CancellationToken cancel)
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
