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

    protected override bool ShouldIncludeEntry(ref FileSystemEntry entry) =>
        !IsHidden(entry.FileName) && !IsUnfinished(entry.FileName)
        && FileSystemName.MatchesSimpleExpression(_pattern, entry.FileName, ignoreCase: true);

    /// <summary>Not into links (they may leave the root), hidden folders (<c>.snapshot</c>) and our own archive.</summary>
    protected override bool ShouldRecurseIntoEntry(ref FileSystemEntry entry) =>
        !IsLink(ref entry) && !IsHidden(entry.FileName) && (_archive is null || entry.ToFullPath() != _archive);

    protected override ListedName TransformEntry(ref FileSystemEntry entry)
    {
        var locator = System.IO.Path.GetRelativePath(_root, entry.ToFullPath());
        var isFile = !IsLink(ref entry) && !entry.IsDirectory;
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

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != FileAttributes.None;

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
