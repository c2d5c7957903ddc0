using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.EndToEndTests.Support;

/// <summary>A connector as it is; what derives from it misbehaves in one point.</summary>
internal class DisguisedConnector(IConnector connector) : IConnector
{
    public string Name => connector.Name;

    public ConnectorTraits Traits => connector.Traits;

    public string? LaneOf(SessionMetadata session) => connector.LaneOf(session);

    public Task<IReadOnlyList<Resolution>> ResolveAsync(IReadOnlyList<Shipment> shipments, CancellationToken cancel) =>
        connector.ResolveAsync(shipments, cancel);

    public virtual Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) =>
        connector.DeliverAsync(parcels, cancel);

    public virtual Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) =>
        connector.ProbeAsync(parcels, cancel);

    public Task<CheckReport> CheckAsync(CancellationToken cancel) => connector.CheckAsync(cancel);
}

/// <summary>The control: what is in doubt is sent again without looking, and without telling the connector that it may have arrived.</summary>
internal sealed class CarelessConnector(IConnector connector) : DisguisedConnector(connector)
{
    public override Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) =>
        base.DeliverAsync([.. parcels.Select(Innocent)], cancel);

    public override Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ProbeAnswer>>([.. parcels.Select(_ => new ProbeAnswer.Absent())]);

    private static Parcel Innocent(Parcel parcel) => parcel with
    {
        Shipment = parcel.Shipment with { Delivery = parcel.Delivery with { MayHaveArrived = false } },
    };
}

/// <summary>
/// Kills the worker when batches of these numbers were sent, and nothing of them is written down; nor of what else was under way.
/// </summary>
internal sealed class DeadlyConnector(IConnector connector, BatchCount batches, IReadOnlySet<int> deadly) : DisguisedConnector(connector)
{
    /// <summary>Comes through a round like the ledger's own trouble, the one thing that keeps it from writing down what it did.</summary>
    public const string Death = "The worker died.";

    private volatile bool _isDead;

    public override async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var outcomes = await base.DeliverAsync(parcels, cancel);
        _isDead |= deadly.Contains(batches.Next());
        return _isDead ? throw new LedgerException(Death) : outcomes;
    }
}

/// <summary>Goes on counting over the deaths of workers.</summary>
internal sealed class BatchCount
{
    private int _count;

    public int Next() => Interlocked.Increment(ref _count);
}
