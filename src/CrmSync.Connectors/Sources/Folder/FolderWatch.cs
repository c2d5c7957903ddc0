namespace CrmSync.Connectors.Sources.Folder;

/// <summary>
/// Wakes the source once a burst of changes has become old enough to be read. A lost event costs nothing but the wait for the next
/// scan: of 60,000 files created at once inotify was seen to lose two thirds.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly FileSystemWatcher watcher;
    private readonly ITimer timer;
    private readonly TimeSpan delay;
    private int armed;

    private FolderWatch(string root, string pattern, TimeSpan stableFor, Action wake, TimeProvider clock)
    {
        delay = stableFor + TimeSpan.FromMilliseconds(100);
        timer = clock.CreateTimer(_ => Fire(wake), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        watcher = new FileSystemWatcher(root, pattern) { IncludeSubdirectories = true };
        watcher.Created += (_, _) => Arm();
        watcher.Changed += (_, _) => Arm();
        watcher.Renamed += (_, _) => Arm();
        watcher.Error += (_, _) => Arm();
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>Null when the folder cannot be watched: it is missing, or the system has no watches left.</summary>
    public static FolderWatch? Start(string root, string pattern, TimeSpan stableFor, Action wake, TimeProvider clock)
    {
        try
        {
            return new FolderWatch(root, pattern, stableFor, wake, clock);
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        watcher.Dispose();
        timer.Dispose();
    }

    private void Arm()
    {
        if (Interlocked.Exchange(ref armed, 1) == 0)
        {
            timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire(Action wake)
    {
        Interlocked.Exchange(ref armed, 0);
        wake();
    }
}
