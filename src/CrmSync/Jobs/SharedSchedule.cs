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

    /// <summary>
    /// Takes the schedule's row lock, for a transaction that the server ends once it stood idle for 15 seconds: a worker that was frozen
    /// or cut off with the lock in hand must not hold up all the others. Local to the transaction, as a connection pooler wants it.
    /// </summary>
    /// <remarks>{0} is the tables' prefix; Quartz names the parameters.</remarks>
    internal const string LockSql = """
        SELECT set_config('idle_in_transaction_session_timeout', '15s', true), lock_name
        FROM {0}LOCKS WHERE sched_name = @schedulerName AND lock_name = @lockName FOR UPDATE
        """;

    internal const string TablePrefix = "quartz.qrtz_";

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
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = TablePrefix;
                    options.SelectWithLockSql = LockSql;
                });

                // What its version needs, it knows best; the ledger's schema made the place for it.
                store.ProvisionSchema();
            });
            jobs(quartz);
        });
    }
}
