using System.Net;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;

namespace CrmSync.Tests.Simulators.Salesforce;

/// <summary>Calls that run for more than 20 seconds are the only ones the org counts at the same time.</summary>
public sealed class LongCallTests : SalesforceSimulatorTest
{
    protected override OrgOptions Options => base.Options with { LongCallsMax = 2 };

    [Fact]
    public async Task While_as_many_long_calls_run_as_the_org_takes_others_are_refused()
    {
        var running = await BeginAsync(2, TimeSpan.FromSeconds(60));

        Clock.Advance(TimeSpan.FromSeconds(20));
        (await GetAsync("sobjects")).Status.ShouldBe(HttpStatusCode.OK, "twenty seconds are not long yet");

        Clock.Advance(TimeSpan.FromSeconds(1));
        var refused = await GetAsync("sobjects");
        (refused.Status, refused.ErrorCode).ShouldBe((HttpStatusCode.Forbidden, "REQUEST_LIMIT_EXCEEDED"));
        refused.Text.ShouldContain("ConcurrentRequests (Concurrent API Requests) Limit exceeded.");

        Clock.Advance(TimeSpan.FromSeconds(60));
        (await Task.WhenAll(running)).ShouldAllBe(a => a.Status == HttpStatusCode.OK);
        (await GetAsync("sobjects")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_fewer_hinders_nobody()
    {
        var running = await BeginAsync(1, TimeSpan.FromSeconds(60));

        Clock.Advance(TimeSpan.FromSeconds(30));

        (await GetAsync("sobjects")).Status.ShouldBe(HttpStatusCode.OK);
        Clock.Advance(TimeSpan.FromSeconds(60));
        await Task.WhenAll(running);
    }

    private async Task<IReadOnlyList<Task<Answer>>> BeginAsync(int count, TimeSpan length)
    {
        Org.Faults.Add(new FaultRule(Fault.AnswerLate(length), "GET", "*/limits", Times: count));
        var running = Enumerable.Range(0, count).Select(_ => GetAsync("limits")).ToList();
        await UntilAsync(() => Org.Requests.Held == count);
        return running;
    }
}
