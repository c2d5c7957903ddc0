namespace CrmSync.EndToEndTests.Support;

/// <summary>Waits for what other processes do. The one limit is there so that a test fails instead of hanging; nothing measures it.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);

    // The long forms of the chaos tests work off ten thousand sessions.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(Environment.GetEnvironmentVariable("CHAOS_REPORT") is null ? 3 : 30);

    /// <summary>Looks until <paramref name="look"/> finds something; fails with <paramref name="story"/> when the limit is over.</summary>
    public static async Task<T> FindAsync<T>(string what, Func<Task<T?>> look, Func<string> story)
        where T : class
    {
        var clock = TimeProvider.System;
        var since = clock.GetTimestamp();
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            if (clock.GetElapsedTime(since) > Limit)
            {
                Assert.Fail($"Waited in vain for {what}.{Environment.NewLine}{story()}");
            }

            await Task.Delay(Glance, clock, TestContext.Current.CancellationToken);
        }
    }

    public static Task<T> FindAsync<T>(string what, Func<T?> look, Func<string> story)
        where T : class => FindAsync(what, () => Task.FromResult(look()), story);

    public static Task TrueAsync(string what, Func<bool> condition, Func<string> story) =>
        FindAsync(what, () => condition() ? what : null, story);
}
