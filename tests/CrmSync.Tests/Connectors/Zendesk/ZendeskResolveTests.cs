using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Tests.Sessions;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskResolveTests : IAsyncLifetime
{
    private ZendeskConnectorBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ZendeskConnectorBench.StartAsync(
        options: [("Hosts:0", "aldergrove.zendesk.com"), ("TicketPattern", @"^ZD-(\d+)$")]);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("\"out_ticket_id\":\"4711\"", "4711")]
    [InlineData("\"out_ticket_id\":4711", "4711")]
    [InlineData("\"out_ticket_id\":\"#4711\"", "4711")]
    [InlineData("\"out_ticket_id\":\"ZD-4711\"", "4711")]
    [InlineData("\"out_ticket_id\":\"9223372036854775807\"", "9223372036854775807")]
    [InlineData("\"out_ticket_id\":\"4711\",\"out_ticket_url\":\"https://ALDERGROVE.zendesk.com/agent/tickets/4711\"", "4711")]
    [InlineData("\"out_ticket_url\":\"https://aldergrove.zendesk.com/agent/tickets/4711\"", "4711")]
    [InlineData("\"out_ticket_url\":\"https://aldergrove.zendesk.com/hc/en-us/requests/4711?page=2\"", "4711")]
    [InlineData("\"out_ticket_url\":\"https://aldergrove.zendesk.com/api/v2/tickets/4711.json\"", "4711")]
    public async Task A_ticket_is_found_without_a_call(string keys, string expected)
    {
        var resolution = await ResolveAsync(keys);

        resolution.ShouldBeOfType<Resolution.Found>().Ticket.RecordId.ShouldBe(expected);
        _bench.Connector.LaneOf(SessionText.Call(keys)).ShouldBe(expected);
        _bench.Host.Requests.Total.ShouldBe(0);
    }

    [Theory]
    [InlineData("\"out_ticket_id\":\"5003000000D8cuI\"", "TICKET_ID_UNUSABLE")]
    [InlineData("\"out_ticket_id\":\"-5\"", "TICKET_ID_UNUSABLE")]
    [InlineData("\"out_ticket_id\":\"9223372036854775808\"", "TICKET_ID_UNUSABLE")]
    [InlineData("\"out_ticket_url\":\"https://aldergrove.zendesk.com/agent/users/4711\"", "TICKET_ID_UNUSABLE")]
    [InlineData("\"out_ticket_id\":\"4711\",\"out_ticket_url\":\"https://evil.example/agent/tickets/4711\"", "TICKET_HOST_MISMATCH")]
    [InlineData("\"out_ticket_url\":\"https://aldergrove.zendesk.com.evil.example/tickets/4711\"", "TICKET_HOST_MISMATCH")]
    public async Task What_is_no_ticket_of_this_account_is_gone(string keys, string reason)
    {
        var resolution = await ResolveAsync(keys);

        resolution.ShouldBeOfType<Resolution.Gone>().Fault.Reason.Code.ShouldBe(reason);
        _bench.Connector.LaneOf(SessionText.Call(keys)).ShouldBeNull();
        _bench.Host.Requests.Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_ticket_that_is_missing_may_still_come_and_one_nobody_makes_is_not_expected()
    {
        (await ResolveAsync("\"status\":\"finished\",\"agent_info\":{\"id\":1,\"email\":\"a@b.example\"}"))
            .ShouldBeOfType<Resolution.NotYet>().Fault.Reason.ShouldBe(ReasonCodes.NoTicketYet);
        (await ResolveAsync("\"status\":\"deflected\"")).ShouldBeOfType<Resolution.NotExpected>();
    }

    [Fact]
    public async Task An_external_id_is_looked_up()
    {
        var ticket = _bench.Desk.AddTicket();
        var twins = new[] { _bench.Desk.AddTicket(), _bench.Desk.AddTicket() };
        _bench.Desk.SetExternalId(ticket, "order-7");
        _bench.Desk.SetExternalId(twins[0], "twin");
        _bench.Desk.SetExternalId(twins[1], "twin");

        (await ResolveAsync("\"out_ticket_id\":\"external:order-7\"")).ShouldBeOfType<Resolution.Found>().Ticket.RecordId.ShouldBe($"{ticket}");
        (await ResolveAsync("\"out_ticket_id\":\"external:twin\"")).ShouldBeOfType<Resolution.Ambiguous>();
        (await ResolveAsync("\"out_ticket_id\":\"external:nobody\"")).ShouldBeOfType<Resolution.NotYet>();
    }

    private async Task<Resolution> ResolveAsync(string keys)
    {
        var shipment = ZendeskConnectorBench.Parcel(1).Shipment with { Session = SessionText.Call(keys) };
        return (await _bench.Connector.ResolveAsync([shipment], TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }
}
