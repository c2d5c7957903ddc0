using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Zendesk;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>Bulk jobs whose answer was lost, or that did not end in time: what Zendesk's list of jobs tells of them.</summary>
public sealed class ZendeskLostJobTests
{
    private const string Bulk = "/api/v2/tickets/update_many";

    private static readonly (string, string) NoTag = ("MarkerTag", "false");

    private static readonly IReadOnlyList<Parcel> Parcels = [.. Enumerable.Range(101, 9).Select(id => ZendeskConnectorBench.Parcel(id))];

    [Fact]
    public async Task A_job_that_ended_after_the_wait_tells_by_its_results()
    {
        var clock = new VirtualClock();
        await using var bench = await ZendeskConnectorBench.StartAsync(simulatorClock: clock, clock: clock, options: [("JobWait", "00:00:00.010"), NoTag]);
        bench.Faults.Once(Fault.Named(ZendeskFaultNames.JobSlow), "PUT", Bulk);
        bench.Faults.Once(Fault.Named(ZendeskFaultNames.JobPartlyFailed), "PUT", Bulk);
        var outcomes = await bench.DeliverAsync(Parcels);
        clock.Advance(TimeSpan.FromMinutes(11));
        var before = bench.Host.Requests.Calls;

        var answers = await ProbeAsync(bench, Parcels);
        var calls = bench.Host.Requests.Calls - before;
        var again = await bench.DeliverAsync([.. Parcels.Where((_, i) => answers[i] is ProbeAnswer.Absent).Select(InDoubt)]);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.InDoubt);
        answers.OfType<ProbeAnswer.Found>().Count().ShouldBe(6);
        calls.ShouldBe(1);
        again.Count.ShouldBe(3);
        again.ShouldAllBe(outcome => outcome is Outcome.Delivered);
        bench.Desk.Touched().ShouldAllBe(ticket => ticket.Comments.Count == 1);
        bench.Desk.Touched().Count.ShouldBe(9);
    }

    [Fact]
    public async Task An_earlier_job_for_the_same_tickets_is_not_taken_for_it()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: NoTag);
        await bench.DeliverAsync(Parcels);
        var next = Enumerable.Range(101, 9).Select(id => ZendeskConnectorBench.Parcel(id, session: 1)).ToList();
        bench.Faults.Once(Fault.DropBefore, "PUT", Bulk);
        var outcomes = await bench.DeliverAsync(next);

        var answers = await ProbeAsync(bench, next);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.InDoubt);
        answers.ShouldAllBe(answer => answer is ProbeAnswer.Absent);
    }

    [Fact]
    public async Task Another_worker_s_job_for_the_same_tickets_is_not_taken_for_ours()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: NoTag);
        await using var colleague = bench.Another();
        bench.Faults.Once(Fault.DropBefore, "PUT", Bulk);
        await bench.DeliverAsync(Parcels);
        await colleague.DeliverAsync([.. Enumerable.Range(101, 9).Select(id => ZendeskConnectorBench.Parcel(id, session: 1))]);

        var answers = await ProbeAsync(bench, Parcels);

        answers.ShouldAllBe(answer => answer is ProbeAnswer.Absent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_that_runs_late_is_waited_for_and_nothing_is_sent_twice(bool answerLost)
    {
        var clock = new VirtualClock();
        await using var bench = await ZendeskConnectorBench.StartAsync(simulatorClock: clock, clock: clock, options: ("JobWait", "00:00:00.010"));
        bench.Faults.Once(Fault.Named(ZendeskFaultNames.JobSlow), "PUT", Bulk);

        if (answerLost)
        {
            bench.Faults.Once(Fault.DropAfter, "PUT", Bulk);
        }

        var outcomes = await bench.DeliverAsync(Parcels);
        var early = await ProbeAsync(bench, Parcels);
        clock.Advance(TimeSpan.FromMinutes(11));
        var late = await ProbeAsync(bench, Parcels);

        outcomes.ShouldAllBe(outcome => outcome is Outcome.InDoubt);
        early.ShouldAllBe(answer => answer is ProbeAnswer.CannotTell);
        late.ShouldAllBe(answer => answer is ProbeAnswer.Found);
    }

    [Fact]
    public async Task After_a_restart_a_job_that_runs_may_be_ours_for_a_while()
    {
        var clock = new VirtualClock();
        await using var bench = await ZendeskConnectorBench.StartAsync(simulatorClock: clock, clock: clock, options: ("JobWait", "00:00:00.010"));
        bench.Faults.Once(Fault.Named(ZendeskFaultNames.JobSlow), "PUT", Bulk);
        await bench.DeliverAsync(Parcels);
        await using var nextLife = bench.Another();

        var before = bench.Host.Requests.Calls;
        var first = await ProbeAsync(nextLife, Parcels);
        var calls = bench.Host.Requests.Calls - before;
        var sixth = await ProbeAsync(nextLife, [.. Parcels.Select(parcel => Probed(parcel, 6))]);

        first.ShouldAllBe(answer => answer is ProbeAnswer.CannotTell);
        calls.ShouldBe(2, "Tags and jobs, and no ticket's comments.");
        sixth.ShouldAllBe(answer => answer is ProbeAnswer.Absent);
    }

    [Fact]
    public async Task Single_updates_ask_for_no_jobs()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("Mode", "OneByOne"));
        bench.Faults.Once(Fault.DropBefore, "PUT", "/api/v2/tickets/*");
        await bench.DeliverAsync(Parcels[0]);

        (await bench.ProbeAsync(Parcels[0])).ShouldBeOfType<ProbeAnswer.Absent>();

        bench.Host.Requests.Count("GET", "/job_statuses").ShouldBe(0);
    }

    private static Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(ZendeskConnectorBench bench, IReadOnlyList<Parcel> parcels) =>
        bench.Connector.ProbeAsync([.. parcels.Select(InDoubt)], TestContext.Current.CancellationToken);

    private static Parcel InDoubt(Parcel parcel) => parcel with
    {
        Shipment = parcel.Shipment with { Delivery = parcel.Delivery with { MayHaveArrived = true } },
    };

    private static Parcel Probed(Parcel parcel, int probes) => parcel with
    {
        Shipment = parcel.Shipment with { Delivery = parcel.Delivery with { Probes = probes } },
    };
}
