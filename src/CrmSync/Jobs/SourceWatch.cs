using CrmSync.Core.Sources;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>Lets sources that can tell of changes bring the pick-up of what changed forward. A hint that is lost costs one interval.</summary>
internal sealed partial class SourceWatch(
    ISchedulerFactory schedulers, SharedSchedule shared, IReadOnlyList<ISessionSource> sources, ILogger<SourceWatch> logger) : IHostedService
{
    private readonly List<IDisposable> _watches = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await shared.ForgetOthersAsync(schedulers, sources, cancellationToken);
        var scheduler = await shared.GetAsync(schedulers, cancellationToken);
        foreach (var source in sources)
        {
            if (source.Watch(changed => _ = TryWakeAsync(scheduler, source, changed, CancellationToken.None)) is { } watch)
            {
                _watches.Add(watch);
            }
        }
    }

    // Called by a timer, which neither waits for the end nor hears of a failure.
    private async Task TryWakeAsync(IScheduler scheduler, ISessionSource source, IReadOnlyList<string>? changed, CancellationToken cancel)
    {
        try
        {
            await WakeAsync(scheduler, source, changed, cancel);
        }
        catch (SchedulerException e)
        {
            Log.CannotWake(logger, source.Name, e.Message);
        }
    }

    // A scheduler that is shutting down needs no hint.
    private static async Task WakeAsync(IScheduler scheduler, ISessionSource source, IReadOnlyList<string>? changed, CancellationToken cancel)
    {
        if (scheduler.Status is not SchedulerStatus.Running)
        {
            return;
        }

        if (changed is not null)
        {
            await scheduler.TriggerJob(PickUpJob.Key(source.Name), PickUpJob.Only(changed), cancel);
            return;
        }

        // A scan of a large folder takes longer than the next hint: one that waits its turn is enough.
        var once = TriggerBuilder.Create().ForJob(PickUpJob.Key(source.Name)).WithIdentity(source.Name, "woken").StartNow().Build();
        await scheduler.ScheduleTrigger(once, TriggerConflict.Keep, cancel);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _watches.ForEach(watch => watch.Dispose());
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(958, LogLevel.Warning, "Files that came to {Source} wait for its next scan, for the schedule cannot be told of them: {Trouble}")]
        public static partial void CannotWake(ILogger logger, string source, string trouble);
    }
}
