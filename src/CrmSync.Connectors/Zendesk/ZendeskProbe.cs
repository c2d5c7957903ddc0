using System.Globalization;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>Looks for a delivery's marker on the ticket. Reads only.</summary>
internal sealed class ZendeskProbe(ZendeskClient client, ZendeskTicketIds ids, ZendeskLostJobs lost, ZendeskOptions options)
{
    /// <summary>After so many looks a job that runs and runs is taken for somebody else's.</summary>
    private const int LooksWhileJobsRun = 5;

    /// <summary>Clocks differ, and a comment's time is Zendesk's.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The cheapest witness first: the job that carried the notes, if this process sent it; then tags, one call for a hundred tickets; then
    /// the comments of each ticket, since single updates write no tag. Where nothing shows, a job that has not ended may still bring it.
    /// </summary>
    public async Task<IReadOnlyList<ProbeAnswer>> FindAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var answers = (await lost.AskAsync(parcels, cancel)).Zip(parcels, AnswerOf).ToArray();
        var many = answers.Count(answer => answer is null) > 1;
        var tickets = many && options.MarkerTag ? await ShowAsync([.. Without(answers, parcels).Select(item => item.Parcel)], cancel) : [];

        foreach (var (index, parcel) in Without(answers, parcels).Where(item => IsTagged(item.Parcel, tickets)).ToList())
        {
            answers[index] = new ProbeAnswer.Found(ReceiptOf(ZendeskTicketIds.IdOf(parcel.Ticket)));
        }

        // Many in doubt at once were in a job: whether it runs is asked before a hundred tickets are read in vain, and of one after.
        if (many)
        {
            await WaitForJobsAsync(answers, [.. Without(answers, parcels)], cancel);
        }

        var left = Without(answers, parcels).ToList();

        foreach (var ((index, _), answer) in left.Zip(await FindAsync(left.ConvertAll(item => item.Parcel), tickets, cancel)))
        {
            answers[index] = answer;
        }

        if (!many)
        {
            await WaitForJobsAsync(answers, left.FindAll(item => answers[item.Index] is ProbeAnswer.Absent), cancel);
        }

        return [.. answers.Select(answer => answer!)];
    }

    private async Task WaitForJobsAsync(ProbeAnswer?[] answers, List<(int Index, Parcel Parcel)> unsure, CancellationToken cancel)
    {
        unsure.RemoveAll(item => options.Mode is ZendeskMode.OneByOne || item.Parcel.Delivery.Probes > LooksWhileJobsRun);

        if (unsure.Count > 0 && await lost.IsAnyRunningAsync(cancel) is not false)
        {
            unsure.ForEach(item => answers[item.Index] = ZendeskLostJobs.Waits);
        }
    }

    private static IEnumerable<(int Index, Parcel Parcel)> Without(ProbeAnswer?[] answers, IReadOnlyList<Parcel> parcels) =>
        parcels.Index().Where(item => answers[item.Index] is null).Select(item => (item.Index, item.Item));

    private static bool IsTagged(Parcel parcel, Dictionary<long, WireTicket> tickets) =>
        tickets.GetValueOrDefault(ZendeskTicketIds.IdOf(parcel.Ticket))?.Tags?.Contains(ZendeskMarkers.Tag(parcel.Delivery.Key), StringComparer.Ordinal) is true;

    private ProbeAnswer? AnswerOf(ZendeskJobAnswer said, Parcel parcel) => said switch
    {
        ZendeskJobAnswer.Updated => new ProbeAnswer.Found(ReceiptOf(ZendeskTicketIds.IdOf(parcel.Ticket))),
        ZendeskJobAnswer.NotUpdated => new ProbeAnswer.Absent(),
        ZendeskJobAnswer.Running => ZendeskLostJobs.Waits,
        _ => null,
    };

    /// <param name="tickets">The tickets as far as they were read already.</param>
    public async Task<IReadOnlyList<ProbeAnswer>> FindAsync(
        IReadOnlyList<Parcel> parcels, Dictionary<long, WireTicket> tickets, CancellationToken cancel)
    {
        var answers = new ProbeAnswer[parcels.Count];

        await Parallel.ForEachAsync(
            parcels.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency },
            async (item, _) => answers[item.Index] = await FindAsync(
                item.Item, tickets.GetValueOrDefault(ZendeskTicketIds.IdOf(item.Item.Ticket)), cancel));
        return answers;
    }

    /// <summary>Looks in the comments of the ticket and, where a closed ticket may have been followed up, in those of its follow-ups.</summary>
    /// <param name="shown">The ticket if it was read already; null costs a call where follow-ups are possible.</param>
    public async Task<ProbeAnswer> FindAsync(Parcel parcel, WireTicket? shown, CancellationToken cancel)
    {
        var ticket = ZendeskTicketIds.IdOf(parcel.Ticket);

        if (shown?.Tags?.Contains(ZendeskMarkers.Tag(parcel.Delivery.Key), StringComparer.Ordinal) is true)
        {
            return new ProbeAnswer.Found(ReceiptOf(ticket));
        }

        var answer = await FindInCommentsAsync(ticket, parcel, cancel);
        return answer is ProbeAnswer.Absent && options.ClosedTickets is ZendeskClosed.FollowUp
            ? await FindInFollowUpsAsync(ticket, parcel, shown, cancel)
            : answer;
    }

    private async Task<ProbeAnswer> FindInFollowUpsAsync(long ticket, Parcel parcel, WireTicket? shown, CancellationToken cancel)
    {
        if (shown is null)
        {
            var reply = await client.ShowTicketAsync(ticket, cancel);

            if (reply.Trouble is { } trouble && !ZendeskFaults.IsNotFound(ZendeskFaults.ToOutcome(trouble)))
            {
                return CannotTell(trouble);
            }

            shown = reply.Value?.Ticket;
        }

        foreach (var followUp in shown?.FollowupIds?.Reverse() ?? [])
        {
            if (await FindInCommentsAsync(followUp, parcel, cancel) is not ProbeAnswer.Absent and var found)
            {
                return found;
            }
        }

        return new ProbeAnswer.Absent();
    }

    private async Task<ProbeAnswer> FindInCommentsAsync(long ticket, Parcel parcel, CancellationToken cancel)
    {
        var key = parcel.Delivery.Key;
        var since = (parcel.Delivery.FirstSentAt ?? DateTimeOffset.MinValue.Add(Slack)) - Slack;
        string? after = null;

        for (var seen = 0; seen < ZendeskLimits.CommentsOnTicket; seen += ZendeskLimits.CommentsInPage)
        {
            var page = await client.ListCommentsAsync(ticket, after, cancel);

            if (page.Trouble is { } trouble)
            {
                // A ticket that is gone shows no note; sending again then says so properly.
                return ZendeskFaults.IsNotFound(ZendeskFaults.ToOutcome(trouble)) ? new ProbeAnswer.Absent() : CannotTell(trouble);
            }

            if (page.Value?.Comments is not { } comments)
            {
                return CannotTell(new ZendeskTrouble(ZendeskTroubleKind.Unanswered));
            }

            if (comments.FirstOrDefault(comment => ZendeskMarkers.IsOn(comment, key)) is { } comment)
            {
                return new ProbeAnswer.Found(ReceiptOf(ticket, comment, key));
            }

            after = page.Value.Meta?.AfterCursor;

            if (page.Value.Meta?.HasMore is not true || after is null || comments.Any(old => old.CreatedAt < since))
            {
                return new ProbeAnswer.Absent();
            }
        }

        return new ProbeAnswer.Absent();
    }

    private async Task<Dictionary<long, WireTicket>> ShowAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var tickets = new Dictionary<long, WireTicket>();

        foreach (var chunk in parcels.Select(parcel => ZendeskTicketIds.IdOf(parcel.Ticket)).Distinct().Chunk(ZendeskLimits.TicketsInJob))
        {
            var reply = await client.ShowTicketsAsync(chunk, cancel);

            foreach (var ticket in reply.Value?.Tickets ?? [])
            {
                tickets[ticket.Id] = ticket;
            }
        }

        return tickets;
    }

    /// <summary>Neither jobs nor tags name the comment.</summary>
    private Receipt ReceiptOf(long ticket)
    {
        var where = ids.Ref(ticket);
        return new Receipt(where.RecordId, Url: where.Url);
    }

    private Receipt ReceiptOf(long ticket, WireComment comment, DeliveryKey key)
    {
        var where = ids.Ref(ticket);
        var file = comment.Attachments?.FirstOrDefault(file => file.FileName?.Contains(key.Marker, StringComparison.Ordinal) is true);
        return new Receipt(
            where.RecordId,
            comment.Id.ToString(CultureInfo.InvariantCulture),
            file?.Id.ToString(CultureInfo.InvariantCulture),
            where.Url);
    }

    private static ProbeAnswer.CannotTell CannotTell(ZendeskTrouble trouble) => new(ZendeskFaults.FaultOf(trouble), trouble.RetryAfter);
}
