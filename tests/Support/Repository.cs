namespace CrmSync.TestSupport;

/// <summary>The checked-out tree, for tests about the files in it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Combine(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Files below a folder of the tree, build output left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Combine(folder), pattern, SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts"));

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "CrmSync.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No folder above the tests holds CrmSync.sln."));
}
