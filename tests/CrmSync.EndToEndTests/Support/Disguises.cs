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
/// Kills the worker when batches of these numbers were sent: it stands still for ever, and nothing of them is written down, nor of what else
/// was under way.
/// </summary>
internal sealed class DeadlyConnector(IConnector connector, BatchCount batches, IReadOnlySet<int> deadly) : DisguisedConnector(connector)
{
    private readonly TaskCompletionSource _death = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IReadOnlyList<Outcome>> _never = new();
    private readonly Lock _gate = new();
    private int _underWay;
    private bool _isDead;

    /// <summary>Done when the worker died, and the CRM has heard the last of it.</summary>
    public Task Death => _death.Task;

    public override async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        if (!MayBegin())
        {
            return await _never.Task;
        }

        var outcomes = await base.DeliverAsync(parcels, cancel);
        return Survives() ? outcomes : await _never.Task;
    }

    private bool MayBegin()
    {
        lock (_gate)
        {
            _underWay += _isDead ? 0 : 1;
            return !_isDead;
        }
    }

    private bool Survives()
    {
        lock (_gate)
        {
            _underWay--;
            _isDead |= deadly.Contains(batches.Next());
            if (_isDead && _underWay == 0)
            {
                _death.SetResult();
            }

            return !_isDead;
        }
    }
}

/// <summary>Goes on counting over the deaths of workers.</summary>
internal sealed class BatchCount
{
    private int _count;

    public int Next() => Interlocked.Increment(ref _count);
}
