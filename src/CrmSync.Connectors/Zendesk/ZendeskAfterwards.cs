using System.Globalization;
using System.Net;
using CrmSync.Core.Deliveries;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// What follows a delivered note and may be repeated without harm: tags of single updates, and blanking the outdated file of the note it
/// replaces. Failing here takes nothing back: it is logged, the note stays delivered.
/// </summary>
internal sealed partial class ZendeskAfterwards(
    ZendeskClient client, ZendeskNotes notes, ZendeskUploads uploads, ZendeskOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>Redactions of one ticket exclude each other; Zendesk asks for 15 seconds (OpenAPI, <c>TicketRedactionConflictError</c>).</summary>
    private static readonly TimeSpan RedactionWait = TimeSpan.FromSeconds(15);

    private const int RedactionTries = 3;

    /// <param name="inJob">The job set the tags already.</param>
    public Task FinishAsync(Parcel parcel, Outcome outcome, bool inJob, CancellationToken cancel) => outcome switch
    {
        Outcome.Delivered(var receipt) => FinishAsync(parcel, receipt, inJob, cancel),
        Outcome.AlreadyDelivered(var receipt) => FinishAsync(parcel, receipt, inJob, cancel),
        _ => Task.CompletedTask,
    };

    /// <summary>For a note whose answer was lost, and with it what should have followed.</summary>
    public Task FinishAsync(Parcel parcel, ProbeAnswer answer, CancellationToken cancel)
    {
        if (answer is not ProbeAnswer.Found(var receipt))
        {
            return Task.CompletedTask;
        }

        uploads.Forget(parcel.Delivery.Key);
        return FinishAsync(parcel, receipt, inJob: false, cancel);
    }

    private async Task FinishAsync(Parcel parcel, Receipt receipt, bool inJob, CancellationToken cancel)
    {
        // A follow-up ticket was made with its tags.
        if (!inJob && receipt.RecordId == parcel.Ticket.RecordId && notes.Tags(parcel) is { Count: > 0 } tags)
        {
            Report(parcel, (await client.AddTagsAsync(ZendeskTicketIds.IdOf(parcel.Ticket), tags, cancel)).Trouble, "tags");
        }

        if (options.RedactPrevious && parcel.Delivery.Replaces is { } previous)
        {
            Report(parcel, await RedactAsync(parcel, previous, cancel), "redaction");
        }
    }

    private async Task<ZendeskTrouble?> RedactAsync(Parcel parcel, Receipt previous, CancellationToken cancel)
    {
        var ticket = long.Parse(previous.RecordId, NumberStyles.None, CultureInfo.InvariantCulture);
        var (comment, file, trouble) = Number(previous.NoteId) is { } note && Number(previous.FileId) is { } known
            ? (note, known, null)
            : await FindAsync(ticket, parcel, cancel);

        if (comment is not { } where)
        {
            return trouble;
        }

        for (var attempt = 1; ; attempt++)
        {
            var reply = await client.RedactAsync(ticket, where, file, cancel);

            if (reply.Trouble?.Status is not HttpStatusCode.Conflict || attempt == RedactionTries || cancel.IsCancellationRequested)
            {
                return reply.Trouble;
            }

            await Task.Delay(RedactionWait, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Jobs do not say which comment they made: the earlier file is the session's other one, by its name.</summary>
    private async Task<(long? Comment, long File, ZendeskTrouble? Trouble)> FindAsync(long ticket, Parcel parcel, CancellationToken cancel)
    {
        var prefix = $"{parcel.Session.Key.Local}-";
        string? after = null;

        for (var seen = 0; seen < ZendeskLimits.CommentsOnTicket; seen += ZendeskLimits.CommentsInPage)
        {
            var page = await client.ListCommentsAsync(ticket, after, cancel);
            var earlier = from comment in page.Value?.Comments ?? []
                          from file in comment.Attachments ?? []
                          where file.FileName is { } name
                              && name.StartsWith(prefix, StringComparison.Ordinal)
                              && !name.Contains(parcel.Delivery.Key.Marker, StringComparison.Ordinal)
                          select (Comment: comment.Id, File: file.Id);

            if (earlier.ToList() is [var latest, ..])
            {
                return (latest.Comment, latest.File, null);
            }

            after = page.Value?.Meta is { HasMore: true, AfterCursor: { } next } ? next : null;

            if (after is null)
            {
                return (null, 0, page.Trouble);
            }
        }

        return (null, 0, null);
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

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
