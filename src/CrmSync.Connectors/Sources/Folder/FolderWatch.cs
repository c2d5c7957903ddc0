using System.IO.Enumeration;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>
/// Wakes the source once a burst of changes has become old enough to be read: files that match the pattern, and folders, which may bring
/// files along. A lost event costs nothing but the wait for the next scan: of 60,000 files created at once inotify was seen to lose two
/// thirds.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly ITimer _timer;
    private readonly TimeSpan _delay;
    private int _armed;

    private FolderWatch(string root, string pattern, TimeSpan stableFor, Action wake, TimeProvider clock)
    {
        _delay = stableFor + TimeSpan.FromMilliseconds(100);
        _timer = clock.CreateTimer(_ => Fire(wake), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true };
        _watcher.Created += (_, change) => Arm(change, pattern);
        _watcher.Changed += (_, change) => Arm(change, pattern);
        _watcher.Renamed += (_, change) => Arm(change, pattern);
        _watcher.Error += (_, _) => Arm();
        _watcher.EnableRaisingEvents = true;
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
        _watcher.Dispose();
        _timer.Dispose();
    }

    private void Arm(FileSystemEventArgs change, string pattern)
    {
        // A folder that changes only tells again what its files told.
        if (FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(change.FullPath.AsSpan()), ignoreCase: true)
            || (change.ChangeType is not WatcherChangeTypes.Changed && Directory.Exists(change.FullPath)))
        {
            Arm();
        }
    }

    private void Arm()
    {
        if (Interlocked.Exchange(ref _armed, 1) == 0)
        {
            _timer.Change(_delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire(Action wake)
    {
        Interlocked.Exchange(ref _armed, 0);
        wake();
    }
}
