using CrmSync.Core;
using CrmSync.Core.Configuration;
using CrmSync.Core.Rendering;
using CrmSync.Core.Routing;
using CrmSync.Tests.Sessions;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Routing;

public sealed class RouteTableTests
{
    private static readonly string[] Connectors = ["salesforce-eu", "zendesk", "records-mailbox"];

    [Fact]
    public void The_first_route_that_matches_decides()
    {
        var table = Table(
            ("0:Name", "chats"), ("0:When", "session.kind == \"chat\""), ("0:Connectors:0", "zendesk"),
            ("1:Name", "rest"), ("1:Connectors:0", "salesforce-eu"), ("1:Connectors:1", "records-mailbox"), ("1:Fallback", "zendesk"), ("1:TicketExpected", "true"));

        table.Choose(SessionText.Chat()).Route!.Name.ShouldBe("chats");
        var choice = table.Choose(SessionText.Call());
        choice.Connectors.ShouldBe(["salesforce-eu", "records-mailbox"]);
        choice.Route!.Fallback.ShouldBe("zendesk");
        choice.Route.TicketExpected.ShouldBe(true);
        choice.Fault.ShouldBeNull();
    }

    [Fact]
    public void Conditions_read_what_templates_read()
    {
        var table = Table(
            ("0:When", "session.menu_path.name | string.starts_with \"Billing\""), ("0:Connectors:0", "zendesk"),
            ("1:When", "ending == \"abandoned\" && session.queue_duration > 60"), ("1:Connectors:0", "records-mailbox"));

        table.Choose(SessionText.Call("\"menu_path\":{\"name\":\"Billing/Refunds\"}")).Connectors.ShouldBe(["zendesk"]);
        table.Choose(SessionText.Call("\"status\":\"failed\",\"fail_reason\":\"eu_abandoned\",\"queue_duration\":195")).Connectors.ShouldBe(["records-mailbox"]);
    }

    [Fact]
    public void Without_a_match_there_is_a_fault_that_says_so()
    {
        var choice = Table(("0:When", "session.kind == \"chat\""), ("0:Connectors:0", "zendesk")).Choose(SessionText.Call());

        choice.Route.ShouldBeNull();
        choice.Connectors.ShouldBeEmpty();
        choice.Fault.ShouldNotBeNull().Reason.ShouldBe(ReasonCodes.NoRoute);
    }

    [Fact]
    public void A_condition_that_fails_for_a_session_lets_it_go_on_to_the_next_route()
    {
        var table = Table(
            ("0:Name", "broken"), ("0:When", "(session.lang | regex.match '(') != null"), ("0:Connectors:0", "zendesk"),
            ("1:Name", "rest"), ("1:Connectors:0", "salesforce-eu"));

        var choice = table.Choose(SessionText.Call("\"lang\":\"en\""));

        choice.Route!.Name.ShouldBe("rest");
        choice.Trials[0].Matched.ShouldBeFalse();
        choice.Trials[0].Error.ShouldNotBeNull().ShouldContain("column");
    }

    [Fact]
    public void A_trial_shows_what_the_condition_read()
    {
        var choice = Table(("0:When", "session.kind == \"chat\" && agent_count > 1 && session.rating == null"), ("0:Connectors:0", "zendesk")).Choose(SessionText.Call());

        choice.Trials.ShouldHaveSingleItem().Values.Select(value => value.ToString()).ShouldBe(
            ["agent_count is 0", "session.kind is \"call\"", "session.rating is nothing"]);
    }

    [Fact]
    public void One_connector_needs_no_routes()
    {
        var (table, complaints) = RouteReader.Read(new ConfigurationBuilder().Build(), ["zendesk"], new NoteOptions());

        complaints.ShouldBeEmpty();
        table.Choose(SessionText.Call()).Connectors.ShouldBe(["zendesk"]);
    }

    [Theory]
    [InlineData("Routes:1:Connectors:0", "zendeks", "Routes:1:Connectors:0", "Did you mean zendesk?")]
    [InlineData("Routes:0:Fallback", "mailbox", "Routes:0:Fallback", "not a configured connector")]
    [InlineData("Routes:0:Fallback", "salesforce-eu", "Routes:0:Fallback", "already gets")]
    [InlineData("Routes:0:When", "session.kind ==", "Routes:0:When", "column ")]
    [InlineData("Routes:0:When", "session.kind == \"chat\" && sesion.lang == \"es\"", "Routes:0:When", "session")]
    [InlineData("Routes:0:Wehn", "true", "Routes:0:Wehn", "Did you mean When?")]
    [InlineData("Routes:0:TicketExpected", "perhaps", "Routes:0:TicketExpected", "true or false")]
    [InlineData("Routes:1:Name", "second", "Routes:1:Connectors", "go nowhere")]
    [InlineData("Routes:1:Connectors:0", "zendesk", "Routes:1", "never reached")]
    public void A_mistake_in_a_route_names_key_problem_and_fix(string key, string value, string complaintKey, string words)
    {
        var complaints = Read(("0:Connectors:0", "salesforce-eu"), (key["Routes:".Length..], value)).Complaints;

        complaints.ShouldContain(
            complaint => complaint.Key == complaintKey && complaint.ToString().Contains(words, StringComparison.Ordinal),
            string.Join("\n", complaints));
    }

    [Fact]
    public void Several_connectors_without_routes_are_a_mistake()
    {
        RouteReader.Read(new ConfigurationBuilder().Build(), Connectors, new NoteOptions()).Complaints.ShouldHaveSingleItem().Key.ShouldBe("Routes");
    }

    private static RouteTable Table(params (string Key, string Value)[] settings)
    {
        var (table, complaints) = Read(settings);
        complaints.ShouldBeEmpty(string.Join("\n", complaints));
        return table;
    }

    private static (RouteTable Table, IReadOnlyList<Complaint> Complaints) Read(params (string Key, string Value)[] settings) => RouteReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>($"Routes:{s.Key}", s.Value)))
            .Build(),
        Connectors,
        new NoteOptions());
}
