using CrmSync.Scripting;

namespace CrmSync.Core.Rendering.Templates;

/// <summary>Reads a folder of templates, once, at start.</summary>
public static class TemplateFolder
{
    /// <summary>Every <c>*.sbn-*</c> below the folder, by its path with forward slashes; null when there is no such folder.</summary>
    public static MemoryTemplateLoader? Read(string folder) => !Directory.Exists(folder) ? null
        : new MemoryTemplateLoader(Directory.EnumerateFiles(folder, "*.sbn-*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), File: file))
            .Where(entry => !IsShadow(entry.Name))
            .ToDictionary(entry => entry.Name, entry => File.ReadAllText(entry.File), StringComparer.Ordinal));

    // A volume of Kubernetes holds each file a second time below ..data and ..2026_11_23_...
    private static bool IsShadow(string name) => name.StartsWith("..", StringComparison.Ordinal);
}
