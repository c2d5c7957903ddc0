using CrmSync.Core.Sources;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>Lets sources that can tell of changes bring their next pick-up forward. A hint that is lost costs one interval.</summary>
internal sealed class SourceWatch(ISchedulerFactory schedulers, SharedSchedule shared, IReadOnlyList<ISessionSource> sources) : IHostedService
{
    private readonly List<IDisposable> _watches = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await shared.ForgetOthersAsync(schedulers, sources, cancellationToken);
        var scheduler = await shared.GetAsync(schedulers, cancellationToken);
        foreach (var source in sources)
        {
            if (source.Watch(() => _ = WakeAsync(scheduler, source, CancellationToken.None)) is { } watch)
            {
                _watches.Add(watch);
            }
        }
    }

    // Called by a timer, which cannot wait; a scheduler that is shutting down needs no hint.
    private static async Task WakeAsync(IScheduler scheduler, ISessionSource source, CancellationToken cancel)
    {
        if (scheduler.Status is SchedulerStatus.Running)
        {
            await scheduler.TriggerJob(PickUpJob.Key(source.Name), cancellationToken: cancel);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _watches.ForEach(watch => watch.Dispose());
        return Task.CompletedTask;
    }
}
