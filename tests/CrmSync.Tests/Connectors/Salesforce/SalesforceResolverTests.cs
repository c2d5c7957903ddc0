using CrmSync.Core;
using CrmSync.Core.Deliveries;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceResolverTests : SalesforceConnectorTest
{
    [Fact]
    public async Task An_id_of_either_length_needs_no_call()
    {
        var id = Org.AddCase();

        (await FoundAsync(id)).ShouldBe(("Case", id));
        (await FoundAsync(id[..15])).ShouldBe(("Case", id));
        (await FoundAsync(id.ToUpperInvariant())).ShouldBe(("Case", id));
        Org.Requests.Total.ShouldBe(0);
    }

    [Theory]
    [InlineData("lightning/r/Case/{0}/view")]
    [InlineData("lightning/r/{0}/view")]
    [InlineData("lightning/_classic/%2F{0}")]
    [InlineData("{0}")]
    [InlineData("one/one.app#/sObject/{0}/view")]
    [InlineData("console#%2F{0}")]
    [InlineData("lightning/r/Account/001SM0000000001/view?ws=%2Flightning%2Fr%2FCase%2F{0}%2Fview")]
    public async Task A_link_tells_the_record_where_there_is_no_id(string path)
    {
        var id = Org.AddCase();

        (await FoundAsync(null, new Uri(Org.Address, string.Format(null, path, id)).AbsoluteUri)).ShouldBe(("Case", id));
    }

    [Fact]
    public async Task A_link_to_another_org_is_refused_and_nothing_is_fetched()
    {
        var gone = (await ResolveAsync(Org.AddCase(), "https://elsewhere.my.salesforce.com/x")).ShouldBeOfType<Resolution.Gone>();

        gone.Fault.Reason.ShouldBe(ReasonCodes.TicketHostMismatch);
        Org.Requests.Total.ShouldBe(0);
    }

    [Fact]
    public async Task Case_numbers_of_a_batch_cost_one_lookup_with_and_without_their_zeros()
    {
        var ids = new[] { Org.AddCase(), Org.AddCase(), Org.AddCase() };

        var resolutions = await Connector.ResolveAsync([Shipment("00001001"), Shipment("1002"), Shipment("#00001003"), Shipment("99999999")], Cancel);

        resolutions.OfType<Resolution.Found>().Select(f => f.Ticket.RecordId).ShouldBe(ids);
        resolutions[3].ShouldBeOfType<Resolution.Gone>().Fault.Reason.ShouldBe(ReasonCodes.TicketNotFound);
        Org.Requests.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task The_number_of_a_merged_case_leads_to_the_last_of_its_masters()
    {
        var (first, second, third) = (Org.AddCase(), Org.AddCase(), Org.AddCase());
        Org.Merge(first, second);
        Org.Merge(second, third);

        (await FoundAsync("00001001")).ShouldBe(("Case", third));
    }

    [Fact]
    public async Task The_number_of_a_deleted_case_is_gone()
    {
        Org.Delete(Org.AddCase());

        (await ResolveAsync("00001001")).ShouldBeOfType<Resolution.Gone>().Fault.Reason.ShouldBe(ReasonCodes.TicketDeleted);
    }

    [Fact]
    public async Task A_custom_object_is_known_by_its_prefix_asked_once()
    {
        var id = Org.Add("CrmSync_Delivery__c");

        (await FoundAsync(id)).ShouldBe(("CrmSync_Delivery__c", id));
        (await FoundAsync(id)).ShouldBe(("CrmSync_Delivery__c", id));
        Org.Requests.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("INC0012")]
    [InlineData("005SM0000000001AAA")]
    [InlineData("zzzSM0000000001")]
    public async Task What_no_org_could_have_written_is_unusable(string ticket) =>
        (await ResolveAsync(ticket)).ShouldBeOfType<Resolution.Gone>().Fault.Reason.ShouldBe(ReasonCodes.TicketIdUnusable);

    [Fact]
    public async Task A_ticket_that_is_not_there_yet_is_told_from_one_that_never_comes()
    {
        (await ResolveAsync(null)).ShouldBeOfType<Resolution.NotYet>();
        (await ResolveAsync(null, status: "deflected")).ShouldBeOfType<Resolution.NotExpected>();
    }

    [Fact]
    public async Task When_the_org_cannot_be_asked_nothing_is_in_doubt()
    {
        Org.Faults.Once(Fault.Refuse(429), "GET", "*/queryAll");

        (await ResolveAsync("00001001")).ShouldBeOfType<Resolution.Failed>().Outcome.ShouldBeOfType<Outcome.Deferred>().SpendsAttempt.ShouldBeFalse();
    }

    [Fact]
    public void Two_spellings_of_a_record_share_a_lane()
    {
        var id = Org.AddCase();

        Connector.LaneOf(Session(1, id[..15])).ShouldBe(Connector.LaneOf(Session(2, id)));
        Connector.LaneOf(Session(1, "1026")).ShouldBe(Connector.LaneOf(Session(2, "00001026")));
        Connector.LaneOf(Session(1, null)).ShouldBeNull();
    }

    private async Task<(string Type, string Id)> FoundAsync(string? ticket, string? url = null)
    {
        var found = (await ResolveAsync(ticket, url)).ShouldBeOfType<Resolution.Found>();
        return (found.Ticket.RecordType, found.Ticket.RecordId);
    }
}
