using CrmSync.Console.Texts;
using CrmSync.Core.Reading;

namespace CrmSync.Console.Views;

/// <summary>A stretch of time that the overview shows, up to now.</summary>
public sealed record OverviewRange(string Name, Text Title, TimeSpan Step, int Steps)
{
    public static readonly IReadOnlyList<OverviewRange> All =
    [
        new("24h", OverviewTexts.LastDay, TimeSpan.FromHours(1), 24),
        new("7d", OverviewTexts.LastWeek, TimeSpan.FromHours(6), 28),
        new("30d", OverviewTexts.LastMonth, TimeSpan.FromDays(1), 30),
    ];

    public static OverviewRange Named(string? name) => All.FirstOrDefault(range => range.Name == name) ?? All[0];

    /// <summary>Whole steps of the day in the console's zone, the running one included.</summary>
    public OverviewWindow Window(Times times)
    {
        var now = times.Now;
        var midnight = times.StartOf(DateOnly.FromDateTime(now.Date));
        var running = midnight + (Step * Math.Floor((now - midnight) / Step));
        return new OverviewWindow(running - (Step * (Steps - 1)), Step, Steps);
    }

    public string Label(DateTimeOffset at, Times times, Speech say) =>
        times.Local(at).ToString(Step < TimeSpan.FromHours(6) ? "HH:mm" : "d MMM", say.Culture);
}
