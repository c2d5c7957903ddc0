using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Deliveries;

/// <summary>A stop while a note is on its way.</summary>
public sealed class StopTests : RoundTest
{
    [Fact]
    public async Task A_call_under_way_is_let_finish_and_nothing_more_is_claimed()
    {
        await AddAsync(1, ticket: "1");
        await AddAsync(2, ticket: "2");
        Remote.Traits = Some.Traits with { BatchMax = 1 };
        using var stop = new CancellationTokenSource();
        Remote.Meanwhile = async call =>
        {
            await stop.CancelAsync();
            Clock.Advance(TimeSpan.FromSeconds(17));
            call.IsCancellationRequested.ShouldBeFalse();
        };

        await Round().RunAsync(Remote, stop.Token);

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Delivered);
        (await OneAsync(2)).State.ShouldBe(DeliveryState.Ready);
    }

    [Fact]
    public async Task A_call_that_does_not_finish_in_time_is_given_up_and_in_doubt()
    {
        await AddAsync(1, ticket: "1");
        using var stop = new CancellationTokenSource();
        Remote.Meanwhile = async call =>
        {
            await stop.CancelAsync();
            Clock.Advance(TimeSpan.FromSeconds(18));
            await Task.Delay(Timeout.InfiniteTimeSpan, Clock, call);
        };

        await Round().RunAsync(Remote, stop.Token);

        (await OneAsync(1)).State.ShouldBe(DeliveryState.InDoubt);
    }
}
