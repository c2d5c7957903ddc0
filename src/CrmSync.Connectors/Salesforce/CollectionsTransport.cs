using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// For backlogs: up to 200 sessions a call, all of them one transaction. With the package the ledger's rows are part of it, so that a repeat is
/// refused as a whole. One bad record stops the call; it is settled, and the others are sent again without it, in small company if that
/// fails too.
/// </summary>
internal sealed class CollectionsTransport(
    SalesforceOptions options,
    SalesforceClient client,
    SalesforceNodes nodes,
    CompositeTransport single,
    SalesforceRounds rounds,
    SalesforceProbe probe,
    TimeProvider clock)
    : ISalesforceTransport
{
    /// <summary>One bad record costs all of a call: those that failed before go in small company.</summary>
    private const int SuspectsMax = 10;

    private readonly SalesforcePace _pace = new(CollectionCall.RecordsMax);

    public Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) =>
        rounds.RunAsync(parcels, SendAsync, cancel);

    public Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) => probe.AskAsync(parcels, cancel);

    private async Task SendAsync(SalesforceRound round, CancellationToken cancel)
    {
        var taken = round.Take(_pace.Current, SuspectsMax);
        if (taken.FirstOrDefault(d => d.Alone || d.VersionId is not null) is { } one)
        {
            // A file that is there already has to be linked, and a collection cannot look its document up.
            round.PutBack([.. taken.Where(d => d != one)]);
            await single.SendAsync(round, one, cancel);
            return;
        }

        var fitting = CollectionCall.Fit(taken, options.CallBytesMax);
        round.PutBack([.. taken.Skip(fitting)]);
        await SendAsync(round, new CollectionCall([.. taken.Take(fitting)], nodes, options.UsesPackage), cancel);
    }

    private async Task SendAsync(SalesforceRound round, CollectionCall call, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        var (answer, trouble) = await client.CompositeAsync(call.Request, cancel);
        _pace.Observe(clock.GetElapsedTime(begun), trouble);
        if (trouble is not null)
        {
            round.Fail(call.Drafts, SalesforceFaults.ToOutcome(trouble));
            return;
        }

        var answers = answer?.Nodes ?? [];
        var culprits = call.Drafts.Select((_, i) => call.CulpritOf(i, answers)).ToList();
        if (culprits.Any(c => c is not null))
        {
            Refuse(round, call, culprits);
        }
        else if (NodeAnswer.Culprit(answers) is { Error: { } error } culprit)
        {
            Separate(round, call, culprit.ReferenceId == SalesforceNodes.Lock, error);
        }
        else if (answers.Count > 0 && answers.All(a => a.IsSuccess))
        {
            Receive(round, call, answers);
        }
        else
        {
            round.Fail(call.Drafts, SalesforceFaults.ToOutcome(ApiError.Unknown));
        }
    }

    private static void Refuse(SalesforceRound round, CollectionCall call, List<(bool IsLock, ApiError Error)?> culprits)
    {
        foreach (var (draft, culprit) in call.Drafts.Zip(culprits))
        {
            if (culprit is var (isLock, error))
            {
                round.Refuse(draft, isLock, error);
            }
            else
            {
                round.Again(draft with { Suspect = draft.Suspect || draft.Retried, Retried = true });
            }
        }
    }

    // A collection was refused as a whole: of a missing package that says all, else the calls by themselves will tell whose fault it is.
    private static void Separate(SalesforceRound round, CollectionCall call, bool isLock, ApiError error)
    {
        foreach (var draft in call.Drafts)
        {
            if (call.Drafts.Count == 1 || (isLock && SalesforceFaults.IsUnknownObject(error)))
            {
                round.Refuse(draft, isLock, error);
            }
            else
            {
                round.Again(draft with { Alone = true });
            }
        }
    }

    private static void Receive(SalesforceRound round, CollectionCall call, IReadOnlyList<NodeAnswer> answers)
    {
        for (var i = 0; i < call.Drafts.Count; i++)
        {
            var draft = call.Drafts[i];
            var file = draft.EarlierDocument ?? call.IdOf(SalesforceNodes.File, i, answers);
            round.Settle(draft, new Outcome.Delivered(new Receipt(draft.Ticket.RecordId, call.NoteIdOf(i, answers), file, draft.Ticket.Url)));
        }
    }
}
