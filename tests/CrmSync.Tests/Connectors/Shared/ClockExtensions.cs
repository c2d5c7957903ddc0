using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Connectors.Shared;

internal static class ClockExtensions
{
    /// <summary>Lets simulated time pass, a tenth of a second at a time, until <paramref name="task"/> is done.</summary>
    public static async Task<T> PassUntilAsync<T>(this FakeTimeProvider clock, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(task, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        return await task;
    }
}
