using CrmSync.Core.Configuration;
using CrmSync.Core.Sources;
using Quartz;

namespace CrmSync.Jobs;

/// <summary>When a source is looked at: by cron, or every so often. A look that would overlap the last one is left out; missed ones become one.</summary>
/// <param name="Cron">Quartz cron expression with seconds, in UTC; null or empty: every so often.</param>
internal sealed record PickUpSchedule(string Source, string? Cron, TimeSpan Every)
{
    /// <summary>The schedule in a source's section; use it once the section was found in order.</summary>
    public static PickUpSchedule Of(string source, IConfigurationSection section)
    {
        var options = section.Get<SourceOptions>() ?? new SourceOptions();
        return new PickUpSchedule(source, options.Cron, options.Every);
    }

    /// <summary>What is wrong with a cron expression, or null.</summary>
    public static Complaint? Check(string path, string? cron)
    {
        if (string.IsNullOrEmpty(cron))
        {
            return null;
        }

        try
        {
            _ = new CronExpression(cron);
            return null;
        }
        catch (FormatException e)
        {
            return new Complaint($"{path}:Cron", $"is no cron expression: {e.Message}", "Write six fields, seconds first: 0 */5 * * * ? is every five minutes.");
        }
    }

    public void Apply(ITriggerConfigurator<IJob> trigger)
    {
        if (string.IsNullOrEmpty(Cron))
        {
            At(Every, trigger);
            return;
        }

        trigger.WithOverlapPolicy(OverlapPolicy.Skip).WithCronSchedule(
            Cron,
            schedule => schedule.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed));
    }

    public static void At(TimeSpan interval, ITriggerConfigurator<IJob> trigger) => trigger
        .StartNow()
        .WithOverlapPolicy(OverlapPolicy.Skip)
        .WithSimpleSchedule(schedule => schedule
            .WithInterval(interval)
            .RepeatForever()
            .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount));
}
