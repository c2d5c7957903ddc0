using System.Globalization;
using System.Text;
using CrmSync.Scripting.Runtime;

namespace CrmSync.Scripting.Builtins;

/// <summary>Patterns such as <c>%d %b %Y</c> (Scriban builtins reference, "date.to_string"; they follow Ruby's strftime).</summary>
internal static class DateFormats
{
    public const string Default = "%d %b %Y";

    public static string Format(DateTimeOffset date, string pattern, CultureInfo culture, Site site)
    {
        var result = new StringBuilder(pattern.Length * 2);

        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
                result.Append(pattern[i]);
            else if (pattern[++i] == 'g')
                culture = CultureInfo.InvariantCulture;
            else
                result.Append(Field(date, pattern[i], culture, site));
        }

        return result.ToString();
    }

    private static string Field(DateTimeOffset date, char field, CultureInfo culture, Site site) => field switch
    {
        'a' => date.ToString("ddd", culture),
        'A' => date.ToString("dddd", culture),
        'b' or 'h' => date.ToString("MMM", culture),
        'B' => date.ToString("MMMM", culture),
        'c' => Format(date, "%a %b %e %T %Y", culture, site),
        'C' => Digits(date.Year / 100, 2),
        'd' => Digits(date.Day, 2),
        'D' => Format(date, "%m/%d/%y", culture, site),
        'e' => Padded(date.Day),
        'F' => Format(date, "%Y-%m-%d", culture, site),
        'H' => Digits(date.Hour, 2),
        'I' => Digits(Hour12(date), 2),
        'j' => Digits(date.DayOfYear, 3),
        'k' => Padded(date.Hour),
        'l' => Padded(Hour12(date)),
        'L' => Digits(date.Millisecond, 3),
        'm' => Digits(date.Month, 2),
        'M' => Digits(date.Minute, 2),
        'n' => "\n",
        'N' => Digits(date.Ticks % TimeSpan.TicksPerSecond * 100, 9),
        'p' => date.Hour < 12 ? "AM" : "PM",
        'P' => date.Hour < 12 ? "am" : "pm",
        'r' => Format(date, "%I:%M:%S %p", culture, site),
        'R' => Format(date, "%H:%M", culture, site),
        's' => Digits(date.ToUnixTimeSeconds(), 1),
        'S' => Digits(date.Second, 2),
        't' => "\t",
        'T' => Format(date, "%H:%M:%S", culture, site),
        'u' => Digits(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, 1),
        'U' => Digits(WeekOfYear(date, DayOfWeek.Sunday), 2),
        'v' => Format(date, "%e-%b-%Y", CultureInfo.InvariantCulture, site).ToUpperInvariant(),
        'V' => Digits(ISOWeek.GetWeekOfYear(date.DateTime), 2),
        'W' => Digits(WeekOfYear(date, DayOfWeek.Monday), 2),
        'w' => Digits((int)date.DayOfWeek, 1),
        'x' => date.ToString("d", culture),
        'X' => date.ToString("T", culture),
        'y' => Digits(date.Year % 100, 2),
        'Y' => Digits(date.Year, 4),
        'Z' => date.ToString("zzz", CultureInfo.InvariantCulture),
        '%' => "%",
        _ => throw new TemplateFault(site, $"The date pattern has no field `%{field}`."),
    };

    /// <summary>The same pattern as .NET reads dates with.</summary>
    public static string ToNet(string pattern, Site site)
    {
        var result = new StringBuilder();

        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
                result.Append('\'').Append(pattern[i] is '\'' or '\\' ? "'\\" + pattern[i] + "'" : pattern[i].ToString()).Append('\'');
            else
                result.Append(NetField(pattern[++i], site));
        }

        return result.ToString();
    }

    private static string NetField(char field, Site site) => field switch
    {
        'a' => "ddd",
        'A' => "dddd",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'd' => "dd",
        'e' or 'k' or 'l' => field == 'e' ? "d" : field == 'k' ? "H" : "h",
        'D' => "MM'/'dd'/'yy",
        'F' => "yyyy'-'MM'-'dd",
        'H' => "HH",
        'I' => "hh",
        'L' => "fff",
        'm' => "MM",
        'M' => "mm",
        'p' or 'P' => "tt",
        'R' => "HH':'mm",
        'S' => "ss",
        'T' => "HH':'mm':'ss",
        'y' => "yy",
        'Y' => "yyyy",
        'Z' => "zzz",
        '%' => "'%'",
        _ => throw new TemplateFault(site, $"A date cannot be read with `%{field}`."),
    };

    private static int Hour12(DateTimeOffset date) => date.Hour % 12 == 0 ? 12 : date.Hour % 12;

    /// <summary>Weeks begin on a day; the days before the first of them are week 0.</summary>
    private static int WeekOfYear(DateTimeOffset date, DayOfWeek firstDay)
    {
        var sinceFirstDay = (7 + (int)date.DayOfWeek - (int)firstDay) % 7;
        return (date.DayOfYear + 6 - sinceFirstDay) / 7;
    }

    private static string Digits(long value, int length) => value.ToString("D" + length.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Padded(int value) => value.ToString(CultureInfo.InvariantCulture).PadLeft(2);
}
