using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Shared;
using CrmSync.Tests.Connectors.Shared;
using Microsoft.Extensions.Time.Testing;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>What is sent again by the client itself, and what never is.</summary>
public sealed class ZendeskReadTests
{
    private const string Comments = "/api/v2/tickets/101/comments";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Fact]
    public async Task A_look_without_an_answer_is_repeated()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(clock: _clock);
        bench.Faults.Once(Fault.DropBefore, "GET", Comments);
        bench.Faults.Once(Fault.Refuse(502), "GET", Comments);

        (await _clock.PassUntilAsync(bench.ProbeAsync(ZendeskConnectorBench.Parcel(101)))).ShouldBeOfType<ProbeAnswer.Absent>();

        bench.Host.Requests.Count("GET", "/comments").ShouldBe(3);
    }

    [Fact]
    public async Task A_look_that_is_asked_to_wait_is_not_repeated()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(clock: _clock);
        bench.Faults.Add(new FaultRule(Fault.Refuse(503, TimeSpan.FromSeconds(30)), "GET", Comments));

        var answer = await _clock.PassUntilAsync(bench.ProbeAsync(ZendeskConnectorBench.Parcel(101)));

        answer.ShouldBeOfType<ProbeAnswer.CannotTell>().NotBefore.ShouldBe(TimeSpan.FromSeconds(30));
        bench.Host.Requests.Count("GET", "/comments").ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_token_answer_is_asked_for_again()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(clock: _clock);
        bench.Faults.Once(Fault.DropAfter, "POST", "/oauth/tokens");

        (await _clock.PassUntilAsync(bench.DeliverAsync(ZendeskConnectorBench.Parcel(101)))).ShouldBeOfType<Outcome.Delivered>();

        bench.Host.Requests.Count("POST", "/oauth/tokens").ShouldBe(2);
    }

    [Fact]
    public async Task A_write_without_an_answer_is_never_sent_again_here()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(clock: _clock);
        bench.Faults.Once(Fault.DropAfter, "PUT", "/api/v2/tickets/101");

        (await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101))).ShouldBeOfType<Outcome.InDoubt>();

        bench.Host.Requests.Count("PUT", "/tickets/{id}").ShouldBe(1);
    }
}
