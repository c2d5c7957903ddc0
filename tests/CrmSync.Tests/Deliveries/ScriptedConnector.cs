using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Tests.Deliveries;

/// <summary>A CRM whose answers a test writes down beforehand; it keeps what it was given.</summary>
internal sealed class ScriptedConnector(string name, TimeProvider clock) : IConnector
{
    // Claims that are worked off at once come here at once; a test's script need not know.
    private readonly Lock _turn = new();

    public string Name => name;

    public ConnectorTraits Traits { get; set; } = Some.Traits;

    public Func<Shipment, Resolution> Resolve { get; set; } = shipment => new Resolution.Found(new TicketRef("ticket", shipment.Session.OutTicket?.Id ?? "1"));

    public Func<Parcel, Outcome> Deliver { get; set; } = parcel => new Outcome.Delivered(new Receipt(parcel.Ticket.RecordId, "note", "file"));

    public Func<Parcel, ProbeAnswer> Probe { get; set; } = _ => new ProbeAnswer.Absent();

    /// <summary>What happens between the first byte and the answer.</summary>
    public Func<CancellationToken, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

    public List<Parcel> Sent { get; } = [];

    public List<Parcel> Probed { get; } = [];

    public DateTimeOffset LastSentAt { get; private set; }

    public string? LaneOf(SessionMetadata session) => session.OutTicket?.Id;

    public Task<IReadOnlyList<Resolution>> ResolveAsync(IReadOnlyList<Shipment> shipments, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Resolution>>([.. shipments.Select(Resolve)]);

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        lock (_turn)
        {
            Sent.AddRange(parcels);
            LastSentAt = clock.GetUtcNow();
        }

        await Meanwhile(cancel);
        lock (_turn)
        {
            return [.. parcels.Select(Deliver)];
        }
    }

    public Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        lock (_turn)
        {
            Probed.AddRange(parcels);
            return Task.FromResult<IReadOnlyList<ProbeAnswer>>([.. parcels.Select(Probe)]);
        }
    }

    public Task<CheckReport> CheckAsync(CancellationToken cancel) => Task.FromResult(new CheckReport(name, []));
}
