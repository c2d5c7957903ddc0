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

        busy.ShouldBeOfType<Outcome.Deferred>().NotBefore!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(9));
        other.ShouldBeOfType<Outcome.Delivered>();
    }
}
