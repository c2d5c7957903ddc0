namespace CrmSync.Tests.Rendering;

/// <summary>The files of the repository itself: samples, templates, docs, approved texts.</summary>
internal static class RepositoryFolder
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string Of(params string[] path) => Path.Combine([Root, .. path]);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "CrmSync.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
