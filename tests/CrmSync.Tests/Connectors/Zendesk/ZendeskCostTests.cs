using CrmSync.Simulators.Zendesk;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>API calls are the customer's money: what 1,000 sessions on as many tickets cost.</summary>
public sealed class ZendeskCostTests
{
    private const int Sessions = 1_000;

    [Theory]
    [InlineData("Auto", "File", 1_020)]
    [InlineData("Auto", "Inline", 30)]
    [InlineData("OneByOne", "File", 2_000)]
    public async Task A_thousand_sessions_cost_no_more_than(string mode, string attach, int callsMax)
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(
            new ZendeskSettings { Tickets = [.. Enumerable.Range(1, Sessions)] }, options: [("Mode", mode), ("Attach", attach)]);
        var run = new ZendeskFaultRun(bench.Connector, isProtected: true);

        await run.RunAsync(Enumerable.Range(1, Sessions).Select(id => ZendeskConnectorBench.Parcel(id)), TestContext.Current.CancellationToken);

        bench.Desk.Touched().Count.ShouldBe(Sessions);
        bench.Host.Requests.Calls.ShouldBeLessThanOrEqualTo(callsMax);
    }
}
