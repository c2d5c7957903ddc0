using CrmSync.Core.Deliveries;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>
/// Notices that the wall clock was set back. What was planned by the fast clock would otherwise wait until the slow one has caught up: the
/// next pick-up, the next look at a connector, deliveries that were put off.
/// </summary>
internal sealed partial class ClockWatch(
    ISchedulerFactory schedulers, SharedSchedule shared, ILedger ledger, DispatchBell bell, TimeProvider clock, ILogger<ClockWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>A clock that is kept in step moves by less.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // It may have been set back while no worker ran.
        var followed = await TryAsync(token => ledger.FollowClockAsync(token), stoppingToken);
        var (wall, since) = (clock.GetUtcNow(), clock.GetTimestamp());
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = clock.GetUtcNow();
                var behind = wall + clock.GetElapsedTime(since) - now;
                (wall, since) = (now, clock.GetTimestamp());
                if (behind > Jump)
                {
                    Log.SetBack(logger, behind);
                }

                if (behind > Jump || !followed)
                {
                    followed = await TryAsync(FollowAsync, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        await ledger.FollowClockAsync(cancel);
        var own = await schedulers.GetScheduler(cancel);
        var common = await shared.GetAsync(schedulers, cancel);
        foreach (var scheduler in ReferenceEquals(own, common) ? [own] : new[] { own, common })
        {
            await ReplanAsync(scheduler, cancel);
        }

        await bell.RingAllAsync(cancel);
    }

    // A trigger knows its next time, not how long that was to be: each begins anew.
    private async Task ReplanAsync(IScheduler scheduler, CancellationToken cancel)
    {
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup(), cancel))
        {
            if (await scheduler.GetTrigger(key, cancel) is { } trigger)
            {
                await scheduler.ScheduleTrigger(trigger.GetTriggerBuilder().StartAt(clock.GetUtcNow()).Build(), TriggerConflict.Replace, cancel);
            }
        }
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task> follow, CancellationToken cancel)
    {
        try
        {
            await follow(cancel);
            return true;
        }
        catch (Exception e) when (e is LedgerException or SchedulerException)
        {
            Log.CannotFollow(logger, e.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(956, LogLevel.Warning, "The clock was set back by {Behind}: what was planned for later is planned anew")]
        public static partial void SetBack(ILogger logger, TimeSpan behind);

        [LoggerMessage(957, LogLevel.Warning, "Cannot plan anew after the clock was set back, and tries again: {Trouble}")]
        public static partial void CannotFollow(ILogger logger, string trouble);
    }
}
