using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Sources;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>The clock of one source's <see cref="IntakeRound"/>; what it recorded wakes the connectors.</summary>
[DisallowConcurrentExecution]
internal sealed partial class PickUpJob(
    IntakeRound round, IReadOnlyList<ISessionSource> sources, DispatchBell bell, ILogger<PickUpJob> logger) : IJob
{
    public const string Group = "pick-up";

    public static JobKey Key(string source) => new(source, Group);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var source = sources.Single(s => s.Name == context.JobDetail.Key.Name);
        try
        {
            await round.RunAsync(source, bell.RingAllAsync, cancellationToken);
        }
        catch (LedgerException e)
        {
            Log.LedgerAway(logger, source.Name, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(941, LogLevel.Error, "Files of {Source} wait for the ledger: {Trouble}")]
        public static partial void LedgerAway(ILogger logger, string source, string trouble);
    }
}
