using CrmSync.Console.Texts;
using CrmSync.Core;
using CrmSync.Core.Reading;

namespace CrmSync.Console.Views;

public enum HealthLevel
{
    Healthy,
    Slowed,
    Paused,
}

/// <summary>How a connector does, in one word and one sentence.</summary>
public sealed record ConnectorHealth(HealthLevel Level, string Sentence)
{
    /// <summary>A delivery that could have gone out this long ago is late.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    public string Badge => Level switch { HealthLevel.Healthy => "good", HealthLevel.Slowed => "warning", _ => "bad" };

    public Text Word => Level switch
    {
        HealthLevel.Healthy => ConnectorTexts.Healthy,
        HealthLevel.Slowed => ConnectorTexts.Slowed,
        _ => ConnectorTexts.Paused,
    };

    /// <param name="activity">Null when the ledger knows nothing of the connector yet.</param>
    public static ConnectorHealth Of(ConnectorActivity? activity, Times times, Speech say) => activity switch
    {
        null => new(HealthLevel.Healthy, say[ConnectorTexts.NothingYet]),
        { Pause: { } pause } when pause.Fault.Reason == ReasonCodes.PausedByPerson =>
            new(HealthLevel.Paused, say.Format(ConnectorTexts.PausedByPerson, pause.Fault.Message, times.Brief(pause.Since, say))),
        { Pause: { Until: null } pause } =>
            new(HealthLevel.Paused, say.Format(ConnectorTexts.PausedUntilResumed, pause.Fault.Message, times.Brief(pause.Since, say))),
        { Pause: { Until: { } until } pause } =>
            new(HealthLevel.Slowed, say.Format(ConnectorTexts.PausedUntil, pause.Fault.Message, times.Brief(until, say))),
        { OldestDueAt: { } oldest } when times.Since(oldest) > Late =>
            new(HealthLevel.Slowed, say.Format(ConnectorTexts.LaggingBehind, activity.Due, Times.Length(times.Since(oldest), say))),
        { DeliveredLastDay: > 0 } => new(HealthLevel.Healthy, say[ConnectorTexts.Flowing]),
        _ => new(HealthLevel.Healthy, say[ConnectorTexts.NothingToDo]),
    };
}
