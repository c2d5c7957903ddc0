using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// For orgs that refuse composite calls: the file, then the note, each in a call of its own. A later try looks for both markers first and
/// writes only what is missing: at least once.
/// </summary>
internal sealed class SinglesTransport(
    SalesforceClient client, SalesforceNodes nodes, SalesforceFiles files, SalesforceMarkers markers, SalesforceMerges merges, SalesforceProbe probe)
    : ISalesforceTransport
{
    public async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var outcomes = new List<Outcome>(parcels.Count);
        foreach (var parcel in parcels)
        {
            outcomes.Add(await DeliverAsync(parcel, cancel));
        }

        return outcomes;
    }

    public Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) => probe.AskAsync(parcels, cancel);

    private async Task<Outcome> DeliverAsync(Parcel parcel, CancellationToken cancel)
    {
        var traces = new SalesforceTraces(null, null);
        if (parcel.Delivery.FirstSentAt is not null)
        {
            var (found, trouble) = await markers.FindAsync([parcel], cancel);
            if (found is null)
            {
                return SalesforceFaults.Harmless(trouble!);
            }

            traces = found[0];
        }

        var (known, lost) = await files.WithDocumentsAsync([new SalesforceDraft(parcel, parcel.Ticket)], cancel);
        return lost is null ? await WriteAsync(known[0], traces, cancel) : SalesforceFaults.Harmless(lost);
    }

    private async Task<Outcome> WriteAsync(SalesforceDraft draft, SalesforceTraces traces, CancellationToken cancel)
    {
        var answers = new List<(string Node, string? Id)>();
        foreach (var node in nodes.Unkeyed(draft).Where(n => n.Body is not null))
        {
            if ((node.ReferenceId == SalesforceNodes.File ? traces.DocumentId : traces.NoteId) is { } there)
            {
                answers.Add((node.ReferenceId, there));
                continue;
            }

            var (saved, trouble) = await SendAsync(draft, node, cancel);
            if (trouble is { Code: { } code } && draft.Earlier is not null && SalesforceFaults.IsGone(code))
            {
                var written = answers.Exists(a => a.Node == SalesforceNodes.File) ? draft.EarlierDocument : traces.DocumentId;
                return await WriteAsync(draft with { Afresh = true }, traces with { DocumentId = written }, cancel);
            }

            if (trouble is { Code: { } lost } && draft.MayHaveMoved && SalesforceFaults.IsGone(lost))
            {
                return await FollowAsync(draft, trouble, answers.Count > 0, cancel);
            }

            if (trouble is not null)
            {
                return Failed(SalesforceFaults.ToOutcome(trouble), answers.Count > 0);
            }

            answers.Add((node.ReferenceId, saved?.Id));
        }

        // Of a new file only its version is known; its document is asked for when the session changes, which few do.
        var note = answers.Find(a => a.Node == SalesforceNodes.Note).Id ?? draft.Earlier?.NoteId;
        var file = draft.EarlierDocument ?? answers.Find(a => a.Node == SalesforceNodes.File).Id;
        return new Outcome.Delivered(new Receipt(draft.Ticket.RecordId, note, file, draft.Ticket.Url));
    }

    /// <summary>
    /// To the Case that the draft's was merged into, if it was. What an earlier call wrote went along, so that the master is looked at before
    /// anything is written there.
    /// </summary>
    private async Task<Outcome> FollowAsync(SalesforceDraft draft, SalesforceTrouble gone, bool half, CancellationToken cancel)
    {
        var (fates, lost) = await merges.FollowAsync([draft.Ticket.RecordId], cancel);
        if (fates is null)
        {
            return Failed(SalesforceFaults.Harmless(lost!), half);
        }

        if (fates.GetValueOrDefault(draft.Ticket.RecordId) is not { IsDeleted: false } fate || fate.Id == draft.Ticket.RecordId)
        {
            return Failed(SalesforceFaults.ToOutcome(gone), half);
        }

        var moved = draft.MovedTo(fate.Id);
        var (found, unseen) = await markers.FindAsync([draft.Parcel with { Ticket = moved.Ticket }], cancel);
        return found is null ? Failed(SalesforceFaults.Harmless(unseen!), half) : await WriteAsync(moved, found[0], cancel);
    }

    private Task<SalesforceReply<SaveResult>> SendAsync(SalesforceDraft draft, Node node, CancellationToken cancel)
    {
        if (node.ReferenceId == SalesforceNodes.File && files.IsLarge(draft.Parcel))
        {
            node.Body!.Remove("VersionData");
            return client.UploadAsync(node.Body, draft.Parcel.Attachment, cancel);
        }

        var path = node.Url[client.Root.Length..].Split('/');
        return node.Method == "PATCH"
            ? client.UpdateAsync(path[1], path[2], node.Body!, cancel)
            : client.CreateAsync(path[1], node.Body!, cancel);
    }

    // With the file there already, "not carried out" would no longer be true of the whole.
    private static Outcome Failed(Outcome outcome, bool half) => half && outcome is Outcome.Deferred(var fault, _, _) ? new Outcome.InDoubt(fault) : outcome;
}
