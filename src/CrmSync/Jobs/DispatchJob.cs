using CrmSync.Core.Deliveries;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>The clock of one connector's <see cref="DeliveryRound"/>.</summary>
[DisallowConcurrentExecution]
internal sealed partial class DispatchJob(
    DeliveryRound round, IReadOnlyList<IConnector> connectors, DispatchBell bell, ILogger<DispatchJob> logger) : IJob
{
    public const string Group = "dispatch";

    public static JobKey Key(string connector) => new(connector, Group);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var connector = connectors.Single(c => c.Name == context.JobDetail.Key.Name);
        try
        {
            await round.RunAsync(connector, cancellationToken);
            await bell.RingAgainAsync(connector, cancellationToken);
        }
        catch (LedgerException e)
        {
            Log.LedgerAway(logger, connector.Name, e.Message);
            await bell.RingLaterAsync(connector, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(940, LogLevel.Error, "Deliveries of {Connector} wait for the ledger: {Trouble}")]
        public static partial void LedgerAway(ILogger logger, string connector, string trouble);
    }
}
