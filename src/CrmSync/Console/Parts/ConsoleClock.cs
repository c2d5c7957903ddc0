using System.Globalization;
using CrmSync.Core.Rendering;

namespace CrmSync.Console.Parts;

/// <summary>Times as the console shows them: in the zone that the notes are written in, so that both say the same.</summary>
internal sealed class ConsoleClock(NoteOptions notes, TimeProvider clock)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(notes.TimeZone);

    /// <summary>Today without its date: <c>14:05</c>; else <c>4 Mar, 14:05</c>, with the year when it is another.</summary>
    public string Say(DateTimeOffset at, CultureInfo culture)
    {
        var (local, now) = (TimeZoneInfo.ConvertTime(at, _zone), TimeZoneInfo.ConvertTime(clock.GetUtcNow(), _zone));
        return local.ToString(local.Date == now.Date ? "HH:mm:ss" : local.Year == now.Year ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm", culture);
    }

    /// <summary>The first instant of a day in the zone.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }

    /// <summary>The zone's own name, e.g. <c>Europe/Madrid</c>.</summary>
    public string Zone => _zone.Id;
}
