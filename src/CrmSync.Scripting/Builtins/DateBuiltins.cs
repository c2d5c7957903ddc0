using System.Globalization;
using CrmSync.Scripting.Runtime;
using static CrmSync.Scripting.Builtins.Library;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>date</c> (Scriban builtins reference, "date functions").</summary>
internal static class DateBuiltins
{
    public static BuiltinGroup Group { get; } = new("date",
    [
        new("default_format", DateFormats.Default),
        Date("now", "", a => TimeZoneInfo.ConvertTime(a.Run.Options.Clock.GetUtcNow(), a.Run.Options.TimeZone)),
        Date("add_days", "date days", a => Add(a, (d, n) => d.AddDays(n))),
        Date("add_months", "date months", a => Add(a, (d, n) => d.AddMonths((int)Math.Clamp(n, int.MinValue, int.MaxValue)))),
        Date("add_years", "date years", a => Add(a, (d, n) => d.AddYears((int)Math.Clamp(n, int.MinValue, int.MaxValue)))),
        Date("add_hours", "date hours", a => Add(a, (d, n) => d.AddHours(n))),
        Date("add_minutes", "date minutes", a => Add(a, (d, n) => d.AddMinutes(n))),
        Date("add_seconds", "date seconds", a => Add(a, (d, n) => d.AddSeconds(n))),
        Date("add_milliseconds", "date milliseconds", a => Add(a, (d, n) => d.AddMilliseconds(n))),
        Date("parse", "text pattern? culture?", Parse),
        Date("parse_to_string", "text output_pattern input_pattern? culture?", ParseToString),
        Date("to_string", "date pattern? culture?", Format),
    ]);

    private static KeyValuePair<string, object?> Date(string name, string signature, BuiltinBody body) => Define("date", name, signature, body);

    private static DateTimeOffset? Instant(in Arguments a, int index = 0) => a[index] switch
    {
        null => null,
        DateTimeOffset or DateTime => Dates.Local(a[index]!, a.Run.Options.TimeZone),
        string or SafeText => ParseAny(a, a.Text(index), a.Run.Culture),
        _ => throw a.Fault($"{a.Run.Describe(a[index])} is no date."),
    };

    private static DateTimeOffset? Add(in Arguments a, Func<DateTimeOffset, double, DateTimeOffset> change)
    {
        if (Instant(a) is not { } date)
            return null;

        try
        {
            return change(date, a.Double(1));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw a.Fault("The date leaves the calendar.");
        }
    }

    private static object? Parse(Arguments a)
    {
        if (a[0] is null || string.IsNullOrWhiteSpace(a.Text(0)))
            return null;

        return a[1] is null ? ParseAny(a, a.Text(0), a.Culture(2)) : ParseExact(a, a.Text(0), a.Text(1), a.Culture(2));
    }

    private static object? ParseToString(Arguments a)
    {
        if (a[0] is null || string.IsNullOrWhiteSpace(a.Text(0)))
            return null;

        var date = a[2] is null ? ParseAny(a, a.Text(0), a.Culture(3)) : ParseExact(a, a.Text(0), a.Text(2), a.Culture(3));
        return Checked(a, DateFormats.Format(date, a.Text(1), a.Culture(3), a.Site));
    }

    private static object? Format(Arguments a)
    {
        if (Instant(a) is not { } date)
            return null;

        var pattern = a[1] is null ? a.Run.DateFormat : a.Text(1);
        return Checked(a, DateFormats.Format(date, pattern == "%g" ? "%g" + a.Run.DateFormat : pattern, a.Culture(2), a.Site));
    }

    /// <summary>A date without an offset is taken to be in the zone of the rendering.</summary>
    private static DateTimeOffset ParseAny(in Arguments a, string text, CultureInfo culture)
    {
        if (!DateTime.TryParse(text, culture, DateTimeStyles.RoundtripKind | DateTimeStyles.AllowWhiteSpaces, out var date))
            throw a.Fault("The text is no date.", "Give the pattern it is written in as second argument.");

        var zone = a.Run.Options.TimeZone;
        return date.Kind == DateTimeKind.Unspecified
            ? Dates.InZone(date, zone)
            : TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(text, culture, DateTimeStyles.AssumeUniversal), zone);
    }

    private static DateTimeOffset ParseExact(in Arguments a, string text, string pattern, CultureInfo culture)
    {
        var format = DateFormats.ToNet(pattern, a.Site);

        if (!DateTimeOffset.TryParseExact(text, format, culture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out var date))
            throw a.Fault($"The text is not written as {pattern}.");

        var zone = a.Run.Options.TimeZone;
        return format.Contains("zzz", StringComparison.Ordinal) ? TimeZoneInfo.ConvertTime(date, zone) : Dates.InZone(date.DateTime, zone);
    }
}
