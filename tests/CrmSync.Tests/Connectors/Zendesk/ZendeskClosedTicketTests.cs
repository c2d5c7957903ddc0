using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Zendesk;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskClosedTicketTests
{
    [Fact]
    public async Task A_closed_ticket_is_followed_up()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Desk.SetStatus(101, "closed");

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        var receipt = outcome.ShouldBeOfType<Outcome.Delivered>().Receipt;
        var followUp = bench.Desk.Touched().ShouldHaveSingleItem();
        followUp.FollowUpSource.ShouldBe(101);
        followUp.Comments.ShouldHaveSingleItem().Attachments.ShouldHaveSingleItem();
        followUp.Comments[0].Public.ShouldBeFalse();
        receipt.RecordId.ShouldBe($"{followUp.Id}");
    }

    [Fact]
    public async Task A_follow_up_whose_answer_was_lost_is_made_once()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Desk.SetStatus(101, "closed");
        bench.Faults.Once(Fault.DropAfter, "POST", "/api/v2/tickets");

        var lost = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        var answer = await bench.ProbeAsync(ZendeskConnectorBench.Parcel(101));
        var again = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101, mayHaveArrived: true));

        lost.ShouldBeOfType<Outcome.InDoubt>();
        var followUp = bench.Desk.Touched().ShouldHaveSingleItem();
        answer.ShouldBeOfType<ProbeAnswer.Found>().Receipt.RecordId.ShouldBe($"{followUp.Id}");
        again.ShouldBeOfType<Outcome.AlreadyDelivered>();
        bench.Desk.Touched().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task In_a_job_only_the_closed_tickets_are_followed_up()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Desk.SetStatus(102, "closed");

        var outcomes = await bench.DeliverAsync([.. Enumerable.Range(101, 5).Select(id => ZendeskConnectorBench.Parcel(id))]);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.Delivered);
        bench.Desk.Ticket(102).Comments.ShouldBeEmpty();
        bench.Desk.Touched().Single(ticket => ticket.FollowUpSource == 102).Comments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_refused_update_that_used_up_the_file_costs_another_upload_and_nothing_more()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(new ZendeskSettings { Tickets = [101], RefusalsSpendUploads = true });
        bench.Desk.SetStatus(101, "closed");

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.Delivered>();
        bench.Desk.Touched().ShouldHaveSingleItem().Comments.ShouldHaveSingleItem().Attachments.ShouldHaveSingleItem();
        bench.Host.Requests.Count("POST", "/uploads").ShouldBe(2);
        bench.Desk.AbandonedUploads.ShouldBe(0);
    }

    [Theory]
    [InlineData("open", 1)]
    [InlineData("closed", 2)]
    public async Task A_later_revision_goes_onto_the_follow_up_of_the_earlier_one_while_that_is_open(string status, int followUps)
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Desk.SetStatus(101, "closed");
        var first = (Outcome.Delivered)await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        bench.Desk.SetStatus(long.Parse(first.Receipt.RecordId, System.Globalization.CultureInfo.InvariantCulture), status);
        var next = ZendeskConnectorBench.Parcel(101, session: 1);

        var outcome = await bench.DeliverAsync(next with
        {
            Shipment = next.Shipment with { Delivery = next.Delivery with { Revision = 2, Replaces = first.Receipt } },
        });

        outcome.ShouldBeOfType<Outcome.Delivered>();
        bench.Desk.Touched().Count(ticket => ticket.FollowUpSource == 101).ShouldBe(followUps);
        bench.Desk.Touched().Sum(ticket => ticket.Comments.Count).ShouldBe(2);
    }

    [Fact]
    public async Task Skipped_by_policy_leaves_no_upload_behind()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("ClosedTickets", "Skip"));
        bench.Desk.SetStatus(101, "closed");

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.Skipped>().Fault.Reason.ShouldBe(ReasonCodes.TicketClosed);
        bench.Desk.Touched().ShouldBeEmpty();
        bench.Desk.AbandonedUploads.ShouldBe(0);
    }
}
