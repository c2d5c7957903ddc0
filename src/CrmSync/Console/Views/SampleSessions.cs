namespace CrmSync.Console.Views;

/// <summary>The invented session files beside the program: something to look at templates with before the first real session.</summary>
internal sealed class SampleSessions
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples", "sessions");

    /// <summary>File names without extension: <c>call-70112</c>.</summary>
    public IReadOnlyList<string> Names { get; } = !Directory.Exists(Folder) ? []
        : [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Null for a name that is none of <see cref="Names"/>.</summary>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancel) =>
        Names.Contains(name, StringComparer.Ordinal) ? await File.ReadAllBytesAsync(Path.Combine(Folder, $"{name}.json"), cancel) : null;
}
