namespace CrmSync.Tests.Sources;

/// <summary>Fixed values that tests start from.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 5, 20, 12, 0, 0, TimeSpan.Zero);
}
