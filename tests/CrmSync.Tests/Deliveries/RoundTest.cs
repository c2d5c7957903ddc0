using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Rendering;
using CrmSync.Core.Sessions;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Deliveries;

/// <summary>A delivery round on a real SQLite ledger, with a CRM that answers as the test says and a clock that the test moves.</summary>
public abstract class RoundTest : IAsyncLifetime
{
    protected const string Crm = "crm";
    protected const string Fallback = "mailbox";

    private readonly string _folder = Directory.CreateTempSubdirectory("crmsync-round-").FullName;

    protected RoundTest()
    {
        Routes = new RouteSays();
        Remote = new ScriptedConnector(Crm, Clock);
        Ledger = NewLedger();
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Clock { get; } = new(Some.Noon);

    private protected RouteSays Routes { get; }

    private protected ScriptedConnector Remote { get; }

    protected SqliteLedger Ledger { get; private set; }

    public async ValueTask InitializeAsync() => await Ledger.OpenAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The worker dies, and the next one opens its ledger.</summary>
    protected async Task RestartAsync()
    {
        await Ledger.DisposeAsync();
        Ledger = NewLedger();
        await Ledger.OpenAsync(Cancel);
    }

    protected Task<int> RunAsync() => Round().RunAsync(Remote, Cancel);

    protected DeliveryRound Round() => new(
        Ledger,
        new PlainPacker(),
        new SessionReaders(new Dictionary<string, ReaderOptions>()),
        Routes,
        new RetryPolicy(new DeliveryOptions(), () => 0.5),
        new DeliveryOptions(),
        Clock,
        NullLogger<DeliveryRound>.Instance);

    private SqliteLedger NewLedger() =>
        new(new LedgerOptions { Path = Path.Combine(_folder, "crmsync.db") }, Clock, NullLogger<SqliteLedger>.Instance);

    protected async Task AddManyAsync(int count)
    {
        for (var id = 1; id <= count; id++)
        {
            await AddAsync(id, ticket: $"{id}");
        }
    }

    protected Task AddAsync(long id, string? ticket, int endedMinutesAgo = 60) => AddAsync([Recorded(id, ticket, endedMinutesAgo)]);

    protected async Task AddAsync(IReadOnlyList<IntakeRecord> records) =>
        (await Ledger.RecordAsync(records, Cancel)).ShouldAllBe(result => !result.Conflict);

    protected IntakeRecord Recorded(long id, string? ticket, int endedMinutesAgo = 60)
    {
        var ended = Clock.GetUtcNow().AddMinutes(-endedMinutesAgo);
        var json = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":{{id}},"call_type":"Voice Inbound (IVR)","status":"finished","ends_at":"{{ended:O}}","out_ticket_id":{{(ticket is null ? "null" : $"\"{ticket}\"")}}}""");
        var bytes = Encoding.UTF8.GetBytes(json);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var planned = new PlannedDelivery(
            Crm, DeliveryKey.For("inst", Session(id), hash), "route", ticket, ended.ToUnixTimeMilliseconds(), DeliveryState.Ready, TimeSpan.Zero);
        var facts = new SessionFacts(ended, ended, "finished", true, "Voice Inbound (IVR)", "en", ticket, null);
        return new IntakeRecord(
            "inbox",
            new FileStamp($"call-{id}.json", bytes.Length, ended),
            IntakeDecisionKind.New,
            null,
            new NewRevision(Session(id), 0, bytes, hash, hash, hash, facts, [planned]));
    }

    protected static SessionKey Session(long id) => new("aldergrove", SessionKind.Call, id);

    protected async Task<Delivery> OneAsync(long id) => (await Ledger.HistoryAsync(Session(id), Cancel))!.Deliveries.ShouldHaveSingleItem();

    private sealed class PlainPacker : IPacker
    {
        public Parcel Pack(Shipment shipment, TicketRef ticket, ConnectorTraits traits) => new(
            shipment,
            ticket,
            new Note(new Dictionary<string, string> { ["note"] = "A note." }, "en"),
            new Attachment("call.json", "application/json", shipment.Session.Bytes));
    }

    private protected sealed class RouteSays : IRoutePolicy
    {
        public string? FallbackConnector { get; set; }

        public bool? Expected { get; set; }

        public PlannedDelivery? FallbackFor(Delivery delivery) => FallbackConnector is { } connector
            ? new PlannedDelivery(connector, delivery.Key, delivery.Route, delivery.Lane, delivery.Order, DeliveryState.Ready, TimeSpan.Zero)
            : null;

        public bool? TicketExpected(Delivery delivery) => Expected;
    }
}
