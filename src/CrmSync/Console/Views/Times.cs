using CrmSync.Console.Texts;
using CrmSync.Core.Rendering;

namespace CrmSync.Console.Views;

/// <summary>Instants and lengths as people read them, in the zone that notes are written in (<c>Notes:TimeZone</c>).</summary>
public sealed class Times(NoteOptions notes, TimeProvider clock)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.TryFindSystemTimeZoneById(notes.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    public DateTimeOffset Now => Local(clock.GetUtcNow());

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The begin of that day in the zone.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);

        // Where the clock goes forward at midnight, the day begins an hour later.
        return Zone.IsInvalidTime(midnight) ? StartOf(midnight.AddHours(1)) : StartOf(midnight);
    }

    /// <summary><c>09:14</c> today, <c>12 May 09:14</c> this year, else with the year.</summary>
    public string Brief(DateTimeOffset at, Speech say)
    {
        var (local, now) = (Local(at), Now);
        var format = local.Date == now.Date ? "HH:mm" : local.Year == now.Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm";
        return local.ToString(format, say.Culture);
    }

    /// <summary>To the second, with the zone.</summary>
    public string Full(DateTimeOffset at, Speech say) =>
        $"{Local(at).ToString("d MMM yyyy HH:mm:ss", say.Culture)} ({Zone.Id})";

    /// <summary>Only the clock, to the second.</summary>
    public string Clock(DateTimeOffset at, Speech say) => Local(at).ToString("HH:mm:ss", say.Culture);

    public string Day(DateTimeOffset at, Speech say) => Local(at).ToString("d MMMM yyyy", say.Culture);

    /// <summary>How long ago, or how long until.</summary>
    public TimeSpan Since(DateTimeOffset at) => clock.GetUtcNow() - at;

    /// <summary>Two units at most: <c>2 h 5 min</c>, <c>6 min 4 s</c>, <c>3 d 2 h</c>.</summary>
    public static string Length(TimeSpan length, Speech say)
    {
        length = length.Duration();
        var (d, h, m, s) = (length.Days, length.Hours, length.Minutes, length.Seconds);
        return length switch
        {
            { TotalDays: >= 1 } => Join(d, PageTexts.Days, h, PageTexts.Hours),
            { TotalHours: >= 1 } => Join(h, PageTexts.Hours, m, PageTexts.Minutes),
            { TotalMinutes: >= 1 } => Join(m, PageTexts.Minutes, s, PageTexts.Seconds),
            _ => $"{s} {say[PageTexts.Seconds]}",
        };

        string Join(int large, Text largeUnit, int small, Text smallUnit) =>
            small == 0 ? $"{large} {say[largeUnit]}" : $"{large} {say[largeUnit]} {small} {say[smallUnit]}";
    }

    private DateTimeOffset StartOf(DateTime local) => new(local, Zone.GetUtcOffset(local));
}
