using CrmSync.Connectors.Zendesk;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskRulesTests
{
    [Theory]
    [InlineData("Url", "", "Connectors:zendesk:Url: is missing.")]
    [InlineData("Url", "http://example.zendesk.com", "Connectors:zendesk:Url: is not encrypted.")]
    [InlineData("Url", "https://example.zendesk.com/agent", "Connectors:zendesk:Url: has a path.")]
    [InlineData("ClientId", "", "Connectors:zendesk:ClientId: is missing.")]
    [InlineData("ClientSecret", "", "Connectors:zendesk:ClientSecret: is missing.")]
    [InlineData("ApiToken", "legacy-token", "Connectors:zendesk:ApiToken: stands beside an OAuth client.")]
    [InlineData("QuotaShare", "0", "Connectors:zendesk:QuotaShare: is out of range.")]
    [InlineData("QuotaShare", "1.5", "Connectors:zendesk:QuotaShare: is out of range.")]
    [InlineData("BulkFrom", "0", "Connectors:zendesk:BulkFrom: is out of range.")]
    [InlineData("Concurrency", "99", "Connectors:zendesk:Concurrency: is out of range.")]
    [InlineData("Settle", "00:00:05", "Connectors:zendesk:Settle: is shorter than Timeout.")]
    [InlineData("JobWait", "01:00:00", "Connectors:zendesk:JobWait: does not fit JobPoll.")]
    [InlineData("AttachmentExtension", "exe", "Connectors:zendesk:AttachmentExtension: is not known.")]
    [InlineData("TicketPattern", "ZD-[0-9+", "Connectors:zendesk:TicketPattern: is not a regular expression with one group.")]
    [InlineData("Hosts:0", "https://help.example.com", "Connectors:zendesk:Hosts: holds")]
    [InlineData("CustomFields:0", "-1", "Connectors:zendesk:CustomFields: holds")]
    [InlineData("ClosedTickets", "Reopen", "Connectors:zendesk:ClosedTickets: cannot be read.")]
    [InlineData("CloseTickets", "Park", "Connectors:zendesk:CloseTickets: is not a known setting. Did you mean ClosedTickets?")]
    public void A_mistake_is_named_with_its_key_and_a_fix(string key, string value, string expected)
    {
        var section = ZendeskConnectorBench.Section(("Url", "https://example.zendesk.com"), (key, value));

        var complaint = new ZendeskKind().Validate(section).ShouldHaveSingleItem();

        complaint.ToString().ShouldStartWith(expected);
        complaint.Fix.ShouldNotBeNullOrWhiteSpace();
        complaint.ToString().ShouldNotContain("sim-secret");
        complaint.ToString().ShouldNotContain("legacy-token");
    }

    [Theory]
    [InlineData("https://example.zendesk.com")]
    [InlineData("https://example.zendesk.com/")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080")]
    public void A_good_section_has_no_complaints(string url) =>
        new ZendeskKind().Validate(ZendeskConnectorBench.Section(("Url", url))).ShouldBeEmpty();
}
