using CrmSync.Connectors.Email;
using CrmSync.Core.Deliveries;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Connectors.Email;

public sealed class EmailPresetTests
{
    [Theory]
    [InlineData("RequestTracker", "42", "[crm.test #42] Call 48211: solved", true)]
    [InlineData("Redmine", "42", "[ticket #42] Call 48211: solved", false)]
    [InlineData("Znuny", "2026112210000017", "[Ticket#2026112210000017] Call 48211: solved", true)]
    [InlineData("Zammad", "31001", "[Ticket#31001] Call 48211: solved", true)]
    [InlineData("Zendesk", "1G7EOR-0Q2J", "Call 48211: solved", false)]
    [InlineData("Salesforce", "thread::abcDEF_1-2::", "Call 48211: solved thread::abcDEF_1-2::", true)]
    [InlineData("ServiceNow", "INC0010023", "Re: INC0010023 Call 48211: solved", false)]
    [InlineData("Freshdesk", "42", "[#42] Call 48211: solved", false)]
    [InlineData("JiraServiceManagement", "HELP-123", "HELP-123 Call 48211: solved", false)]
    [InlineData("Dynamics", "CRM:0001323", "Call 48211: solved CRM:0001323", false)]
    [InlineData("Mailbox", "42", "Call 48211: solved", true)]
    public async Task Each_system_finds_its_ticket_and_takes_the_mail(string preset, string ticket, string subject, bool saysItIsAutomatic)
    {
        await using var bench = new EmailBench();

        (await bench.DeliverAsync(bench.Options(preset), EmailBench.Parcel(ticket))).ShouldBeOfType<Outcome.Delivered>();

        bench.Mail.Header("Subject").ShouldBe(subject);
        bench.Mail.Header("Auto-Submitted").ShouldBe(saysItIsAutomatic ? "auto-generated" : null);
        bench.Mail.Header("Precedence").ShouldBeNull();
    }

    [Theory]
    [InlineData("Zendesk", "1G7EOR-0Q2J", "[1G7EOR-0Q2J]")]
    [InlineData("Salesforce", "thread::abc1::", "thread::abc1::")]
    public async Task Systems_that_look_into_the_body_find_the_ticket_in_its_first_line(string preset, string ticket, string line)
    {
        await using var bench = new EmailBench();

        await bench.DeliverAsync(bench.Options(preset), EmailBench.Parcel(ticket, text: "#status solved\n", html: null));

        bench.MailText.ShouldContain($"\r\n\r\n{line}\r\n\r\n#status solved\r\n");
    }

    [Theory]
    [InlineData("\"out_ticket_id\":\"42\"", "RequestTracker", "42")]
    [InlineData("\"out_ticket_id\":\"HELP-123\"", "JiraServiceManagement", "HELP-123")]
    [InlineData("\"out_ticket_url\":\"https://rt.example/Ticket/Display.html?id=42\"", "RequestTracker", "42")]
    [InlineData("\"custom\":{\"token\":\"thread::abc1::\"},\"out_ticket_id\":\"5003\"", "Salesforce", "thread::abc1::")]
    public async Task The_ticket_is_read_from_the_session(string keys, string preset, string ticket)
    {
        await using var bench = new EmailBench();
        var options = bench.Options(preset);
        options.TicketPath = preset == "Salesforce" ? "custom.token" : null;
        var connector = bench.Connector(options);

        (await EmailBench.ResolveAsync(connector, keys)).ShouldBeOfType<Resolution.Found>().Ticket.RecordId.ShouldBe(ticket);
        connector.LaneOf(EmailBench.Shipment(keys).Session).ShouldBe(ticket);
    }

    [Theory]
    [InlineData("\"out_ticket_id\":\"not one\"", "RequestTracker", typeof(Resolution.Gone))]
    [InlineData("\"out_ticket_id\":null", "RequestTracker", typeof(Resolution.NotYet))]
    [InlineData("\"status\":\"deflected\"", "RequestTracker", typeof(Resolution.NotExpected))]
    [InlineData("\"out_ticket_id\":null", "Mailbox", typeof(Resolution.Found))]
    public async Task What_is_no_ticket_of_that_system_opens_none(string keys, string preset, Type resolution)
    {
        await using var bench = new EmailBench();

        (await EmailBench.ResolveAsync(bench.Connector(bench.Options(preset)), keys)).ShouldBeOfType(resolution);
    }

    [Fact]
    public void The_guide_lists_every_preset_with_what_it_does()
    {
        var rows = File.ReadLines(Repository.Combine("docs", "connect-email.md"))
            .SkipWhile(line => !line.StartsWith("| `Preset` |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Split('`')[1], StringComparer.Ordinal);

        rows.Keys.ShouldBe(EmailPresets.All.Select(preset => preset.Name), ignoreOrder: true);
        foreach (var preset in EmailPresets.All)
        {
            var cells = rows[preset.Name];
            cells[4].StartsWith(preset.AutoSubmitted ? "yes" : "no", StringComparison.Ordinal).ShouldBeTrue(preset.Name);
            cells[5].ShouldBe($"{preset.MailBytesMax / EmailPreset.Mebi} MiB{(preset.MailsPerHourMax > 0 ? $", {preset.MailsPerHourMax} mails an hour" : "")}", preset.Name);
            preset.Confirmation.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public async Task A_ticket_link_to_a_host_that_is_not_listed_is_not_delivered()
    {
        await using var bench = new EmailBench();
        var options = bench.Options("RequestTracker");
        options.Hosts = ["rt.example"];
        var connector = bench.Connector(options);

        (await EmailBench.ResolveAsync(connector, "\"out_ticket_url\":\"https://evil.example/?id=42\"")).ShouldBeOfType<Resolution.Gone>();
        (await EmailBench.ResolveAsync(connector, "\"out_ticket_url\":\"https://RT.example/?id=42\"")).ShouldBeOfType<Resolution.Found>();
    }
}
