using System.Globalization;
using CrmSync.Core.Rendering.Language;

namespace CrmSync.Core.Rendering.Model;

/// <summary>Moments in the configured zone, in words.</summary>
internal sealed class LocalTime(TimeZoneInfo zone, Phrases phrases, bool twelveHours)
{
    public string Date(DateTimeOffset moment) => phrases.Date(Local(moment).DateTime);

    /// <summary><c>14:05</c> or <c>2:05 PM</c>.</summary>
    public string Clock(DateTimeOffset moment) => Local(moment).ToString(twelveHours ? "h:mm tt" : "HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>Thu 5 Mar 2026, 10:02</c></summary>
    public string Moment(DateTimeOffset moment) => $"{Date(moment)}, {Clock(moment)}";

    /// <summary><c>Thu 5 Mar 2026, 10:02 to 10:16</c>; the second date only when it is another one.</summary>
    public string Range(DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (Moment(from), Moment(to));
        return first == last ? first : phrases.Range(first, Local(from).Date == Local(to).Date ? Clock(to) : last);
    }

    /// <summary><c>America/Los_Angeles, UTC-8</c>: the offset tells the two 1:30s apart on the day the clocks go back.</summary>
    public string Zone(DateTimeOffset moment)
    {
        var offset = zone.GetUtcOffset(moment);
        if (zone.Id is "UTC" or "Etc/UTC")
        {
            return "UTC";
        }

        var minutes = offset.Minutes == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $":{Math.Abs(offset.Minutes):00}");
        return string.Create(CultureInfo.InvariantCulture, $"{zone.Id}, UTC{(offset < TimeSpan.Zero ? "-" : "+")}{Math.Abs(offset.Hours)}{minutes}");
    }

    private DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone);
}
