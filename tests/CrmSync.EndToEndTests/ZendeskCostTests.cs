using CrmSync.Core.Deliveries;
using CrmSync.EndToEndTests.Support;

namespace CrmSync.EndToEndTests;

/// <summary>
/// API calls are the customer's money: what 1,000 sessions cost, through the worker as it is. Sessions that share a ticket wait for each
/// other, so how full their jobs are depends on who is done first; their limits leave room for that.
/// </summary>
public sealed class ZendeskCostTests(ITestOutputHelper output)
{
    private const int Sessions = 1_000;
    private const int Seed = 7;

    [Theory]
    [InlineData("Auto", "File", 1, 1_020)]
    [InlineData("Auto", "Inline", 1, 30)]
    [InlineData("OneByOne", "File", 1, 2_000)]
    [InlineData("Auto", "File", 3, 1_050)]
    [InlineData("Auto", "File", 20, 1_120)]
    public async Task A_thousand_sessions_cost_no_more_than(string mode, string attach, int perTicket, int callsMax)
    {
        await using var stage = await ZendeskWorkerStage.BuildAsync(Seed, Sessions, perTicket, ("Mode", mode), ("Attach", attach));

        await stage.RunAsync(connector => connector);

        output.WriteLine($"{mode}, {attach}, {perTicket} sessions a ticket: {stage.Host.Requests.Calls} calls");
        (await stage.StatesAsync()).ShouldBe(new Dictionary<DeliveryState, long> { [DeliveryState.Delivered] = Sessions });
        stage.Desk.Touched().Sum(ticket => ticket.Comments.Count).ShouldBe(Sessions);
        stage.Host.Requests.Counts.ShouldAllBe(count => count.Status < 300, "Sessions that share a ticket must not get in each other's way.");
        stage.Host.Requests.Calls.ShouldBeLessThanOrEqualTo(callsMax);
    }
}
