using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// One all-or-none composite call a session. With the package the ledger's row is part of it, and a repeat is refused like in a graph. Without
/// it file and note still come together or not at all, so that the file's marker tells whether a call with a lost answer was carried out; a
/// call that is still running while we look can slip through: at least once.
/// </summary>
internal sealed class CompositeTransport(SalesforceClient client, SalesforceNodes nodes, SalesforceRounds rounds, SalesforceProbe probe)
    : ISalesforceTransport
{
    public Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) =>
        rounds.RunAsync(parcels, SendAsync, cancel);

    public Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) => probe.AskAsync(parcels, cancel);

    private Task SendAsync(SalesforceRound round, CancellationToken cancel) => SendAsync(round, round.Take(1, 1)[0], cancel);

    /// <summary>One call for one draft.</summary>
    public async Task SendAsync(SalesforceRound round, SalesforceDraft draft, CancellationToken cancel)
    {
        var (answer, trouble) = await client.CompositeAsync(new CompositeRequest(AllOrNone: true, nodes.Of(draft)), cancel);
        if (trouble is not null)
        {
            round.Fail([draft], SalesforceFaults.ToOutcome(trouble));
            return;
        }

        var answers = answer?.Nodes ?? [];
        if (answers.Count > 0 && answers.All(a => a.IsSuccess))
        {
            round.Settle(draft, new Outcome.Delivered(SalesforceNodes.ReceiptOf(draft, answers)));
        }
        else if (NodeAnswer.Culprit(answers) is { Error: { } error } culprit)
        {
            round.Refuse(draft, culprit.ReferenceId == SalesforceNodes.Lock, error);
        }
        else
        {
            round.Settle(draft, SalesforceFaults.ToOutcome(answers.Select(a => a.Error).OfType<ApiError>().FirstOrDefault() ?? ApiError.Unknown));
        }
    }
}
