using CrmSync.Core.Intake;
using CrmSync.Core.Sources;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>The clock of one source's <see cref="IntakeRound"/>; what it recorded wakes the connectors.</summary>
[DisallowConcurrentExecution]
internal sealed class PickUpJob(IntakeRound round, IReadOnlyList<ISessionSource> sources, DispatchBell bell) : IJob
{
    public const string Group = "pick-up";

    public static JobKey Key(string source) => new(source, Group);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var source = sources.Single(s => s.Name == context.JobDetail.Key.Name);
        await round.RunAsync(source, bell.RingAllAsync, cancellationToken);
    }
}
