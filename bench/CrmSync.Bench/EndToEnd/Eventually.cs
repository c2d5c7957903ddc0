namespace CrmSync.Bench.EndToEnd;

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until there is something to find; fails with the other process's words when that one has ended.</summary>
    public static async Task<T> FindAsync<T>(string what, Func<T?> look, Func<bool> hasEnded, Func<string> story, CancellationToken cancel)
        where T : class
    {
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            if (hasEnded())
            {
                throw new BenchException($"{what} ended before it was ready:{Environment.NewLine}{story()}");
            }

            await Task.Delay(Glance, cancel);
        }
    }
}

/// <summary>The measurement cannot be made; the message is for the person who asked for it.</summary>
internal sealed class BenchException(string message) : Exception(message);
