namespace CrmSync.Ledger.Rows;

/// <summary>Instants as the ledger keeps them: Unix milliseconds in UTC.</summary>
internal static class Instants
{
    public static long Ms(this DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public static long? Ms(this DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    public static long Ms(this TimeSpan duration) => (long)duration.TotalMilliseconds;

    public static DateTimeOffset At(this long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    public static DateTimeOffset? At(this long? ms) => ms is { } value ? At(value) : null;
}
