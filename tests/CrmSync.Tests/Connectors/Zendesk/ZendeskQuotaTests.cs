using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskQuotaTests
{
    [Fact]
    public async Task CrmSync_stops_at_its_share_and_never_meets_the_limit()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [.. Enumerable.Range(101, 40)], Limits = ZendeskLimits.None with { AccountPerMinute = 60 } },
            options: [("QuotaShare", "0.5"), ("Mode", "OneByOne"), ("Concurrency", "1")]);

        var outcomes = await bench.DeliverAsync([.. Enumerable.Range(101, 40).Select(id => ZendeskConnectorBench.Parcel(id))]);

        outcomes.OfType<Outcome.Delivered>().Count().ShouldBe(15);
        var put = outcomes.OfType<Outcome.Deferred>().ToList();
        put.Count.ShouldBe(25);
        put.ShouldAllBe(deferred => deferred.Fault.Reason == ReasonCodes.QuotaExhausted && !deferred.SpendsAttempt && deferred.NotBefore > TimeSpan.Zero);
        bench.Host.Requests.Calls.ShouldBe(30);
        bench.Host.Requests.Counts.ShouldAllBe(count => count.Status != 429);
    }

    [Fact]
    public async Task CrmSync_stands_back_when_others_used_most_of_the_limit()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [101, 102], Limits = ZendeskLimits.None with { AccountPerMinute = 2 } });

        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(102));

        outcome.ShouldBeOfType<Outcome.Deferred>().Fault.Reason.ShouldBe(ReasonCodes.QuotaExhausted);
        bench.Host.Requests.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task One_busy_ticket_does_not_stop_the_others()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(new ZendeskSettings
        {
            Tickets = [101, 102],
            Limits = new ZendeskLimits(1_000, 100, 1, null),
        });
        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        var busy = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101, session: 1));
        var other = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(102));

        var deferred = busy.ShouldBeOfType<Outcome.Deferred>();
        deferred.NotBefore!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(9));
        deferred.OthersGoOn.ShouldBeTrue();
        deferred.SpendsAttempt.ShouldBeFalse();
        other.ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task Single_updates_keep_to_their_share_of_the_limit_that_agents_use_too()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [.. Enumerable.Range(101, 40)], Limits = ZendeskLimits.None with { UpdatesPerMinute = 40 } },
            options: [("QuotaShare", "0.5"), ("Mode", "OneByOne"), ("Concurrency", "1")]);

        var outcomes = await bench.DeliverAsync([.. Enumerable.Range(101, 40).Select(id => ZendeskConnectorBench.Parcel(id))]);

        outcomes.OfType<Outcome.Delivered>().Count().ShouldBe(20);
        outcomes.OfType<Outcome.Deferred>().ShouldAllBe(deferred => deferred.Fault.Reason == ReasonCodes.QuotaExhausted);
        bench.Host.Requests.Count("POST", "/uploads").ShouldBe(20);
    }

    [Fact]
    public async Task When_single_updates_have_no_room_left_even_one_note_goes_out_in_a_job()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [101, 102], Limits = ZendeskLimits.Professional with { UpdatesPerMinute = 1 } });
        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(102));

        outcome.ShouldBeOfType<Outcome.Delivered>();
        bench.Host.Requests.Count("PUT", "/update_many").ShouldBe(1);
        bench.Host.Requests.Counts.ShouldAllBe(count => count.Status != 429);
    }

    [Fact]
    public async Task When_too_many_jobs_run_the_next_notes_go_out_one_by_one()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [.. Enumerable.Range(101, 8)], Limits = ZendeskLimits.Professional with { JobsInFlight = 0 } });
        var parcels = Enumerable.Range(101, 4).Select(id => ZendeskConnectorBench.Parcel(id)).ToList();

        var refused = await bench.DeliverAsync(parcels);
        var again = await bench.DeliverAsync(parcels);

        refused.ShouldAllBe(outcome => outcome is Outcome.Deferred && ((Outcome.Deferred)outcome).OthersGoOn);
        again.ShouldAllBe(outcome => outcome is Outcome.Delivered);
        bench.Host.Requests.Count("POST", "/uploads").ShouldBe(4);
        bench.Host.Requests.Count("PUT", "/update_many").ShouldBe(1);
    }

    [Fact]
    public async Task A_429_for_the_account_holds_everything_back()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [101], Limits = ZendeskLimits.None with { AccountPerMinute = 1 } });

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        var deferred = outcome.ShouldBeOfType<Outcome.Deferred>();
        deferred.Fault.Reason.ShouldBe(ReasonCodes.RateLimited);
        deferred.OthersGoOn.ShouldBeFalse();
    }
}
