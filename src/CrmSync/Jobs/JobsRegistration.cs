using CrmSync.Core.Deliveries;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>Quartz decides when to look; the ledger's leases decide who may deliver.</summary>
internal static class JobsRegistration
{
    public static IServiceCollection AddJobs(
        this IServiceCollection services,
        IReadOnlyList<PickUpSchedule> sources,
        IReadOnlyList<string> connectors,
        DeliveryOptions delivery,
        HousekeepingOptions housekeeping,
        TimeSpan alerts,
        SharedSchedule shared)
    {
        services.AddSingleton(housekeeping);
        services.AddSingleton<DispatchBell>();
        services.AddSingleton(shared);
        services.ConfigureAll<QuartzSchedulerOptions>(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
        shared.Add(services, quartz =>
        {
            foreach (var source in sources)
            {
                quartz.AddJob<PickUpJob>(job => job.WithIdentity(PickUpJob.Key(source.Source)));
                quartz.AddTrigger(trigger => source.Apply(trigger.ForJob(PickUpJob.Key(source.Source)).WithIdentity(source.Source, PickUpJob.Group)));
            }

            Every<HousekeepingJob>(quartz, HousekeepingJob.Key, housekeeping.Interval);
        });

        // Each worker's own: every one may deliver, and leases decide which delivery is whose.
        services.AddQuartz(quartz =>
        {
            foreach (var connector in connectors)
            {
                Every<DispatchJob>(quartz, DispatchJob.Key(connector), delivery.Interval);
            }

            Every<AlertJob>(quartz, AlertJob.Key, alerts);
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddHostedService<SourceWatch>();
        services.AddHostedService<ClockWatch>();
        if (shared.Database is not null)
        {
            services.AddHostedService<DueWatch>();
        }

        return services;
    }

    private static void Every<TJob>(IQuartzBuilder quartz, JobKey key, TimeSpan interval)
        where TJob : class, IJob
    {
        quartz.AddJob<TJob>(job => job.WithIdentity(key));
        quartz.AddTrigger(trigger => PickUpSchedule.At(interval, trigger.ForJob(key).WithIdentity(key.Name, "every-" + key.Group)));
    }
}
