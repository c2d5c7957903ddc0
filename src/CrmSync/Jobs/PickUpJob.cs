using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Sources;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>
/// The clock of one source's <see cref="IntakeRound"/>; what it recorded wakes the connectors. Fired with <see cref="Only"/> it looks at
/// the files named there.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class PickUpJob(
    IntakeRound round, IReadOnlyList<ISessionSource> sources, DispatchBell bell, ILogger<PickUpJob> logger) : IJob
{
    public const string Group = "pick-up";

    private const string Locators = "locators";

    // The one character that no path holds. A string, as a schedule in a database keeps it.
    private const char Between = '\0';

    public static JobKey Key(string source) => new(source, Group);

    /// <summary>What to fire the job with so that it looks at these files and no others.</summary>
    public static JobDataMap Only(IReadOnlyList<string> locators) => new() { [Locators] = string.Join(Between, locators) };

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var source = sources.Single(s => s.Name == context.JobDetail.Key.Name);
        try
        {
            if (context.MergedJobDataMap.TryGetString(Locators, out var only) && only is not null)
            {
                await round.RunAsync(source, only.Split(Between), bell.RingAllAsync, cancellationToken);
            }
            else
            {
                await round.RunAsync(source, bell.RingAllAsync, cancellationToken);
            }
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
