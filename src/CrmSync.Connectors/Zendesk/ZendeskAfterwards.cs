using System.Globalization;
using CrmSync.Core.Deliveries;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// What follows a delivered note and may be repeated without harm: tags of single updates, and blanking the outdated file of the note it
/// replaces. Failing here takes nothing back: it is logged, the note stays delivered.
/// </summary>
internal sealed partial class ZendeskAfterwards(ZendeskClient client, ZendeskNotes notes, ZendeskOptions options, ILogger logger)
{
    /// <param name="inJob">The job set the tags already.</param>
    public async Task FinishAsync(Parcel parcel, Outcome outcome, bool inJob, CancellationToken cancel)
    {
        if (outcome is not Outcome.Delivered(var receipt) || receipt.RecordId != parcel.Ticket.RecordId)
        {
            return;
        }

        if (!inJob && notes.Tags(parcel) is { Count: > 0 } tags)
        {
            var reply = await client.AddTagsAsync(ZendeskTicketIds.IdOf(parcel.Ticket), tags, cancel);
            Report(parcel, reply.Trouble, "tags");
        }

        if (options.RedactPrevious && parcel.Delivery.Replaces is { FileId: { } file } previous && previous.RecordId == receipt.RecordId)
        {
            await RedactAsync(parcel, long.Parse(file, NumberStyles.None, CultureInfo.InvariantCulture), cancel);
        }
    }

    private async Task RedactAsync(Parcel parcel, long file, CancellationToken cancel)
    {
        var ticket = ZendeskTicketIds.IdOf(parcel.Ticket);
        var page = await client.ListCommentsAsync(ticket, after: null, cancel);
        var comment = page.Value?.Comments?.FirstOrDefault(comment => comment.Attachments?.Any(attached => attached.Id == file) is true);
        var reply = comment is null ? null : await client.RedactAsync(ticket, comment.Id, file, cancel);
        Report(parcel, reply is null ? page.Trouble : reply.Trouble, "redaction");
    }

    private void Report(Parcel parcel, ZendeskTrouble? trouble, string step)
    {
        if (trouble is not null)
        {
            Log.Left(logger, parcel.Delivery.Key.Value, parcel.Delivery.Connector, step, trouble.Code ?? trouble.Kind.ToString());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(701, LogLevel.Warning, "zendesk.left_out {DeliveryKey} via {Connector}: the note is delivered, its {Step} not: {Code}")]
        public static partial void Left(ILogger logger, string deliveryKey, string connector, string step, string code);
    }
}
