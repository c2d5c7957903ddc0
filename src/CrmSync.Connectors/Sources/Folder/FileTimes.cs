namespace CrmSync.Connectors.Sources.Folder;

/// <summary>File times are compared with what the ledger keeps, and that has milliseconds.</summary>
internal static class FileTimes
{
    /// <param name="utc">As the framework gives file times that are called Utc.</param>
    public static DateTimeOffset ToMilliseconds(DateTime utc) => ToMilliseconds(new DateTimeOffset(utc, TimeSpan.Zero));

    public static DateTimeOffset ToMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
