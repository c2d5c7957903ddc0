using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// For orgs without the package: one all-or-none composite call a session. File and note come together or not at all, so the file's marker
/// tells whether a call with a lost answer was carried out. A call that is still running while we look can slip through: at least once.
/// </summary>
internal sealed class CompositeTransport(SalesforceClient client, SalesforceNodes nodes, SalesforceMarkers markers) : ISalesforceTransport
{
    public DedupeTier Tier => DedupeTier.ReadableMarker;

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var outcomes = new List<Outcome>(parcels.Count);
        foreach (var parcel in parcels)
        {
            outcomes.Add(await DeliverAsync(new SalesforceDraft(parcel, parcel.Ticket), cancel));
        }

        return outcomes;
    }

    public async Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var (traces, trouble) = await markers.FindAsync(parcels, cancel);
        return [.. parcels.Select((p, i) => SalesforceProbe.Answer(trouble, ReceiptOf(p, traces?[i])))];
    }

    private static Receipt? ReceiptOf(Parcel parcel, SalesforceTraces? traces) => traces is { DocumentId: { } document }
        ? new Receipt(parcel.Ticket.RecordId, traces.NoteId, document, parcel.Ticket.Url)
        : null;

    private async Task<Outcome> DeliverAsync(SalesforceDraft draft, CancellationToken cancel)
    {
        var (answer, trouble) = await client.CompositeAsync(allOrNone: true, nodes.Unkeyed(draft, marked: true), cancel);
        if (trouble is not null)
        {
            return SalesforceFaults.ToOutcome(trouble);
        }

        var answers = answer?.Nodes ?? [];
        if (answers.Count > 0 && answers.All(a => a.IsSuccess))
        {
            return new Outcome.Delivered(SalesforceNodes.ReceiptOf(draft, answers, draft.Ticket.Url));
        }

        var errors = answers.Select(a => a.Error).OfType<ApiError>().ToList();
        var error = errors.Find(e => !SalesforceFaults.IsDerived(e)) ?? errors.FirstOrDefault() ?? new ApiError("UNKNOWN", null, null, null);

        // What an earlier revision left was deleted since: deliver as if this were the first.
        return SalesforceFaults.IsGone(error) && draft.Earlier is not null
            ? await DeliverAsync(draft with { Afresh = true }, cancel)
            : SalesforceFaults.ToOutcome(error);
    }
}
