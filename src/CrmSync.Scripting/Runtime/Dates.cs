namespace CrmSync.Scripting.Runtime;

/// <summary>Dates are instants; they are shown in the zone of the rendering.</summary>
internal static class Dates
{
    /// <summary>A date of either type in the zone. A date without a zone of its own is taken to be in it already.</summary>
    public static DateTimeOffset Local(object date, TimeZoneInfo zone) => date switch
    {
        DateTimeOffset offset => TimeZoneInfo.ConvertTime(offset, zone),
        DateTime { Kind: DateTimeKind.Utc } utc => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone),
        DateTime local => InZone(local, zone),
        _ => default,
    };

    public static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = zone.GetUtcOffset(local);

        // The first and the last day of the calendar have no room for an offset.
        var utcTicks = local.Ticks - offset.Ticks;
        return utcTicks < 0 || utcTicks > DateTime.MaxValue.Ticks ? new DateTimeOffset(local, TimeSpan.Zero) : new DateTimeOffset(local, offset);
    }
}

/// <summary><c>date.year</c>, <c>span.total_hours</c> and their like.</summary>
internal static class DateMembers
{
    public static bool TryGet(DateTimeOffset date, string name, out object? value)
    {
        value = name switch
        {
            "year" => Numbers.Box(date.Year),
            "month" => Numbers.Box(date.Month),
            "day" => Numbers.Box(date.Day),
            "day_of_year" => Numbers.Box(date.DayOfYear),
            "hour" => Numbers.Box(date.Hour),
            "minute" => Numbers.Box(date.Minute),
            "second" => Numbers.Box(date.Second),
            "millisecond" => Numbers.Box(date.Millisecond),
            _ => null,
        };

        return value is not null;
    }

    public static bool TryGet(TimeSpan span, string name, out object? value)
    {
        value = name switch
        {
            "days" => Numbers.Box(span.Days),
            "hours" => Numbers.Box(span.Hours),
            "minutes" => Numbers.Box(span.Minutes),
            "seconds" => Numbers.Box(span.Seconds),
            "milliseconds" => Numbers.Box(span.Milliseconds),
            "total_days" => span.TotalDays,
            "total_hours" => span.TotalHours,
            "total_minutes" => span.TotalMinutes,
            "total_seconds" => span.TotalSeconds,
            "total_milliseconds" => span.TotalMilliseconds,
            _ => null,
        };

        return value is not null;
    }
}
