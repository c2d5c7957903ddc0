using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Ledger;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task What_a_fast_clock_put_off_waits_as_long_once_the_clock_was_set_back()
    {
        await AddAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        await SettleAsync(await ClaimOneAsync(), Again(after: TimeSpan.FromMinutes(3)), AttemptPhase.Resolve);
        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromMinutes(2), Cancel);
        Clock.SetBack(TimeSpan.FromDays(2));

        (await Ledger.FollowClockAsync(Cancel)).ShouldBe(1);

        (await Ledger.NextDueAsync(Crm, Cancel)).ShouldBe(Clock.GetUtcNow().AddMinutes(3));
        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull().Until.ShouldBe(Clock.GetUtcNow().AddMinutes(2));
        Clock.Advance(TimeSpan.FromMinutes(4));
        await ClaimOneAsync();
    }

    [Fact]
    public async Task What_a_fast_clock_planned_is_due_for_the_first_time_when_it_is_due()
    {
        Clock.Advance(TimeSpan.FromDays(2));
        await AddAsync();
        await SettleAsync(await ClaimOneAsync(), Again(after: TimeSpan.FromMinutes(3)), AttemptPhase.Resolve);
        Clock.SetBack(TimeSpan.FromDays(2));

        await Ledger.FollowClockAsync(Cancel);

        Clock.Advance(TimeSpan.FromMinutes(4));
        var delivery = await ClaimOneAsync();
        delivery.FirstDueAt.ShouldBe(delivery.DueAt);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(3 * 24 * 60, 0)]
    public async Task A_pause_in_long_trouble_lasts_no_longer_than_it_was_to_last(int aheadFromMinutes, int aheadAfterMinutes)
    {
        Clock.Advance(TimeSpan.FromMinutes(aheadFromMinutes));
        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromHours(5), Cancel);
        Clock.Advance(TimeSpan.FromHours(5) + TimeSpan.FromMinutes(aheadAfterMinutes));
        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromSeconds(5), Cancel);
        Clock.SetBack(TimeSpan.FromMinutes(aheadFromMinutes + aheadAfterMinutes));

        await Ledger.FollowClockAsync(Cancel);

        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull().Until.ShouldBe(Clock.GetUtcNow().AddSeconds(5));
    }

    [Fact]
    public async Task A_clock_that_runs_on_moves_nothing()
    {
        await AddAsync();
        await SettleAsync(await ClaimOneAsync(), Again(after: TimeSpan.FromHours(3)), AttemptPhase.Resolve);
        var until = Clock.GetUtcNow().AddHours(2);
        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromHours(2), Cancel);
        Clock.Advance(TimeSpan.FromHours(1));

        (await Ledger.FollowClockAsync(Cancel)).ShouldBe(0);

        (await Ledger.NextDueAsync(Crm, Cancel)).ShouldBe(Clock.GetUtcNow().AddHours(2));
        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull().Until.ShouldBe(until);
    }
}
