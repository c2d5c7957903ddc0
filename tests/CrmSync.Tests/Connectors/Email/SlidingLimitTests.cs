using CrmSync.Connectors.Email;

namespace CrmSync.Tests.Connectors.Email;

public sealed class SlidingLimitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly SlidingLimit _limit = new(max: 2, TimeSpan.FromHours(1));

    [Fact]
    public void The_next_one_waits_until_the_oldest_is_out_of_the_window()
    {
        _limit.Count(Noon);
        _limit.Wait(Noon).ShouldBeNull();
        _limit.Count(Noon.AddMinutes(10));

        _limit.Wait(Noon.AddMinutes(15)).ShouldBe(TimeSpan.FromMinutes(45));
        _limit.Wait(Noon.AddMinutes(60)).ShouldBeNull();
    }

    [Fact]
    public void It_is_over_an_hour_after_the_newest()
    {
        _limit.Count(Noon);

        _limit.IsOver(Noon.AddMinutes(59)).ShouldBeFalse();
        _limit.IsOver(Noon.AddMinutes(60)).ShouldBeTrue();
    }

    [Fact]
    public void A_clock_that_is_set_back_a_day_makes_nobody_wait_longer_than_the_window()
    {
        _limit.Count(Noon);
        _limit.Count(Noon);
        var yesterday = Noon.AddDays(-1);

        _limit.Wait(yesterday).ShouldBe(TimeSpan.FromHours(1));
        _limit.Wait(yesterday.AddMinutes(20)).ShouldBe(TimeSpan.FromMinutes(40));
        _limit.Wait(yesterday.AddMinutes(60)).ShouldBeNull();
    }

    [Fact]
    public void Zero_is_no_limit()
    {
        var none = new SlidingLimit(max: 0, TimeSpan.FromHours(1));
        none.Count(Noon);

        none.Wait(Noon).ShouldBeNull();
    }
}
