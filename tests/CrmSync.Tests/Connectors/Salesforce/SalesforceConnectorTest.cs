using System.Globalization;
using System.Text;
using CrmSync.Connectors.Salesforce;
using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Core.Sessions;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>A simulated org and a connector to it, over HTTP.</summary>
public abstract class SalesforceConnectorTest : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddSalesforce().BuildServiceProvider();
    private int _lastId = 100;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 8, 9, 30, 0, TimeSpan.Zero));

    protected SalesforceSimulator Org { get; private set; } = null!;

    protected IConnector Connector { get; private set; } = null!;

    protected virtual OrgOptions OrgOptions => new();

    public async ValueTask InitializeAsync()
    {
        Org = await SalesforceSimulator.StartAsync(OrgOptions, new SimulatorOptions { Clock = Clock, Seed = 20260308 }, Cancel);
        Connector = Connect(Settings());
    }

    public async ValueTask DisposeAsync()
    {
        await Org.DisposeAsync();
        await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual SalesforceOptions Settings() => new()
    {
        Url = Org.Address,
        ClientId = "crmsync-client",
        ClientSecret = new Secret("crmsync-secret"),
    };

    protected IConnector Connect(SalesforceOptions options) => SalesforceKind.Create(
        "salesforce", options, _services.GetRequiredService<IHttpClientFactory>(), Clock, _services.GetRequiredService<ILoggerFactory>());

    protected static SessionMetadata Session(long id, string? ticket, string? url = null, string status = "finished") =>
        SessionReader.Read(
            Encoding.UTF8.GetBytes($$"""
                {"id":{{id}},"call_type":"IVR","status":"{{status}}","ends_at":"2026-03-08T09:10:00.000Z",
                 "out_ticket_id":{{Text(ticket)}},"out_ticket_url":{{Text(url)}}}
                """),
            new ReaderOptions { Instance = "aldergrove" }) is ReadResult.Session(var session) ? session : throw new ArgumentException("No session.", nameof(ticket));

    protected Shipment Shipment(string? ticket, string? url = null, int revision = 1, string status = "finished")
    {
        var session = Session(++_lastId, ticket, url, status);
        return new Shipment(Delivery(session, revision), session);
    }

    protected Delivery Delivery(SessionMetadata session, int revision) => new(
        session.Key.Id,
        session.Key,
        revision,
        "salesforce",
        DeliveryKey.For("test", session.Key, $"{revision}".PadRight(64, 'a')),
        DeliveryState.Sending,
        Clock.GetUtcNow(),
        Clock.GetUtcNow())
    {
        Attempts = 1,
    };

    protected Parcel Parcel(string recordId, string note = "Called about a lamp.", string type = "Case", int revision = 1) =>
        Pack(Shipment(recordId, revision: revision), new TicketRef(type, recordId), note);

    protected static Parcel Pack(Shipment shipment, TicketRef ticket, string note = "Called about a lamp.") => new(
        shipment,
        ticket,
        new Note(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["case-comment"] = note,
                ["task"] = note,
                ["task-subject"] = "Call from a customer",
                ["field-CrmSync_Disposition__c"] = "Billing > Refund",
            },
            "en"),
        new Attachment($"{shipment.Session.Key.Local}-{shipment.Delivery.Key.Marker}.json", "application/json", shipment.Session.Bytes));

    /// <summary>The same session changed, after <paramref name="receipt"/> was given for it.</summary>
    protected Parcel Revise(Parcel parcel, Receipt receipt, int revision, string note)
    {
        var delivery = Delivery(parcel.Session, revision) with { Replaces = receipt };
        return Pack(parcel.Shipment with { Delivery = delivery }, parcel.Ticket, note);
    }

    protected async Task<Outcome> DeliverAsync(Parcel parcel) => (await Connector.DeliverAsync([parcel], Cancel)).ShouldHaveSingleItem();

    protected async Task<Receipt> DeliveredAsync(Parcel parcel) => (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.Delivered>().Receipt;

    protected async Task<Resolution> ResolveAsync(string? ticket, string? url = null, string status = "finished") =>
        (await Connector.ResolveAsync([Shipment(ticket, url, status: status)], Cancel)).ShouldHaveSingleItem();

    protected static string Bytes(SimulatedFile file) => Encoding.UTF8.GetString(file.Bytes.Span);

    private static string Text(string? value) => value is null ? "null" : string.Create(CultureInfo.InvariantCulture, $"\"{value}\"");
}
