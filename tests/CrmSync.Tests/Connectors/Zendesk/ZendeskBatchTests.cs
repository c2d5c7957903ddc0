using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Zendesk;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskBatchTests
{
    private const string Bulk = "/api/v2/tickets/update_many";

    private static readonly IReadOnlyList<Parcel> Parcels = [.. Enumerable.Range(101, 9).Select(id => ZendeskConnectorBench.Parcel(id))];

    [Fact]
    public async Task Four_or_more_tickets_go_out_in_one_job()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();

        var outcomes = await bench.DeliverAsync(Parcels);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.Delivered);
        outcomes.Select(outcome => ((Outcome.Delivered)outcome).Receipt.RecordId).ShouldBe(Parcels.Select(parcel => parcel.Ticket.RecordId));
        bench.Desk.Touched().Count.ShouldBe(9);
        bench.Desk.Touched().ShouldAllBe(ticket => ticket.Comments.Single().Attachments.Count == 1 && !ticket.Comments.Single().Public);
        bench.Host.Requests.Count("PUT", Bulk).ShouldBe(1);
        bench.Host.Requests.Calls.ShouldBe(9 + 1 + 1);
    }

    [Fact]
    public async Task Three_tickets_are_cheaper_one_by_one()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();

        await bench.DeliverAsync([.. Parcels.Take(3)]);

        bench.Host.Requests.Count("PUT", Bulk).ShouldBe(0);
        bench.Host.Requests.Calls.ShouldBe(6);
    }

    [Fact]
    public async Task One_bad_ticket_does_not_touch_its_neighbours()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("ClosedTickets", "Park"));
        bench.Desk.Delete(103);
        bench.Desk.SetStatus(105, "closed");

        var outcomes = await bench.DeliverAsync(Parcels);

        outcomes[2].ShouldBeOfType<Outcome.Refused>().Fault.Reason.ShouldBe(ReasonCodes.TicketNotFound);
        outcomes[4].ShouldBeOfType<Outcome.Refused>().Fault.Reason.ShouldBe(ReasonCodes.TicketClosed);
        outcomes.Count(outcome => outcome is Outcome.Delivered).ShouldBe(7);
        bench.Desk.AbandonedUploads.ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_says_completed_can_hold_failures()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Once(Fault.Named(ZendeskFaultNames.JobPartlyFailed), "PUT", Bulk);

        var outcomes = await bench.DeliverAsync(Parcels);

        outcomes.OfType<Outcome.Deferred>().Count().ShouldBe(3);
        outcomes.OfType<Outcome.Delivered>().Count().ShouldBe(6);
        bench.Desk.Touched().Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_killed_job_leaves_doubt_and_one_call_tells_who_arrived()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Once(Fault.Named(ZendeskFaultNames.JobKilled), "PUT", Bulk);

        var outcomes = await bench.DeliverAsync(Parcels);
        var answers = await bench.Connector.ProbeAsync(Parcels, TestContext.Current.CancellationToken);
        var absent = Parcels.Where((_, i) => answers[i] is ProbeAnswer.Absent).Select(InDoubt).ToList();
        var again = await bench.DeliverAsync(absent);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.InDoubt);
        answers.Count(answer => answer is ProbeAnswer.Found).ShouldBe(4);
        again.ShouldAllBe(outcome => outcome is Outcome.Delivered);
        bench.Desk.Touched().Count.ShouldBe(9);
        bench.Desk.Touched().ShouldAllBe(ticket => ticket.Comments.Count == 1);
    }

    [Fact]
    public async Task A_job_whose_answer_was_lost_is_found_by_its_tags_in_one_call()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Once(Fault.DropAfter, "PUT", Bulk);

        var outcomes = await bench.DeliverAsync(Parcels);
        var before = bench.Host.Requests.Calls;
        var answers = await bench.Connector.ProbeAsync(Parcels, TestContext.Current.CancellationToken);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.InDoubt);
        answers.ShouldAllBe(answer => answer is ProbeAnswer.Found);
        bench.Host.Requests.Calls.ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_batch_that_arrived_is_not_written_again()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        await bench.DeliverAsync(Parcels);

        var outcomes = await bench.DeliverAsync([.. Parcels.Select(InDoubt)]);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.AlreadyDelivered);
        bench.Host.Requests.Count("PUT", Bulk).ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_tag_the_comments_tell()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("MarkerTag", "false"));
        bench.Faults.Once(Fault.DropAfter, "PUT", Bulk);
        await bench.DeliverAsync(Parcels);

        var answers = await bench.Connector.ProbeAsync(Parcels, TestContext.Current.CancellationToken);

        answers.ShouldAllBe(answer => answer is ProbeAnswer.Found);
        bench.Desk.Ticket(101).Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_does_not_end_in_time_leaves_doubt()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [.. Enumerable.Range(101, 9)], JobDelay = TimeSpan.FromHours(1) },
            options: ("JobWait", "00:00:00.005"));

        var outcomes = await bench.DeliverAsync(Parcels);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.InDoubt);
    }

    [Fact]
    public async Task Of_two_notes_for_one_ticket_the_second_waits_for_the_next_job()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        var twin = ZendeskConnectorBench.Parcel(101, session: 1);

        var outcomes = await bench.DeliverAsync([.. Parcels, twin]);
        var later = await bench.DeliverAsync(twin);

        outcomes[^1].ShouldBeOfType<Outcome.Deferred>().Fault.Reason.ShouldBe(ReasonCodes.WaitsForLane);
        later.ShouldBeOfType<Outcome.Delivered>();
        bench.Desk.Ticket(101).Comments.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Too_many_jobs_are_waited_for()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(new ZendeskSettings
        {
            Tickets = [.. Enumerable.Range(101, 9)],
            Limits = ZendeskLimits.None with { JobsInFlight = 0 },
        });

        var outcomes = await bench.DeliverAsync(Parcels);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.Deferred);
        outcomes[0].ShouldBeOfType<Outcome.Deferred>().Fault.CrmCode.ShouldBe("429 TooManyJobs");
    }

    [Fact]
    public async Task Jobs_under_way_at_once_are_asked_for_together()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [.. Enumerable.Range(101, 12)] }, options: ("JobPoll", "00:00:00.200"));
        var parcels = Enumerable.Range(101, 12).Select(id => ZendeskConnectorBench.Parcel(id)).ToList();

        await Task.WhenAll(bench.DeliverAsync(parcels[..4]), bench.DeliverAsync(parcels[4..8]), bench.DeliverAsync(parcels[8..]));

        bench.Desk.Touched().Count.ShouldBe(12);
        bench.Host.Requests.Count("GET", "/job_statuses/show_many").ShouldBeLessThanOrEqualTo(3);
    }

    private static Parcel InDoubt(Parcel parcel) => parcel with
    {
        Shipment = parcel.Shipment with { Delivery = parcel.Delivery with { MayHaveArrived = true } },
    };
}
