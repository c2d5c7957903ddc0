using CrmSync.Core.Rendering;
using CrmSync.Core.Rendering.Templates;
using CrmSync.Scripting;

namespace CrmSync.Console.Views;

/// <summary>The folder of templates on disk.</summary>
/// <param name="folder">In full.</param>
internal sealed class TemplateFiles(string folder)
{
    public static TemplateFiles Of(NoteOptions notes) => new(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, notes.TemplatesFolder)));

    public TemplateStore Read(string language) =>
        TemplateStore.Of(TemplateFolder.Read(folder) ?? new MemoryTemplateLoader(new Dictionary<string, string>(StringComparer.Ordinal)), language);

    /// <summary>Replaces the file at once and as a whole: whoever reads it sees the old text or the new one.</summary>
    /// <param name="name">Of a template that was read from the folder.</param>
    public async Task<TemplateSaved> WriteAsync(string name, string before, string after, CancellationToken cancel)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ArgumentException("A template lies inside the folder of templates.", nameof(name));
        }

        var beside = $"{path}.saving";
        try
        {
            if (await File.ReadAllTextAsync(path, cancel) != before)
            {
                return new TemplateSaved.ChangedMeanwhile();
            }

            await File.WriteAllTextAsync(beside, after, cancel);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(beside, File.GetUnixFileMode(path));
            }

            File.Move(beside, path, overwrite: true);
            return new TemplateSaved.Done();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new TemplateSaved.NotWriteable(path, LineDiff.Unified(name, before, after));
        }
    }
}

/// <summary>What became of a template that was to be saved. The list is closed.</summary>
internal abstract record TemplateSaved
{
    private TemplateSaved()
    {
    }

    public sealed record Done : TemplateSaved;

    /// <summary>It has errors: nothing was written.</summary>
    public sealed record Broken : TemplateSaved;

    /// <summary>Somebody else wrote the file since it was opened.</summary>
    public sealed record ChangedMeanwhile : TemplateSaved;

    /// <param name="Diff">What a person has to do to the file.</param>
    public sealed record NotWriteable(string Path, string Diff) : TemplateSaved;
}
