using CrmSync.Alerts;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>The clock of <see cref="AlertRound"/>.</summary>
[DisallowConcurrentExecution]
internal sealed class AlertJob(AlertRound round) : IJob
{
    public static readonly JobKey Key = new("alerts");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await round.RunAsync(cancellationToken);
}
