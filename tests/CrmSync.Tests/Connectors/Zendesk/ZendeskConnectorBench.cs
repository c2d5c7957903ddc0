using CrmSync.Connectors.Zendesk;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Zendesk;
using CrmSync.Tests.Sessions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>A connector made the way the worker makes it, in front of a running simulator.</summary>
internal sealed class ZendeskConnectorBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private readonly Func<(ServiceProvider Services, IConnector Connector)> _make;
    private readonly bool _ownsHost;

    private ZendeskConnectorBench(
        ZendeskSimulator simulator, SimulatorHost host, Func<(ServiceProvider Services, IConnector Connector)> make, bool ownsHost)
    {
        Simulator = simulator;
        Host = host;
        _make = make;
        _ownsHost = ownsHost;
        (_services, Connector) = make();
    }

    public ZendeskSimulator Simulator { get; }

    public ZendeskDesk Desk => Simulator.Desk;

    public SimulatorHost Host { get; }

    public FaultPlan Faults => Host.Faults;

    public IConnector Connector { get; }

    /// <param name="simulatorClock">Time at Zendesk; the system's when left out.</param>
    /// <param name="clock">Time in the connector; the system's when left out.</param>
    public static async Task<ZendeskConnectorBench> StartAsync(
        ZendeskSettings? settings = null,
        TimeProvider? simulatorClock = null,
        TimeProvider? clock = null,
        int seed = 1,
        params (string Key, string Value)[] options)
    {
        var theirs = simulatorClock ?? TimeProvider.System;
        var simulator = new ZendeskSimulator(settings ?? new ZendeskSettings { Tickets = [.. Enumerable.Range(101, 20)] }, theirs);
        var host = await SimulatorHost.StartAsync(
            simulator, new SimulatorOptions { Clock = theirs, Seed = seed }, TestContext.Current.CancellationToken);
        var section = Section([("Url", host.Address.ToString()), .. options]);
        return new ZendeskConnectorBench(simulator, host, () => Make(section, clock ?? TimeProvider.System), ownsHost: true);
    }

    /// <summary>Another worker's connector in front of the same Zendesk, or this one's after a restart.</summary>
    public ZendeskConnectorBench Another() => new(Simulator, Host, _make, ownsHost: false);

    /// <summary>A complete section but for <c>Url</c>; settings given here win.</summary>
    public static IConfigurationSection Section(params (string Key, string Value)[] options)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Kind"] = "Zendesk",
            ["ClientId"] = "crmsync",
            ["ClientSecret"] = "sim-secret",
            ["JobPoll"] = "00:00:00.001",
            ["QuotaShare"] = "1",
        };

        foreach (var (key, value) in options)
        {
            settings[key] = value;
        }

        return new ConfigurationBuilder()
            .AddInMemoryCollection(settings
                .Where(setting => setting.Value is { Length: > 0 })
                .Select(setting => KeyValuePair.Create($"Connectors:zendesk:{setting.Key}", setting.Value)))
            .Build()
            .GetSection("Connectors:zendesk");
    }

    public static Parcel Parcel(long ticket, int session = 0, bool mayHaveArrived = false, string note = "<h3>Call</h3><p>Refund promised.</p>")
    {
        var metadata = SessionText.Session($$"""{"id":{{(session * 1_000_000) + ticket}},"call_type":"Voice Inbound","out_ticket_id":"{{ticket}}"}""");
        var key = DeliveryKey.For("test", metadata.Key, metadata.Revision.ContentSha256);
        var delivery = new Delivery(ticket, metadata.Key, 1, "zendesk", key, DeliveryState.Sending, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)
        {
            MayHaveArrived = mayHaveArrived,
        };
        return new Parcel(
            new Shipment(delivery, metadata),
            new TicketRef("ticket", $"{ticket}"),
            new Note(new Dictionary<string, string>(StringComparer.Ordinal) { ["internal-note"] = note, ["internal-note-text"] = note }, "en"),
            new Attachment($"{metadata.Key.Local}-{key.Marker}.json", "application/json", metadata.Bytes));
    }

    public async Task<Outcome> DeliverAsync(Parcel parcel) =>
        (await Connector.DeliverAsync([parcel], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

    public Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels) =>
        Connector.DeliverAsync(parcels, TestContext.Current.CancellationToken);

    public async Task<ProbeAnswer> ProbeAsync(Parcel parcel) =>
        (await Connector.ProbeAsync([parcel], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

    public async ValueTask DisposeAsync()
    {
        (Connector as IDisposable)?.Dispose();
        await _services.DisposeAsync();

        if (_ownsHost)
        {
            await Host.DisposeAsync();
        }
    }

    private static (ServiceProvider Services, IConnector Connector) Make(IConfigurationSection section, TimeProvider clock)
    {
        var services = new ServiceCollection()
            .AddSingleton(clock)
            .AddLogging(logging => logging.ClearProviders())
            .AddZendesk()
            .BuildServiceProvider();
        var kind = services.GetServices<IConnectorKind>().Single();
        kind.Validate(section).ShouldBeEmpty();
        return (services, kind.Create(section, services));
    }
}
