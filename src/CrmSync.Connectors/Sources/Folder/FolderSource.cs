using System.Runtime.CompilerServices;
using CrmSync.Core;
using CrmSync.Core.Intake;
using CrmSync.Core.Sources;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>
/// Session files in a folder and the folders below it. Every scan looks at every name again: files that arrive with an old time, or
/// while no watcher was listening, are found all the same.
/// </summary>
public sealed class FolderSource(string name, FolderSourceOptions options, TimeProvider clock) : ISessionSource
{
    private readonly FileStability _stability = new(clock, options.StableFor);
    private readonly string _root = Path.GetFullPath(options.Path);
    private readonly string? _archive = string.IsNullOrWhiteSpace(options.ArchiveTo) ? null : Path.GetFullPath(options.ArchiveTo);

    public string Name => name;

    public SourceOptions Options => options;

    /// <summary>For the log: <c>inbox (/data/inbox)</c>.</summary>
    public override string ToString() => $"{name} ({_root})";

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFile> DiscoverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        _stability.BeginScan();
        using var listing = Open();
        while (Next(listing))
        {
            cancel.ThrowIfCancellationRequested();
            if (Examine(listing.Current) is { } file)
            {
                yield return file;
            }
        }

        _stability.EndScan();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFile> DiscoverAsync(IReadOnlyList<string> locators, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        using var listing = Open();
        foreach (var locator in locators)
        {
            cancel.ThrowIfCancellationRequested();
            if (Find(listing, locator) is { } found && Examine(found) is { } file)
            {
                yield return file;
            }
        }
    }

    /// <inheritdoc/>
    public Task<SourceContent> ReadAsync(SourceFile file, CancellationToken cancel) => Task.FromResult(Read(file, cancel));

    /// <inheritdoc/>
    public Task<Fault?> ArchiveAsync(SourceFile file, CancellationToken cancel) =>
        Task.FromResult(_archive is not null && FullPathOf(file.Stamp.Locator) is { } path
            ? FolderArchive.Move(path, file.Stamp, Path.Combine(_archive, file.Stamp.Locator))
            : null);

    /// <inheritdoc/>
    public IDisposable? Watch(Action<IReadOnlyList<string>?> wake) => FolderWatch.Start(_root, options.Pattern, options.StableFor, wake, clock);

    private SourceContent Read(SourceFile file, CancellationToken cancel)
    {
        if (FullPathOf(file.Stamp.Locator) is not { } path)
        {
            return new SourceContent.Refused(new Fault(ReasonCodes.NameInvalid, "The name leads out of the source's folder."));
        }

        if (file.Stamp.SizeBytes > options.FileBytesMax)
        {
            return new SourceContent.Refused(new Fault(
                ReasonCodes.TooLarge, $"The file has {file.Stamp.SizeBytes} bytes, {options.FileBytesMax} are allowed."));
        }

        using var handle = RegularFile.Open(path, out var problem);
        return handle is null
            ? Unopened(file, problem)
            : FileContent.Read(handle, file.Stamp, options.FileBytesMax, cancel);
    }

    private static SourceContent Unopened(SourceFile file, OpenProblem problem) => problem switch
    {
        // The listing shows bytes that are no text as U+FFFD, and then the name it shows does not exist.
        OpenProblem.Gone when file.Stamp.Locator.Contains('\uFFFD', StringComparison.Ordinal) =>
            new SourceContent.Refused(new Fault(ReasonCodes.NameInvalid, "The name holds bytes that are no text.")),
        OpenProblem.Gone => new SourceContent.Vanished(),
        OpenProblem.NotRegular => new SourceContent.Refused(new Fault(ReasonCodes.NotRegularFile, "It is no ordinary file.")),
        OpenProblem.Denied => new SourceContent.Refused(new Fault(ReasonCodes.FileDenied, "Opening it was denied.")),
        _ => new SourceContent.Refused(new Fault(ReasonCodes.FileUnreadable, "Opening it failed.")),
    };

    private SourceFile? Examine(ListedName found)
    {
        var stamp = new FileStamp(found.Locator, found.SizeBytes, found.ModifiedAt);
        if (!found.IsFile)
        {
            return new SourceFile(stamp, new Fault(ReasonCodes.NotRegularFile, "It is a link or a folder."));
        }

        if (_stability.IsStable(stamp, out var changingFor))
        {
            return new SourceFile(stamp);
        }

        return changingFor > options.IncompleteAfter
            ? new SourceFile(stamp, new Fault(ReasonCodes.PickupIncomplete, $"It has been changing for {changingFor.TotalMinutes:0} minutes."))
            : null;
    }

    private FolderListing Open()
    {
        try
        {
            return options.Marker is { Length: > 0 } marker && !Path.Exists(Path.Combine(_root, marker))
                ? throw Unreachable($"{_root} lacks {marker}, which tells that the share is mounted.", inner: null)
                : new FolderListing(_root, options.Pattern, _archive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreachable($"{_root} cannot be listed: {Short(e)}.", e);
        }
    }

    private bool Next(FolderListing listing)
    {
        try
        {
            return listing.MoveNext();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreachable($"Listing {_root} broke off: {Short(e)}.", e);
        }
    }

    // What cannot be looked at on its own is the next scan's, which can tell a file in trouble from a share in trouble.
    private static ListedName? Find(FolderListing listing, string locator)
    {
        try
        {
            return listing.Find(locator);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Short(Exception e) => e switch
    {
        DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "access is denied",
        _ => "the disk or share failed",
    };

    private static SourceException Unreachable(string message, Exception? inner) =>
        new(new Fault(ReasonCodes.SourceUnreachable, message), inner);

    /// <summary>Null when the locator would leave the root.</summary>
    private string? FullPathOf(string locator)
    {
        if (locator.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var path = Path.GetFullPath(Path.Combine(_root, locator));
        return path.StartsWith(_root.EndsWith(Path.DirectorySeparatorChar) ? _root : _root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : null;
    }
}
