using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Zendesk;

/// <summary>Delivers notes as private comments to the tickets of one Zendesk account.</summary>
internal sealed class ZendeskConnector(string name, ZendeskOptions options, ZendeskParts parts) : IConnector, IMailWitness, IQuotaTold, IDisposable
{
    private const int SingleBatch = 20;
    private const int JobsAtOnce = 3;

    public string Name => name;

    public ConnectorTraits Traits { get; } = new(
        ZendeskKind.Name,
        DedupeTier.CompareAndSet,
        options.Mode is ZendeskMode.OneByOne ? SingleBatch : ZendeskLimits.TicketsInJob,
        ZendeskNotes.Parts(options))
    {
        OtherParts = ZendeskNotes.OtherParts,

        // Jobs are few of the 30 an account may have at once; single updates are parallel within their batch.
        ConcurrencyMax = options.Mode is ZendeskMode.OneByOne ? 1 : JobsAtOnce,
        Settle = options.Settle,
        SecondProbeAfter = options.Settle / 2,
        Linger = options.Mode is ZendeskMode.OneByOne ? TimeSpan.Zero : options.Linger,
    };

    public QuotaReading? Quota => parts.Quota is { Limit: { } limit, Remaining: { } left }
        ? new QuotaReading(limit - left, limit, options.QuotaShare, QuotaPeriod.Minute)
        : null;

    public string? LaneOf(SessionMetadata session) => parts.Ids.LaneOf(session);

    public async Task<IReadOnlyList<Resolution>> ResolveAsync(IReadOnlyList<Shipment> shipments, CancellationToken cancel)
    {
        var resolutions = new Resolution[shipments.Count];

        foreach (var (index, shipment) in shipments.Index())
        {
            resolutions[index] = await parts.Resolver.ResolveAsync(shipment, cancel);
        }

        return resolutions;
    }

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var (lane, wait) = Choose(parcels.Count);

        if (wait is { } closed)
        {
            return [.. parcels.Select(_ => ZendeskDrafts.OverQuota(closed))];
        }

        var outcomes = lane is ZendeskLane.Jobs ? await parts.Batch.DeliverAsync(parcels, cancel) : await DeliverEachAsync(parcels, cancel);

        foreach (var (parcel, outcome) in parcels.Zip(outcomes))
        {
            await parts.Afterwards.FinishAsync(parcel, outcome, inJob: lane is ZendeskLane.Jobs, cancel);
        }

        return outcomes;
    }

    public async Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var answers = await parts.Probe.FindAsync(parcels, cancel);

        foreach (var (parcel, answer) in parcels.Zip(answers))
        {
            await parts.Afterwards.FinishAsync(parcel, answer, cancel);
        }

        return answers;
    }

    public Task<IReadOnlyList<ProbeAnswer>> LookForAsync(IReadOnlyList<SentMail> mails, CancellationToken cancel) =>
        parts.MailWitness.LookForAsync(mails, cancel);

    public Task<CheckReport> CheckAsync(CancellationToken cancel) => parts.Check.RunAsync(name, cancel);

    public void Dispose() => parts.Dispose();

    /// <summary>The cheaper way of the two, or the other one while that has no room.</summary>
    private (ZendeskLane Lane, TimeSpan? Wait) Choose(int count)
    {
        var cheaper = options.Mode switch
        {
            ZendeskMode.OneByOne => ZendeskLane.Updates,
            ZendeskMode.Bulk => ZendeskLane.Jobs,
            _ => count >= options.BulkFrom ? ZendeskLane.Jobs : ZendeskLane.Updates,
        };
        var other = cheaper is ZendeskLane.Jobs ? ZendeskLane.Updates : ZendeskLane.Jobs;
        return parts.Quota.WaitFor(cheaper) is not { } wait ? (cheaper, null)
            : options.Mode is ZendeskMode.Auto && parts.Quota.WaitFor(other) is null ? (other, null)
            : (cheaper, wait);
    }

    private async Task<IReadOnlyList<Outcome>> DeliverEachAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var outcomes = new Outcome[parcels.Count];

        // The token is not given to the loop: it must reach every parcel, each then knows whether its bytes had left.
        await Parallel.ForEachAsync(
            parcels.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency },
            async (item, _) => outcomes[item.Index] = await parts.Single.DeliverAsync(item.Item, cancel));
        return outcomes;
    }
}
