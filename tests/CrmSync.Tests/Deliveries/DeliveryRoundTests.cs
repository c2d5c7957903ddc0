using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Rendering;
using CrmSync.Core.Sessions;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Deliveries;

/// <summary>The round on a real SQLite ledger; the CRM's answers are the test's.</summary>
public sealed class DeliveryRoundTests : IAsyncLifetime
{
    private const string Crm = "crm";
    private const string Fallback = "mailbox";

    private readonly string _folder = Directory.CreateTempSubdirectory("crmsync-round-").FullName;
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly RouteSays _routes;
    private readonly ScriptedConnector _crm;
    private SqliteLedger _ledger;

    public DeliveryRoundTests()
    {
        _routes = new RouteSays(_clock);
        _crm = new ScriptedConnector(Crm, _clock);
        _ledger = NewLedger();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _ledger.OpenAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_due_delivery_is_resolved_packed_sent_and_written_down()
    {
        await AddAsync(48211, ticket: "4711");

        (await RunAsync()).ShouldBe(1);

        var delivery = await OneAsync(48211);
        delivery.State.ShouldBe(DeliveryState.Delivered);
        delivery.Receipt!.RecordId.ShouldBe("4711");
        delivery.Attempts.ShouldBe(1);
        Encoding.UTF8.GetString(_crm.Sent.ShouldHaveSingleItem().Attachment.Content.Span).ShouldContain("\"id\":48211");
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_looked_for_before_anything_is_sent_again()
    {
        await AddAsync(1, ticket: "4711");
        _crm.Deliver = _ => new Outcome.InDoubt(new Fault(ReasonCodes.NoAnswer, "No answer came."));
        _crm.Probe = _ => new ProbeAnswer.Found(Some.Receipt);

        await RunAsync();
        (await OneAsync(1)).State.ShouldBe(DeliveryState.InDoubt);
        await RunAsync();
        _crm.Probed.ShouldBeEmpty("the settle time is not over");
        _clock.Advance(_crm.Traits.Settle);
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Delivered);
        _crm.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_probe_does_not_find_is_sent_again_in_the_same_round()
    {
        await AddAsync(1, ticket: "4711");
        var answers = new Queue<Outcome>([new Outcome.InDoubt(Some.Fault), new Outcome.Delivered(Some.Receipt)]);
        _crm.Deliver = _ => answers.Dequeue();

        await RunAsync();
        _clock.Advance(_crm.Traits.Settle);
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Delivered);
        _crm.Sent.Count.ShouldBe(2);
        _crm.Sent[1].Delivery.MayHaveArrived.ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_that_died_while_it_was_sending_leaves_a_doubt_not_a_second_note()
    {
        await AddAsync(1, ticket: "4711");
        var claimed = (await _ledger.ClaimAsync(Crm, 1, TimeSpan.FromMinutes(5), Cancel)).ShouldHaveSingleItem();
        await _ledger.BeginAsync([new AttemptStart(claimed.Id, claimed.Token, new TicketRef("ticket", "4711"), TimeSpan.Zero)], Cancel);
        _crm.Probe = _ => new ProbeAnswer.Found(Some.Receipt);

        await _ledger.DisposeAsync();
        _ledger = NewLedger();
        await _ledger.OpenAsync(Cancel);
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Delivered);
        _crm.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_spellings_of_one_ticket_are_sent_one_after_the_other()
    {
        await AddAsync(1, ticket: "A", endedMinutesAgo: 20);
        await AddAsync(2, ticket: "B", endedMinutesAgo: 10);
        _crm.Resolve = _ => new Resolution.Found(new TicketRef("ticket", "the same"));
        var batches = new List<long[]>();
        _crm.Deliver = parcel =>
        {
            batches.Add([parcel.Session.Key.Id]);
            return new Outcome.Delivered(Some.Receipt);
        };

        await RunAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();

        batches.ShouldBe([[1L], [2L]]);
    }

    [Fact]
    public async Task A_session_without_a_ticket_waits_and_is_parked_when_the_wait_is_over()
    {
        await AddAsync(1, ticket: null);
        _crm.Resolve = _ => new Resolution.NotYet(new Fault(ReasonCodes.NoTicketYet, "The session has no ticket yet."));

        await RunAsync();
        (await OneAsync(1)).State.ShouldBe(DeliveryState.Ready);
        _clock.Advance(TimeSpan.FromHours(25));
        await RunAsync();

        var delivery = await OneAsync(1);
        delivery.State.ShouldBe(DeliveryState.Parked);
        delivery.Fault!.Reason.ShouldBe(ReasonCodes.NoTicket);
    }

    [Theory]
    [InlineData(null, DeliveryState.Skipped)]
    [InlineData(false, DeliveryState.Skipped)]
    [InlineData(true, DeliveryState.Ready)]
    public async Task The_route_has_the_last_word_on_whether_a_ticket_is_expected(bool? expected, DeliveryState state)
    {
        await AddAsync(1, ticket: null);
        _routes.Expected = expected;
        _crm.Resolve = _ => new Resolution.NotExpected(new Fault(ReasonCodes.NoTicketExpected, "It was deflected."));

        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(state);
    }

    [Fact]
    public async Task What_a_connector_refuses_goes_to_the_routes_fallback()
    {
        await AddAsync(1, ticket: "4711");
        _routes.FallbackConnector = Fallback;
        _crm.Deliver = _ => new Outcome.Refused(new Fault(ReasonCodes.TicketClosed, "The ticket is closed."));

        await RunAsync();

        var deliveries = (await _ledger.HistoryAsync(Session(1), Cancel))!.Deliveries;
        deliveries.Select(d => (d.Connector, d.State)).ShouldBe([(Crm, DeliveryState.Skipped), (Fallback, DeliveryState.Ready)], ignoreOrder: true);
    }

    [Fact]
    public async Task What_may_have_arrived_is_parked_and_not_sent_to_the_fallback_as_well()
    {
        await AddAsync(1, ticket: "4711");
        _routes.FallbackConnector = Fallback;
        var answers = new Queue<Outcome>([new Outcome.InDoubt(Some.Fault), new Outcome.Refused(Some.Fault)]);
        _crm.Deliver = _ => answers.Dequeue();

        await RunAsync();
        _clock.Advance(_crm.Traits.Settle);
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Parked);
    }

    [Fact]
    public async Task An_outage_pauses_the_connector_and_spends_nothing()
    {
        await AddAsync(1, ticket: "4711");
        await AddAsync(2, ticket: "4712");
        _crm.Traits = Some.Traits with { BatchMax = 1 };
        _crm.Deliver = _ => new Outcome.Deferred(new Fault(ReasonCodes.CrmUnreachable, "No connection."), SpendsAttempt: false);

        await RunAsync();

        _crm.Sent.Count.ShouldBe(1);
        (await _ledger.PauseOfAsync(Crm, Cancel))!.Fault.Reason.ShouldBe(ReasonCodes.CrmUnreachable);
        (await OneAsync(1)).Attempts.ShouldBe(0);
    }

    [Fact]
    public async Task Bad_credentials_halt_the_connector_for_everything_that_waits()
    {
        await AddAsync(1, ticket: "4711");
        await AddAsync(2, ticket: "4712");
        _crm.Traits = Some.Traits with { BatchMax = 1 };
        _crm.Deliver = _ => new Outcome.Halted(new Fault(ReasonCodes.AuthFailed, "The secret is not accepted."));

        await RunAsync();
        _crm.Sent.Count.ShouldBe(1);
        _clock.Advance(TimeSpan.FromMinutes(6));
        _crm.Deliver = _ => new Outcome.Delivered(Some.Receipt);
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Delivered);
        (await OneAsync(2)).State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_connector_that_breaks_leaves_what_it_had_begun_in_doubt()
    {
        await AddAsync(1, ticket: "4711");
        _crm.Deliver = _ => throw new InvalidOperationException("a bug");

        await RunAsync();

        var delivery = await OneAsync(1);
        delivery.State.ShouldBe(DeliveryState.InDoubt);
        delivery.Fault!.Reason.ShouldBe(ReasonCodes.InternalError);
    }

    [Fact]
    public async Task A_stop_before_anything_was_sent_releases_the_claim()
    {
        await AddAsync(1, ticket: "4711");
        using var stop = new CancellationTokenSource();
        _crm.Resolve = _ =>
        {
            stop.Cancel();
            return new Resolution.Found(new TicketRef("ticket", "4711"));
        };

        await Round().RunAsync(_crm, stop.Token);

        var delivery = await OneAsync(1);
        delivery.State.ShouldBe(DeliveryState.Ready);
        delivery.MayHaveArrived.ShouldBeFalse();
        _crm.Sent.ShouldBeEmpty();
    }

    private Task<int> RunAsync() => Round().RunAsync(_crm, Cancel);

    private DeliveryRound Round() => new(
        _ledger,
        new PlainPacker(),
        new SessionReaders(new Dictionary<string, ReaderOptions>()),
        _routes,
        new RetryPolicy(new DeliveryOptions(), () => 0.5),
        new DeliveryOptions(),
        _clock,
        NullLogger<DeliveryRound>.Instance);

    private SqliteLedger NewLedger() =>
        new(new LedgerOptions { Path = Path.Combine(_folder, "crmsync.db") }, _clock, NullLogger<SqliteLedger>.Instance);

    private async Task AddAsync(long id, string? ticket, int endedMinutesAgo = 60)
    {
        var ended = _clock.GetUtcNow().AddMinutes(-endedMinutesAgo);
        var json = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":{{id}},"call_type":"Voice Inbound (IVR)","status":"finished","ends_at":"{{ended:O}}","out_ticket_id":{{(ticket is null ? "null" : $"\"{ticket}\"")}}}""");
        var bytes = Encoding.UTF8.GetBytes(json);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var planned = new PlannedDelivery(
            Crm, DeliveryKey.For("inst", Session(id), hash), "route", ticket, ended.ToUnixTimeMilliseconds(), DeliveryState.Ready, _clock.GetUtcNow());
        var facts = new SessionFacts(ended, ended, "finished", true, "Voice Inbound (IVR)", "en", ticket, null);
        var record = new IntakeRecord(
            "inbox",
            new FileStamp($"call-{id}.json", bytes.Length, ended),
            IntakeDecisionKind.New,
            null,
            new NewRevision(Session(id), 0, bytes, hash, hash, hash, facts, [planned]));
        (await _ledger.RecordAsync([record], Cancel)).ShouldHaveSingleItem().Conflict.ShouldBeFalse();
    }

    private static SessionKey Session(long id) => new("aldergrove", SessionKind.Call, id);

    private async Task<Delivery> OneAsync(long id) => (await _ledger.HistoryAsync(Session(id), Cancel))!.Deliveries.ShouldHaveSingleItem();

    private sealed class PlainPacker : IPacker
    {
        public Parcel Pack(Shipment shipment, TicketRef ticket, ConnectorTraits traits) => new(
            shipment,
            ticket,
            new Note(new Dictionary<string, string> { ["note"] = "A note." }, "en"),
            new Attachment("call.json", "application/json", shipment.Session.Bytes));
    }

    private sealed class RouteSays(TimeProvider clock) : IRoutePolicy
    {
        public string? FallbackConnector { get; set; }

        public bool? Expected { get; set; }

        public PlannedDelivery? FallbackFor(Delivery delivery) => FallbackConnector is { } connector
            ? new PlannedDelivery(connector, delivery.Key, delivery.Route, delivery.Lane, delivery.Order, DeliveryState.Ready, clock.GetUtcNow())
            : null;

        public bool? TicketExpected(Delivery delivery) => Expected;
    }
}
