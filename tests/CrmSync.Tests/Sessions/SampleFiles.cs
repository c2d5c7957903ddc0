namespace CrmSync.Tests.Sessions;

/// <summary>Session files that tests run over.</summary>
internal static class SampleFiles
{
    /// <summary>The repository's own, below <c>samples/sessions</c>.</summary>
    public static string Own => Find(Path.Combine("samples", "sessions")) ?? throw new DirectoryNotFoundException("samples/sessions is missing.");

    /// <summary>A folder <c>shared/samples</c> beside the repository, where a team may keep files of its own; null without one.</summary>
    public static string? Shared => Find(Path.Combine("shared", "samples"));

    public static IEnumerable<string> All() =>
        new[] { Own, Shared }.OfType<string>().SelectMany(folder => Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);

    private static string? Find(string below)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, below);
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
