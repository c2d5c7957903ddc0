using CrmSync.Core.Deliveries;
using CrmSync.Scripting;

namespace CrmSync.Core.Rendering.Templates;

/// <summary>The templates of a folder, compiled once at start.</summary>
public sealed class TemplateStore
{
    private readonly Dictionary<(string Folder, string Part, bool Html, string? Language), TemplateFile> _byPlace;
    private readonly string _defaultLanguage;

    private TemplateStore(ITemplateLoader loader, IReadOnlyList<TemplateFile> files, IReadOnlyList<string> strangers, string defaultLanguage)
    {
        Loader = loader;
        Files = files;
        Strangers = strangers;
        _defaultLanguage = defaultLanguage;
        _byPlace = files
            .GroupBy(file => Place(file.Folder, file.Part, file.Html, file.Language))
            .ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>What <c>include</c> reads from.</summary>
    public ITemplateLoader Loader { get; }

    public IReadOnlyList<TemplateFile> Files { get; }

    /// <summary>Files whose names are not of a template's form; they are never used.</summary>
    public IReadOnlyList<string> Strangers { get; }

    public static TemplateStore Of(ITemplateLoader loader, string defaultLanguage)
    {
        var read = loader.Names.Order(StringComparer.Ordinal).Select(name => (Name: name, File: TemplateFile.Read(loader.Load(name)!))).ToList();
        return new TemplateStore(
            loader,
            [.. read.Select(entry => entry.File).OfType<TemplateFile>()],
            [.. read.Where(entry => entry.File is null).Select(entry => entry.Name)],
            defaultLanguage);
    }

    /// <summary>
    /// The template for a part of a note: of the connector before its kind's; within a folder of the session's language, of its
    /// first two letters, of the default language, without a language. Null when there is none.
    /// </summary>
    public StoredTemplate? Find(string connector, string kind, NotePartSpec part, string? language)
    {
        foreach (var folder in new[] { connector, kind })
        {
            foreach (var tag in Candidates(language))
            {
                if (_byPlace.TryGetValue(Place(folder, part.Name, part.Html, tag), out var file))
                {
                    return new StoredTemplate(file, tag ?? _defaultLanguage);
                }
            }
        }

        return null;
    }

    private IEnumerable<string?> Candidates(string? language)
    {
        if (!string.IsNullOrWhiteSpace(language))
        {
            var tag = language.Trim().Replace('_', '-');
            yield return tag;
            yield return tag.Split('-')[0];
        }

        yield return _defaultLanguage;
        yield return null;
    }

    private static (string Folder, string Part, bool Html, string? Language) Place(string folder, string part, bool html, string? language) =>
        (folder.ToLowerInvariant(), part.ToLowerInvariant(), html, language?.ToLowerInvariant());
}

/// <param name="Language">Of its words.</param>
public sealed record StoredTemplate(TemplateFile File, string Language);
