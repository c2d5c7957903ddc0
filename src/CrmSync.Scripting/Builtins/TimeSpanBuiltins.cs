using CrmSync.Scripting.Runtime;
using static CrmSync.Scripting.Builtins.Library;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>timespan</c> (Scriban builtins reference, "timespan functions").</summary>
internal static class TimeSpanBuiltins
{
    public static BuiltinGroup Group { get; } = new("timespan",
    [
        new("zero", TimeSpan.Zero),
        Span("from_days", "days", a => From(a, TimeSpan.TicksPerDay)),
        Span("from_hours", "hours", a => From(a, TimeSpan.TicksPerHour)),
        Span("from_minutes", "minutes", a => From(a, TimeSpan.TicksPerMinute)),
        Span("from_seconds", "seconds", a => From(a, TimeSpan.TicksPerSecond)),
        Span("from_milliseconds", "milliseconds", a => From(a, TimeSpan.TicksPerMillisecond)),
        Span("parse", "text", Parse),
    ]);

    private static KeyValuePair<string, object?> Span(string name, string signature, BuiltinBody body) => Define("timespan", name, signature, body);

    private static TimeSpan? From(in Arguments a, long ticksPerUnit)
    {
        if (a[0] is null)
            return null;

        var ticks = a.Double(0) * ticksPerUnit;
        return Math.Abs(ticks) < 9e18 ? TimeSpan.FromTicks((long)Math.Round(ticks)) : throw a.Fault("The time span is too long.");
    }

    private static object? Parse(Arguments a)
    {
        if (a[0] is null)
            return null;

        return TimeSpan.TryParse(a.Text(0), a.Run.Culture, out var span)
            ? span
            : throw a.Fault("The text is no time span.", "It is written days.hours:minutes:seconds.");
    }
}
