using CrmSync.Core;
using CrmSync.Core.Deliveries;
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
    public async Task A_merged_ticket_counts_as_closed()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("ClosedTickets", "Park"));
        bench.Desk.Merge(101, 102);

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.Refused>().Fault.Reason.ShouldBe(ReasonCodes.TicketClosed);
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
