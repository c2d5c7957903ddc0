using System.IO.Enumeration;

namespace CrmSync.Connectors.Sources.Folder;

/// <summary>A name the listing found.</summary>
/// <param name="Locator">Below the root, with <c>/</c> between folders.</param>
/// <param name="IsFile">False for links and folders that carry a session's name. Pipes and sockets show only when opened.</param>
internal readonly record struct ListedName(string Locator, long SizeBytes, DateTimeOffset ModifiedAt, bool IsFile);

/// <summary>Streams the names below a folder as the file system gives them: nothing is sorted, collected or followed.</summary>
internal sealed class FolderListing : FileSystemEnumerator<ListedName>
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        ReturnSpecialDirectories = false,
    };

    private static readonly string[] Unfinished = [".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~"];

    // What the framework answers for the attributes of what is not there.
    private const FileAttributes Missing = (FileAttributes)(-1);

    private readonly string _root;
    private readonly string _pattern;
    private readonly string? _archive;
    private readonly bool _rootIsOpen;

    /// <exception cref="IOException">The root cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The root may not be listed.</exception>
    public FolderListing(string root, string pattern, string? archive)
        : base(root, Everything)
    {
        _root = root;
        _pattern = pattern;
        _archive = archive;
        _rootIsOpen = true;
    }

    /// <summary>Folders below the root that may not be listed.</summary>
    public int FoldersDenied { get; private set; }

    /// <summary>One name as the listing would give it; null when it is not there, or the listing would leave it out.</summary>
    /// <exception cref="IOException">The disk or share failed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public ListedName? Find(string locator)
    {
        var names = locator.Split('/');
        if (!IsSession(names[^1]) || Array.Exists(names, name => IsHidden(name)))
        {
            return null;
        }

        var path = _root;
        foreach (var name in names.AsSpan(..^1))
        {
            path = System.IO.Path.Combine(path, name);
            if (path == _archive || IsLink(new DirectoryInfo(path).Attributes))
            {
                return null;
            }
        }

        var found = new FileInfo(System.IO.Path.Combine(path, names[^1]));
        if (found.Attributes == Missing)
        {
            return null;
        }

        var isFile = !IsLink(found.Attributes) && !found.Attributes.HasFlag(FileAttributes.Directory);
        return new ListedName(locator, isFile ? found.Length : 0, FileTimes.ToMilliseconds(found.LastWriteTimeUtc), isFile);
    }

    protected override bool ShouldIncludeEntry(ref FileSystemEntry entry) => IsSession(entry.FileName);

    /// <summary>Not into links (they may leave the root), hidden folders (<c>.snapshot</c>) and our own archive.</summary>
    protected override bool ShouldRecurseIntoEntry(ref FileSystemEntry entry) =>
        !IsLink(entry.Attributes) && !IsHidden(entry.FileName) && (_archive is null || entry.ToFullPath() != _archive);

    protected override ListedName TransformEntry(ref FileSystemEntry entry)
    {
        var locator = System.IO.Path.GetRelativePath(_root, entry.ToFullPath());
        var isFile = !IsLink(entry.Attributes) && !entry.IsDirectory;
        return new ListedName(
            System.IO.Path.DirectorySeparatorChar == '/' ? locator : locator.Replace('\\', '/'),
            isFile ? entry.Length : 0,
            FileTimes.ToMilliseconds(entry.LastWriteTimeUtc),
            isFile);
    }

    /// <summary>A folder below that is closed to us does not stop the others; anything else means the disk or share is in trouble.</summary>
    protected override bool ContinueOnError(int error)
    {
        if (!_rootIsOpen || !PosixErrors.IsDenied(error))
        {
            return false;
        }

        FoldersDenied++;
        return true;
    }

    private bool IsSession(ReadOnlySpan<char> name) =>
        !IsHidden(name) && !IsUnfinished(name) && FileSystemName.MatchesSimpleExpression(_pattern, name, ignoreCase: true);

    private static bool IsLink(FileAttributes attributes) => attributes != Missing && attributes.HasFlag(FileAttributes.ReparsePoint);

    private static bool IsHidden(ReadOnlySpan<char> name) => name is ['.', ..];

    private static bool IsUnfinished(ReadOnlySpan<char> name)
    {
        foreach (var ending in Unfinished)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
