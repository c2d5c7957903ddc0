using CrmSync.Connectors.Zendesk;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Connectors.Zendesk;

/// <summary>One limit by the clock that a test sets, also back.</summary>
public sealed class ZendeskAllowanceTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 20, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_spent_minute_is_waited_for_to_its_end()
    {
        var allowance = Spent();
        _clock.Advance(TimeSpan.FromSeconds(20));

        allowance.ClosedFor().ShouldBe(TimeSpan.FromSeconds(40));
        _clock.Advance(TimeSpan.FromSeconds(40));
        allowance.ClosedFor().ShouldBeNull();
    }

    [Fact]
    public void A_clock_that_is_set_back_a_day_does_not_stretch_the_minute_to_a_day()
    {
        var allowance = Spent();
        allowance.Close(TimeSpan.FromSeconds(30));

        _clock.AdjustTime(_clock.GetUtcNow() - TimeSpan.FromDays(1));

        allowance.ClosedFor().ShouldBeNull();
    }

    [Fact]
    public void The_longer_of_two_waits_holds()
    {
        var allowance = new ZendeskAllowance(share: 1, _clock);

        allowance.Close(TimeSpan.FromSeconds(30));
        allowance.Close(TimeSpan.FromSeconds(5));

        allowance.ClosedFor().ShouldBe(TimeSpan.FromSeconds(30));
    }

    private ZendeskAllowance Spent()
    {
        var allowance = new ZendeskAllowance(share: 1, _clock);
        allowance.Learn(limit: 1, remaining: null, resets: default);
        allowance.Spend();
        return allowance;
    }
}
