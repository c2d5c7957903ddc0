namespace CrmSync.Scripting;

/// <summary>
/// The partials of a folder, read once when it is opened. A name is a path inside the folder, with forward slashes; nothing
/// outside of the folder can be named, because only what was found inside of it is kept.
/// </summary>
public sealed class FolderTemplateLoader : ITemplateLoader
{
    private readonly Dictionary<string, TemplateSource> _sources;

    private FolderTemplateLoader(Dictionary<string, TemplateSource> sources) => _sources = sources;

    public IReadOnlyCollection<string> Names => _sources.Keys;

    /// <summary>Reads all templates (<c>*.sbn-*</c>) of a folder and the folders in it. Links are not followed out of the folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static async Task<FolderTemplateLoader> OpenAsync(string folder, CancellationToken cancel)
    {
        var root = new DirectoryInfo(folder);
        var found = new Dictionary<string, TemplateSource>(StringComparer.Ordinal);

        foreach (var file in root.EnumerateFiles("*.sbn-*", SearchOption.AllDirectories).Where(f => IsInside(root, f)))
        {
            var name = Path.GetRelativePath(root.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            found[name] = new TemplateSource(name, await File.ReadAllTextAsync(file.FullName, cancel));
        }

        return new FolderTemplateLoader(found);
    }

    /// <summary>Null for a name that is unknown, absolute, or climbs with <c>..</c>.</summary>
    public TemplateSource? Load(string name) => _sources.GetValueOrDefault(name.Replace('\\', '/'));

    private static bool IsInside(DirectoryInfo root, FileInfo file)
    {
        var rootPath = Path.TrimEndingDirectorySeparator(Real(root).FullName) + Path.DirectorySeparatorChar;

        for (FileSystemInfo? entry = file; entry is not null; entry = Parent(entry))
        {
            if (Path.TrimEndingDirectorySeparator(entry.FullName) == Path.TrimEndingDirectorySeparator(root.FullName))
                return true;

            if (entry.LinkTarget is not null && !Real(entry).FullName.StartsWith(rootPath, StringComparison.Ordinal))
                return false;
        }

        return false;
    }

    private static FileSystemInfo Real(FileSystemInfo entry) => entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry;

    private static DirectoryInfo? Parent(FileSystemInfo entry) => entry is FileInfo file ? file.Directory : ((DirectoryInfo)entry).Parent;
}
