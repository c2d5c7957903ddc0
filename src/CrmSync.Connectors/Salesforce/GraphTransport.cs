using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// Composite graph: a transaction a session, many sessions a call. The ledger's unique key comes first in each, so that sending again is
/// always safe: what arrived before is answered DUPLICATE_VALUE and counts as delivered.
/// </summary>
internal sealed class GraphTransport(
    SalesforceOptions options, SalesforceClient client, SalesforceNodes nodes, SalesforceLedger ledger, SalesforceMerges merges, TimeProvider clock)
    : ISalesforceTransport
{
    /// <summary>After more than 14 failed graphs Salesforce does not attempt the rest of a call.</summary>
    private const int SuspectsMax = 10;

    private readonly SalesforcePace _pace = new(options.GraphsMax);

    public DedupeTier Tier => DedupeTier.UniqueKey;

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var round = new GraphRound(parcels.Select(p => new SalesforceDraft(p, p.Ticket, Suspect: p.Delivery.Attempts > 1)));
        while (round.HasWaiting)
        {
            await SendAsync(round, cancel);
            if (!round.HasWaiting)
            {
                await FollowMergesAsync(round, cancel);
            }
        }

        await ReceiveDuplicatesAsync(round, cancel);
        return [.. parcels.Select(round.OutcomeOf)];
    }

    public async Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var (found, trouble) = await ledger.FindAsync(parcels, cancel);
        return
        [
            .. parcels.Select(p => SalesforceProbe.Answer(
                trouble, found?.GetValueOrDefault(p.Delivery.Key.Value) is { } receipt ? receipt with { Url = p.Ticket.Url } : null)),
        ];
    }

    private async Task SendAsync(GraphRound round, CancellationToken cancel)
    {
        var call = GraphCall.Pack(round.Take(_pace.Current, SuspectsMax), nodes, options.CallBytesMax, out var left);
        round.PutBack(left);

        var begun = clock.GetTimestamp();
        var (answers, trouble) = await client.GraphAsync(call.Body(), cancel);
        _pace.Observe(clock.GetElapsedTime(begun));
        if (trouble is null)
        {
            Read(round, call, answers?.Graphs ?? []);
            return;
        }

        if (SalesforceFaults.IsCrowded(trouble))
        {
            _pace.Slower();
        }

        round.Fail(call.Drafts, SalesforceFaults.ToOutcome(trouble));
    }

    private static void Read(GraphRound round, GraphCall call, IReadOnlyList<GraphAnswer> answers)
    {
        var byId = answers.ToDictionary(a => a.GraphId, StringComparer.Ordinal);
        var attempted = false;
        foreach (var (id, draft) in call.ById)
        {
            var answer = byId.GetValueOrDefault(id);
            var nodeAnswers = answer?.GraphResponse?.Nodes ?? [];
            attempted |= answer is { IsSuccessful: true } || Culprit(nodeAnswers) is not null;
            Read(round, draft, answer, nodeAnswers);
        }

        if (!attempted)
        {
            round.FailHalted();
        }
    }

    private static void Read(GraphRound round, SalesforceDraft draft, GraphAnswer? answer, IReadOnlyList<NodeAnswer> nodeAnswers)
    {
        if (answer is { IsSuccessful: true })
        {
            round.Settle(draft, new Outcome.Delivered(SalesforceNodes.ReceiptOf(draft, nodeAnswers, draft.Ticket.Url)));
            return;
        }

        if (Culprit(nodeAnswers) is not { Error: { } error } culprit)
        {
            round.Halt(draft);
        }
        else if (culprit.ReferenceId == SalesforceNodes.Lock && SalesforceFaults.IsDuplicate(error))
        {
            round.Duplicate(draft);
        }
        else if (culprit.ReferenceId == SalesforceNodes.Lock && SalesforceFaults.IsUnknownObject(error))
        {
            round.Settle(draft, SalesforceFaults.PackageMissing(error));
        }
        else if (SalesforceFaults.IsGone(error) && draft.Earlier is not null)
        {
            round.Again(draft with { Afresh = true });
        }
        else if (SalesforceFaults.IsGone(error) && draft.Ticket.RecordType == "Case" && draft.Ticket == draft.Parcel.Ticket)
        {
            round.Gone(draft, SalesforceFaults.ToOutcome(error));
        }
        else
        {
            round.Settle(draft, SalesforceFaults.ToOutcome(error));
        }
    }

    private static NodeAnswer? Culprit(IReadOnlyList<NodeAnswer> answers) =>
        answers.FirstOrDefault(a => a.Error is { } error && !SalesforceFaults.IsDerived(error));

    private async Task FollowMergesAsync(GraphRound round, CancellationToken cancel)
    {
        var gone = round.TakeGone();
        if (gone.Count == 0)
        {
            return;
        }

        var (fates, _) = await merges.FollowAsync(gone.Select(g => g.Draft.Ticket.RecordId), cancel);
        foreach (var (draft, outcome) in gone)
        {
            var ticket = draft.Ticket;
            if (fates?.GetValueOrDefault(ticket.RecordId) is { IsDeleted: false } fate && fate.Id != ticket.RecordId)
            {
                round.Again(draft with { Ticket = ticket with { RecordId = fate.Id, Url = ticket.Url?.Replace(ticket.RecordId, fate.Id, StringComparison.Ordinal) } });
            }
            else
            {
                round.Settle(draft, outcome);
            }
        }
    }

    // The row of before knows ids that its lost answer had told; without it the delivery is just as done.
    private async Task ReceiveDuplicatesAsync(GraphRound round, CancellationToken cancel)
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
