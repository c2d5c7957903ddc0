using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// Up to a hundred tickets in one job. Files are uploaded one by one, which is the floor of the costs; all notes then go out in one call,
/// and the job's results per ticket are the proof. A job is always a safe update: by the time it was queued, or by the stamp that is sent
/// for deliveries that may have arrived before.
/// </summary>
internal sealed class ZendeskBatch(
    ZendeskDrafts drafts, ZendeskUploads uploads, ZendeskBatchLook look, ZendeskJobs jobs, ZendeskJobOutcomes outcomes, ZendeskOptions options)
{
    /// <summary>One outcome per parcel, in order. Results name tickets, not items, so of two parcels for one ticket the second is put off.</summary>
    public async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var settled = new Outcome?[parcels.Count];
        PutOffTwins(parcels, settled);
        var stamps = await look.StampsAsync(parcels, settled, cancel);
        var ready = new ZendeskDraft?[parcels.Count];

        await Parallel.ForEachAsync(
            parcels.Index().Where(item => settled[item.Index] is null),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency },
            async (item, _) => (ready[item.Index], settled[item.Index]) = await drafts.PrepareAsync(item.Item, ZendeskLane.Account, cancel));

        foreach (var chunk in ready.Index().Where(item => item.Item is not null).Chunk(ZendeskLimits.TicketsInJob))
        {
            await SendAsync([.. chunk.Select(item => (item.Index, item.Item!))], stamps, settled, cancel);
        }

        return [.. settled.Select(outcome => outcome!)];
    }

    /// <summary>A ticket may be named in two ways, by number and by external id: only one of them may be in a job.</summary>
    private static void PutOffTwins(IReadOnlyList<Parcel> parcels, Outcome?[] settled)
    {
        var seen = new HashSet<long>();

        foreach (var (index, _) in parcels.Index().Where(item => !seen.Add(ZendeskTicketIds.IdOf(item.Item.Ticket))))
        {
            var taken = new Fault(ReasonCodes.WaitsForLane, "Another note goes to the same ticket first.");
            settled[index] = new Outcome.Deferred(taken, SpendsAttempt: false) { OthersGoOn = true };
        }
    }

    private async Task SendAsync(
        IReadOnlyList<(int Index, ZendeskDraft Draft)> chunk, IReadOnlyDictionary<long, string> stamps, Outcome?[] settled, CancellationToken cancel)
    {
        var patches = chunk.Select(item => Item(item.Draft, stamps)).ToList();
        var (trouble, job) = await jobs.RunAsync([.. chunk.Select(item => item.Draft)], patches, cancel);
        var results = job is null ? null : ZendeskJobs.ResultsOf(job);

        foreach (var (index, draft) in chunk)
        {
            var outcome = trouble is not null
                ? ZendeskFaults.ToOutcome(trouble)
                : await outcomes.OfAsync(draft, results?.GetValueOrDefault(draft.TicketId), job, cancel);
            settled[index] = await uploads.SettleAsync(draft.Key, outcome, cancel);
        }
    }

    private TicketPatch Item(ZendeskDraft draft, IReadOnlyDictionary<long, string> stamps)
    {
        var stamp = stamps.GetValueOrDefault(draft.TicketId);
        return draft.Patch with
        {
            Id = draft.TicketId,
            AdditionalTags = outcomes.Tags(draft) is { Count: > 0 } tags ? tags : null,
            SafeUpdate = stamp is null ? null : true,
            UpdatedStamp = stamp,
        };
    }
}

/// <summary>For the parcels of a batch that may have arrived: the ticket's stamp first, then the look for the note.</summary>
internal sealed class ZendeskBatchLook(ZendeskClient client, ZendeskProbe probe)
{
    /// <summary>Stamps of the tickets that are sent again; what needs no sending is put into <paramref name="settled"/>.</summary>
    public async Task<IReadOnlyDictionary<long, string>> StampsAsync(
        IReadOnlyList<Parcel> parcels, Outcome?[] settled, CancellationToken cancel)
    {
        var doubtful = parcels.Index().Where(item => item.Item.Delivery.MayHaveArrived && settled[item.Index] is null).ToList();

        if (doubtful.Count == 0)
        {
            return new Dictionary<long, string>();
        }

        var shown = await client.ShowTicketsAsync(doubtful.Select(item => ZendeskTicketIds.IdOf(item.Item.Ticket)), cancel);
        var tickets = (shown.Value?.Tickets ?? []).Where(ticket => ticket.UpdatedAt is not null).ToDictionary(ticket => ticket.Id);
        var answers = await probe.FindAsync([.. doubtful.Select(item => item.Item)], tickets, cancel);

        foreach (var ((index, parcel), answer) in doubtful.Zip(answers))
        {
            settled[index] = answer switch
            {
                ProbeAnswer.Found(var receipt) => new Outcome.AlreadyDelivered(receipt),
                ProbeAnswer.CannotTell(var fault, var notBefore) => new Outcome.Deferred(fault, notBefore, SpendsAttempt: false),
                _ when shown.Trouble is { } trouble => ZendeskFaults.Harmless(trouble),
                _ when !tickets.ContainsKey(ZendeskTicketIds.IdOf(parcel.Ticket)) =>
                    new Outcome.Refused(new Fault(ReasonCodes.TicketNotFound, "Zendesk has no such ticket, or it was deleted.")),
                _ => null,
            };
        }

        return tickets.ToDictionary(ticket => ticket.Key, ticket => ticket.Value.UpdatedAt!);
    }
}

/// <summary>From a job's result for one ticket to an outcome.</summary>
internal sealed class ZendeskJobOutcomes(ZendeskClosedTickets closed, ZendeskReceipts receipts, ZendeskNotes notes, ZendeskOptions options)
{
    /// <summary>The tags a ticket gets in a job: the template's words, and the marker.</summary>
    public IReadOnlyList<string> Tags(ZendeskDraft draft) =>
        [.. notes.Tags(draft.Parcel), .. options.MarkerTag ? [ZendeskMarkers.Tag(draft.Key)] : Array.Empty<string>()];

    /// <param name="result">Null when the job said nothing of this ticket: it was killed, is not ended, or its answer was lost.</param>
    public async Task<Outcome> OfAsync(ZendeskDraft draft, JobResult? result, WireJob? job, CancellationToken cancel)
    {
        if (result?.Success is null)
        {
            return new Outcome.InDoubt(new Fault(
                ReasonCodes.NoAnswer, "The bulk job did not say what became of this ticket.", job?.Status is { } status ? $"job {status}" : null));
        }

        if (result.Success is true)
        {
            return new Outcome.Delivered(receipts.For(draft.TicketId, draft.File, audit: null));
        }

        var outcome = ZendeskFaults.ToOutcome(result);
        return ZendeskFaults.IsClosed(outcome) ? await closed.DeliverAsync(draft, outcome, cancel)
            : ZendeskFaults.IsNotFound(outcome) && draft.File?.Reused is true ? new Outcome.Deferred(UploadGone)
            : outcome;
    }

    /// <summary>The next try uploads anew: <see cref="ZendeskUploads.SettleAsync"/> forgets what a job could not use.</summary>
    public static Fault UploadGone { get; } = new(ReasonCodes.RecordBusy, "Zendesk no longer has the uploaded file.", "UploadGone");
}
