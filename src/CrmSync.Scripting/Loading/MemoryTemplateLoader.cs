namespace CrmSync.Scripting;

/// <summary>Partials that are given as text.</summary>
public sealed class MemoryTemplateLoader : ITemplateLoader
{
    private readonly Dictionary<string, TemplateSource> _sources;

    /// <param name="texts">The text of each partial by its name.</param>
    public MemoryTemplateLoader(IReadOnlyDictionary<string, string> texts) =>
        _sources = texts.ToDictionary(t => t.Key, t => new TemplateSource(t.Key, t.Value), StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _sources.Keys;

    public TemplateSource? Load(string name) => _sources.GetValueOrDefault(name);
}
