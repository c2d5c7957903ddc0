using System.Diagnostics;
using CrmSync.Core.Sources;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>
/// The schedule that workers with one ledger share: a source is picked up by one of them at a time. Without such a ledger there is one
/// schedule, in memory.
/// </summary>
/// <param name="Database">Connection string of the shared ledger; null when nobody shares it.</param>
internal sealed record SharedSchedule(string? Database)
{
    /// <summary>Name of the scheduler in the container and in the database, the same for all workers.</summary>
    private const string Name = "crmsync";

    /// <summary>The scheduler of what only one worker does at a time: pick-up, housekeeping.</summary>
    public async Task<IScheduler> GetAsync(ISchedulerFactory schedulers, CancellationToken cancel) => Database is null
        ? await schedulers.GetScheduler(cancel)
        : await schedulers.LookupScheduler(Name, cancel) ?? throw new UnreachableException("The shared schedule was not registered.");

    /// <summary>Sources that are gone from the settings are gone from the schedule, which remembers them in the database.</summary>
    public async Task ForgetOthersAsync(ISchedulerFactory schedulers, IReadOnlyList<ISessionSource> sources, CancellationToken cancel)
    {
        var scheduler = await GetAsync(schedulers, cancel);
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(PickUpJob.Group), cancel))
        {
            if (sources.All(source => source.Name != key.Name))
            {
                await scheduler.DeleteJob(key, cancel);
            }
        }
    }

    /// <summary>Registers the jobs of one worker at a time.</summary>
    public void Add(IServiceCollection services, Action<IQuartzBuilder> jobs)
    {
        if (Database is not { } database)
        {
            services.AddQuartz(jobs);
            return;
        }

        services.AddQuartz(Name, quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(database);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ConfigureStore(options => options.TablePrefix = "quartz.qrtz_");

                // What its version needs, it knows best; the ledger's schema made the place for it.
                store.ProvisionSchema();
            });
            jobs(quartz);
        });
    }
}
