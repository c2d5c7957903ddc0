using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// Composite graph: a transaction a session, many sessions a call. The ledger's unique key comes first in each, so that sending again is
/// always safe: what arrived before is answered DUPLICATE_VALUE and counts as delivered.
/// </summary>
internal sealed class GraphTransport(
    SalesforceOptions options, SalesforceClient client, SalesforceNodes nodes, SalesforceRounds rounds, SalesforceProbe probe, TimeProvider clock)
    : ISalesforceTransport
{
    /// <summary>After more than 14 failed graphs Salesforce does not attempt the rest of a call.</summary>
    private const int SuspectsMax = 10;

    private readonly SalesforcePace _pace = new(options.GraphsMax);

    public Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) =>
        rounds.RunAsync(parcels, SendAsync, cancel);

    public Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) => probe.AskAsync(parcels, cancel);

    private async Task SendAsync(SalesforceRound round, CancellationToken cancel)
    {
        using var call = GraphCall.Pack(round.Take(_pace.Current, SuspectsMax), nodes, options.CallBytesMax, out var left);
        round.PutBack(left);

        var begun = clock.GetTimestamp();
        var (answers, trouble) = await client.GraphAsync(call.Body, cancel);
        _pace.Observe(clock.GetElapsedTime(begun), trouble);
        if (trouble is null)
        {
            Read(round, call, answers?.Graphs ?? []);
            return;
        }

        round.Fail(call.Drafts, SalesforceFaults.ToOutcome(trouble));
    }

    private static void Read(SalesforceRound round, GraphCall call, IReadOnlyList<GraphAnswer> answers)
    {
        var byId = answers.ToDictionary(a => a.GraphId, StringComparer.Ordinal);
        var attempted = false;
        foreach (var (id, draft) in call.ById)
        {
            var answer = byId.GetValueOrDefault(id);
            var nodeAnswers = answer?.GraphResponse?.Nodes ?? [];
            attempted |= answer is { IsSuccessful: true } || NodeAnswer.Culprit(nodeAnswers) is not null;
            Read(round, draft, answer, nodeAnswers);
        }

        if (!attempted)
        {
            round.FailHalted();
        }
    }

    private static void Read(SalesforceRound round, SalesforceDraft draft, GraphAnswer? answer, IReadOnlyList<NodeAnswer> nodeAnswers)
    {
        if (answer is { IsSuccessful: true })
        {
            round.Settle(draft, new Outcome.Delivered(SalesforceNodes.ReceiptOf(draft, nodeAnswers)));
        }
        else if (NodeAnswer.Culprit(nodeAnswers) is { Error: { } error } culprit)
        {
            round.Refuse(draft, culprit.ReferenceId == SalesforceNodes.Lock, error);
        }
        else
        {
            round.Halt(draft);
        }
    }
}
