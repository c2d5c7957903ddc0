using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Zendesk;
using CrmSync.Tests.Sessions;
using Microsoft.Extensions.Time.Testing;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>Sessions without a ticket, looked up by their customer.</summary>
public sealed class ZendeskRequesterSearchTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly (string, string) On = ("FindByRequester", "true");

    private readonly FakeTimeProvider _clock = new(Noon);
    private ZendeskConnectorBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await StartAsync(On);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("""{"type":"end_user","email":"Cora@example.net"}""")]
    [InlineData("""{"type":"end_user","phone_number":"+14155550142"}""")]
    public async Task The_customer_s_one_open_ticket_of_that_time_is_it(string participant)
    {
        var ticket = TicketOf(77);
        TicketOf(78);

        var resolution = await ResolveAsync(participant);

        resolution.ShouldBeOfType<Resolution.Found>().Ticket.RecordId.ShouldBe($"{ticket}");
        _bench.Host.Requests.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Two_open_ones_are_for_a_person()
    {
        TicketOf(77);
        TicketOf(77);

        (await ResolveAsync()).ShouldBeOfType<Resolution.Ambiguous>().Fault.Reason.ShouldBe(ReasonCodes.TicketAmbiguous);
    }

    [Fact]
    public async Task Solved_ones_and_those_of_other_days_do_not_count()
    {
        _bench.Desk.SetStatus(TicketOf(77), "solved");
        _clock.Advance(TimeSpan.FromHours(3));
        TicketOf(77);

        (await ResolveAsync()).ShouldBeOfType<Resolution.NotYet>();
    }

    [Fact]
    public async Task A_customer_nobody_knows_has_none()
    {
        TicketOf(77);

        (await ResolveAsync("""{"type":"end_user","email":"stranger@example.net"}""")).ShouldBeOfType<Resolution.NotYet>();
    }

    [Fact]
    public async Task What_could_change_the_query_is_never_asked_for()
    {
        TicketOf(77);

        (await ResolveAsync("""{"type":"end_user","email":"cora@example.net\" status:closed"}""")).ShouldBeOfType<Resolution.NotYet>();

        _bench.Host.Requests.Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_search_that_fails_is_tried_again()
    {
        _bench.Faults.Once(Fault.Refuse(503, TimeSpan.FromSeconds(5)), "GET", "/api/v2/search");

        var failed = (await ResolveAsync()).ShouldBeOfType<Resolution.Failed>();

        failed.Outcome.ShouldBeOfType<Outcome.Deferred>();
    }

    [Fact]
    public async Task Unless_asked_for_nothing_is_searched()
    {
        await using var bench = await StartAsync();

        (await ResolveAsync(bench: bench)).ShouldBeOfType<Resolution.NotYet>();

        bench.Host.Requests.Total.ShouldBe(0);
    }

    private Task<ZendeskConnectorBench> StartAsync(params (string, string)[] options) => ZendeskConnectorBench.StartAsync(
        new ZendeskSettings
        {
            Users = [new(77, "Cora Customer", "cora@example.net", "end-user", "+14155550142"), new(78, "Carl", "carl@example.net", "end-user")],
        },
        simulatorClock: _clock,
        options: options);

    private long TicketOf(long requester)
    {
        var ticket = _bench.Desk.AddTicket();
        _bench.Desk.SetRequester(ticket, requester);
        return ticket;
    }

    private async Task<Resolution> ResolveAsync(
        string participant = """{"type":"end_user","email":"cora@example.net"}""", ZendeskConnectorBench? bench = null)
    {
        var session = SessionText.Call($$"""
            "created_at":"{{Noon:O}}","ends_at":"{{Noon.AddMinutes(9):O}}","status":"finished","agent_info":{"id":1,"email":"a@b.example"},"participants":[{{participant}}]
            """);
        var shipment = ZendeskConnectorBench.Parcel(1).Shipment with { Session = session };
        return (await (bench ?? _bench).Connector.ResolveAsync([shipment], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }
}
