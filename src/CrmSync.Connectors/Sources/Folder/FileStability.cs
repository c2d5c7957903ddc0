using CrmSync.Core.Intake;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>
/// Remembers files that changed a moment ago, so that one is not read while it is written. A file whose time lies far enough back
/// needs no memory; that leaves the few young ones, and those whose clock runs ahead of ours.
/// </summary>
/// <remarks>One scan at a time.</remarks>
internal sealed class FileStability(TimeProvider clock, TimeSpan stableFor)
{
    /// <summary>A burst of more young files than this is simply older at the next scan.</summary>
    private const int RememberedMax = 50_000;

    private readonly Dictionary<string, Observation> _observations = new(StringComparer.Ordinal);
    private long _scan;

    public void BeginScan() => _scan++;

    /// <summary>Forgets what the scan did not see again.</summary>
    public void EndScan()
    {
        foreach (var (locator, seen) in _observations)
        {
            if (seen.Scan != _scan)
            {
                _observations.Remove(locator);
            }
        }
    }

    /// <summary>Whether the file may be read. <paramref name="changingFor"/> tells how long it has been seen to change.</summary>
    public bool IsStable(FileStamp file, out TimeSpan changingFor)
    {
        changingFor = TimeSpan.Zero;
        var now = clock.GetUtcNow();
        if (now - file.ModifiedAt >= stableFor)
        {
            return true;
        }

        if (!_observations.TryGetValue(file.Locator, out var seen))
        {
            if (_observations.Count < RememberedMax)
            {
                _observations[file.Locator] = new Observation(file.SizeBytes, file.ModifiedAt, now, now, _scan);
            }

            return false;
        }

        var same = seen.SizeBytes == file.SizeBytes && seen.ModifiedAt == file.ModifiedAt;
        seen = same ? seen with { Scan = _scan } : new Observation(file.SizeBytes, file.ModifiedAt, seen.FirstSeen, now, _scan);
        _observations[file.Locator] = seen;
        changingFor = now - seen.FirstSeen;
        return same && now - seen.Since >= stableFor;
    }

    /// <param name="FirstSeen">When the file was first seen too young.</param>
    /// <param name="Since">Since when it has this size and time.</param>
    private sealed record Observation(long SizeBytes, DateTimeOffset ModifiedAt, DateTimeOffset FirstSeen, DateTimeOffset Since, long Scan);
}
