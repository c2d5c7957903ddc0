using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>Tickets that do not take a note, each in its own way; in single updates and in bulk jobs alike.</summary>
public sealed class ZendeskTicketStateTests
{
    private static readonly (string, string) Park = ("ClosedTickets", "Park");

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task A_deleted_ticket_is_not_found(string mode)
    {
        await using var bench = await StartAsync(mode);
        bench.Desk.Delete(101);

        await RefusesAsync(bench, ReasonCodes.TicketNotFound);
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task A_merged_ticket_is_closed_and_its_target_is_not_guessed(string mode)
    {
        await using var bench = await StartAsync(mode);
        bench.Desk.Merge(101, 102);
        var before = bench.Desk.Ticket(102).Comments.Count;

        await RefusesAsync(bench, ReasonCodes.TicketClosed);

        bench.Desk.Ticket(102).Comments.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task An_archived_ticket_is_closed(string mode)
    {
        await using var bench = await StartAsync(mode);
        bench.Desk.Archive(101);

        await RefusesAsync(bench, ReasonCodes.TicketClosed);
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task A_full_ticket_is_refused_in_Zendesk_s_words(string mode)
    {
        await using var bench = await StartAsync(mode);
        for (var i = 0; i < 5_000; i++)
        {
            bench.Desk.Comment(101, "chatter");
        }

        var fault = await RefusesAsync(bench, ReasonCodes.CrmRefused);

        fault.Message.ShouldContain("maximum number of comments");
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task A_field_that_must_be_filled_first_is_named(string mode)
    {
        await using var bench = await StartAsync(mode, new ZendeskSettings { Tickets = [101], Fields = [new(360007, "Contract number", "text", [], Required: true)] });

        var fault = await RefusesAsync(bench, ReasonCodes.CrmRefused);

        fault.Message.ShouldContain("Contract number: is required");
    }

    [Theory]
    [InlineData("OneByOne")]
    [InlineData("Bulk")]
    public async Task A_value_that_a_drop_down_does_not_have_is_named(string mode)
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [101], Fields = [new(360001, "Disposition", "tagger", ["billing_refund"])] },
            options: [("Mode", mode), ("CustomFields:0", "360001")]);
        var parcel = ZendeskConnectorBench.Parcel(101);
        var parts = new Dictionary<string, string>(parcel.Note.Parts, StringComparer.Ordinal) { ["field-360001"] = "no_such_thing" };

        var outcome = await bench.DeliverAsync(parcel with { Note = new(parts, "en") });

        outcome.ShouldBeOfType<Outcome.Refused>().Fault.Message.ShouldContain("Disposition");
    }

    [Fact]
    public async Task A_ticket_that_only_CrmSync_may_not_see_is_parked_and_the_others_go_on()
    {
        await using var bench = await StartAsync("OneByOne");
        bench.Desk.Hide(101);
        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(102));

        var fault = await RefusesAsync(bench, ReasonCodes.PermissionMissing);

        fault.Message.ShouldContain("but not to this one");
        (await bench.DeliverAsync(ZendeskConnectorBench.Parcel(103))).ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task When_every_ticket_is_out_of_reach_the_connector_halts()
    {
        await using var bench = await StartAsync("OneByOne");
        foreach (var id in new[] { 102, 103 })
        {
            bench.Desk.Hide(id);
        }

        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        var first = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(102));
        var second = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(103));

        first.ShouldBeOfType<Outcome.Refused>();
        second.ShouldBeOfType<Outcome.Halted>().Fault.Reason.ShouldBe(ReasonCodes.PermissionMissing);
    }

    [Fact]
    public async Task In_a_job_a_ticket_out_of_reach_is_parked_and_its_neighbours_are_delivered()
    {
        await using var bench = await StartAsync("Bulk");
        bench.Desk.Hide(101);

        var outcomes = await bench.DeliverAsync([.. Enumerable.Range(101, 3).Select(id => ZendeskConnectorBench.Parcel(id))]);

        outcomes[0].ShouldBeOfType<Outcome.Refused>().Fault.Reason.ShouldBe(ReasonCodes.PermissionMissing);
        outcomes.OfType<Outcome.Delivered>().Count().ShouldBe(2);
    }

    private static Task<ZendeskConnectorBench> StartAsync(string mode, ZendeskSettings? settings = null) =>
        ZendeskConnectorBench.StartAsync(settings, options: [("Mode", mode), Park]);

    private static async Task<Core.Fault> RefusesAsync(ZendeskConnectorBench bench, ReasonCode reason)
    {
        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        var fault = outcome.ShouldBeOfType<Outcome.Refused>().Fault;
        fault.Reason.ShouldBe(reason);
        bench.Desk.AbandonedUploads.ShouldBe(0);
        return fault;
    }
}
