using CrmSync.Core.Deliveries;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>The clock of one connector's <see cref="DeliveryRound"/>.</summary>
[DisallowConcurrentExecution]
internal sealed class DispatchJob(DeliveryRound round, IReadOnlyList<IConnector> connectors, DispatchBell bell) : IJob
{
    public const string Group = "dispatch";

    public static JobKey Key(string connector) => new(connector, Group);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var connector = connectors.Single(c => c.Name == context.JobDetail.Key.Name);
        await round.RunAsync(connector, cancellationToken);
        await bell.RingAgainAsync(connector, cancellationToken);
    }
}
