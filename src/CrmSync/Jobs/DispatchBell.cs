using CrmSync.Core.Deliveries;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>Wakes a connector's dispatch job when its next delivery is due. Ringing twice is harmless.</summary>
internal sealed class DispatchBell(ISchedulerFactory schedulers, ILedger ledger, IReadOnlyList<IConnector> connectors, TimeProvider clock)
{
    // A delivery that is due but cannot be claimed yet (its lane is busy) must not make the job spin.
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    /// <summary>A ledger that was full or away is tried again this soon.</summary>
    private static readonly TimeSpan LedgerBreath = TimeSpan.FromSeconds(5);

    /// <summary>Something was recorded or changed: every connector looks when its next delivery is due.</summary>
    public async Task RingAllAsync(CancellationToken cancel)
    {
        foreach (var connector in connectors)
        {
            await RingAsync(connector, TimeSpan.Zero, cancel);
        }
    }

    /// <summary>After a round: what is still due is looked at again after a moment.</summary>
    public Task RingAgainAsync(IConnector connector, CancellationToken cancel) => RingAsync(connector, Breath, cancel);

    /// <summary>The ledger cannot be asked when anything is due.</summary>
    public Task RingLaterAsync(IConnector connector, CancellationToken cancel) => WakeAsync(connector.Name, clock.GetUtcNow() + LedgerBreath, cancel);

    private async Task RingAsync(IConnector connector, TimeSpan least, CancellationToken cancel)
    {
        if (await ledger.NextDueAsync(connector.Name, cancel) is not { } due)
        {
            return;
        }

        var resumes = (await ledger.PauseOfAsync(connector.Name, cancel))?.Until ?? DateTimeOffset.MinValue;
        var soonest = clock.GetUtcNow() + least;
        await WakeAsync(connector.Name, new[] { due + connector.Traits.Linger, resumes, soonest }.Max(), cancel);
    }

    // One wake-up per connector is kept; an earlier one replaces a later one.
    private async Task WakeAsync(string connector, DateTimeOffset at, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var key = new TriggerKey($"due-{connector}", DispatchJob.Group);
        if (await scheduler.GetTrigger(key, cancel) is { } kept && kept.NextFireTimeUtc is { } next && next <= at)
        {
            return;
        }

        var trigger = TriggerBuilder.Create(clock)
            .WithIdentity(key)
            .ForJob(DispatchJob.Key(connector))
            .StartAt(at)
            .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancel);
    }
}
