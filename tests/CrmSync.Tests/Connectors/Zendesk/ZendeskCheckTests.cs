using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskCheckTests
{
    [Fact]
    public async Task A_good_connector_is_told_so_and_nothing_is_left_behind()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Fields = [new(360001, "Disposition", "text", [])], Limits = ZendeskLimits.Enterprise },
            options: ("CustomFields:0", "360001"));

        var report = await bench.Connector.CheckAsync(TestContext.Current.CancellationToken);

        report.Findings.ShouldAllBe(finding => finding.Level == CheckLevel.Ok);
        report.Findings.Select(finding => finding.Subject).ShouldBe(
            ["Sign-in", "Upload files", "Take uploads back", "Read bulk jobs", "Read tickets", "Write to tickets", "Custom fields", "API calls left"]);
        report.Findings[0].Text.ShouldContain("as admin CrmSync Service");
        bench.Desk.AbandonedUploads.ShouldBe(0);
        bench.Desk.Touched().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("Scope", "read"));

        var report = await bench.Connector.CheckAsync(TestContext.Current.CancellationToken);

        report.Ok.ShouldBeFalse();
        var findings = report.Findings.Where(finding => finding.Level == CheckLevel.Problem).ToList();
        findings.Select(finding => finding.Subject).ShouldBe(["Upload files", "Write to tickets"]);
        findings[0].Fix!.ShouldContain("Add write to Scope");
        findings[1].Fix!.ShouldContain("Add tickets:write to Scope");
    }

    [Theory]
    [InlineData("false", CheckLevel.Warning)]
    [InlineData("true", CheckLevel.Problem)]
    public async Task The_narrowest_scopes_are_enough_unless_agents_are_to_be_the_authors(string authors, CheckLevel level)
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: [("Scope", "tickets:read tickets:write"), ("AuthorFromAgent", authors)]);

        var report = await bench.Connector.CheckAsync(TestContext.Current.CancellationToken);

        var finding = report.Findings.Single(finding => finding.Level != CheckLevel.Ok);
        (finding.Subject, finding.Level).ShouldBe(("Sign-in", level));
        finding.Fix!.ShouldContain("users:read");
        (await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101))).ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task A_scope_that_Zendesk_did_not_give_is_named()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(new ZendeskSettings { Clients = [new("crmsync", "sim-secret", "read")] });

        var report = await bench.Connector.CheckAsync(TestContext.Current.CancellationToken);

        var finding = report.Findings.Single(finding => finding.Subject == "Scopes");
        finding.Level.ShouldBe(CheckLevel.Warning);
        finding.Text.ShouldContain("did not give write");
    }

    [Fact]
    public async Task A_user_who_sees_only_some_tickets_is_warned_about()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(new ZendeskSettings { OwnerRestriction = "groups" });

        var report = await bench.Connector.CheckAsync(TestContext.Current.CancellationToken);

        report.Ok.ShouldBeTrue();
        report.Findings.Single(finding => finding.Level == CheckLevel.Warning).Text.ShouldContain("(groups)");
    }

    [Fact]
    public async Task A_wrong_secret_says_where_to_look()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("ClientSecret", "wrong-one"));

        var report = await bench.Connector.CheckAsync(TestContext.Current.CancellationToken);

        var finding = report.Findings.ShouldHaveSingleItem();
        finding.Level.ShouldBe(CheckLevel.Problem);
        finding.Fix!.ShouldContain("ClientSecret");
        finding.Text.ShouldNotContain("wrong-one");
    }

    [Fact]
    public async Task A_custom_field_that_is_not_there_is_named()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("CustomFields:0", "360009"));

        var report = await bench.Connector.CheckAsync(TestContext.Current.CancellationToken);

        report.Findings.Single(finding => finding.Level == CheckLevel.Problem).Text.ShouldContain("360009");
    }

    [Fact]
    public async Task An_api_token_is_warned_about_with_the_day_it_ends()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            options: [("ClientId", ""), ("ClientSecret", ""), ("ApiTokenUser", "crmsync@example.com"), ("ApiToken", "sim-api-token")]);

        var report = await bench.Connector.CheckAsync(TestContext.Current.CancellationToken);

        report.Ok.ShouldBeTrue();
        report.Findings.Single(finding => finding.Level == CheckLevel.Warning).Text.ShouldContain("2027-04-30");
    }
}
