using CrmSync.Core.Deliveries;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>The clock of the ledger's retention.</summary>
[DisallowConcurrentExecution]
internal sealed partial class HousekeepingJob(ILedger ledger, HousekeepingOptions options, ILogger<HousekeepingJob> logger) : IJob
{
    public static readonly JobKey Key = new("housekeeping");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var removed = await ledger.PurgeAsync(new Retention(options.KeepFiles, options.KeepRows), cancellationToken);
        if (removed > 0)
        {
            Log.Purged(logger, removed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(950, LogLevel.Information, "Removed {Rows} old rows from the ledger")]
        public static partial void Purged(ILogger logger, int rows);
    }
}
