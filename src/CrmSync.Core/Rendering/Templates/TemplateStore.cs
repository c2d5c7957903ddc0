using System.Collections.Concurrent;
using CrmSync.Core.Deliveries;
using CrmSync.Scripting;

namespace CrmSync.Core.Rendering.Templates;

/// <summary>The templates of a folder, compiled at start, and again when somebody saved one. Thread-safe.</summary>
public sealed class TemplateStore
{
    private readonly ConcurrentDictionary<NotePartSpec, TemplateFile> _written = new();
    private readonly string _defaultLanguage;
    private volatile Content _content;

    private TemplateStore(Content content, string defaultLanguage)
    {
        _content = content;
        _defaultLanguage = defaultLanguage;
    }

    /// <summary>What <c>include</c> reads from.</summary>
    public ITemplateLoader Loader => _content.Loader;

    public IReadOnlyList<TemplateFile> Files => _content.Files;

    /// <summary>Files whose names are not of a template's form; they are never used.</summary>
    public IReadOnlyList<string> Strangers => _content.Strangers;

    public static TemplateStore Of(ITemplateLoader loader, string defaultLanguage)
    {
        var read = loader.Names.Order(StringComparer.Ordinal).Select(name => (Name: name, File: TemplateFile.Read(loader.Load(name)!))).ToList();
        return new TemplateStore(
            new Content(
                loader,
                [.. read.Select(entry => entry.File).OfType<TemplateFile>()],
                [.. read.Where(entry => entry.File is null).Select(entry => entry.Name)]),
            defaultLanguage);
    }

    /// <summary>Goes on with the files of another reading of the folder. A note that is being rendered may still use the old ones.</summary>
    public void Take(TemplateStore newer) => _content = newer._content;

    /// <summary>
    /// The template for a part of a note: of the connector before its kind's; within a folder of the session's language, of its
    /// first two letters, of the default language, without a language; at last what the settings say. Null when there is none.
    /// </summary>
    public StoredTemplate? Find(string connector, string kind, NotePartSpec part, string? language)
    {
        var content = _content;
        foreach (var folder in new[] { connector, kind })
        {
            foreach (var tag in Candidates(language))
            {
                if (content.ByPlace.TryGetValue(Place(folder, part.Name, part.Html, tag), out var file))
                {
                    return new StoredTemplate(file, tag ?? _defaultLanguage);
                }
            }
        }

        return Written(part) is { } own ? new StoredTemplate(own, _defaultLanguage) : null;
    }

    /// <summary>The template of a part that stands in the settings, compiled once; null when it is not written there.</summary>
    public TemplateFile? Written(NotePartSpec part) => part.Text is null ? null : _written.GetOrAdd(part, TemplateFile.Written);

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

    private sealed class Content(ITemplateLoader loader, IReadOnlyList<TemplateFile> files, IReadOnlyList<string> strangers)
    {
        public ITemplateLoader Loader => loader;

        public IReadOnlyList<TemplateFile> Files => files;

        public IReadOnlyList<string> Strangers => strangers;

        public Dictionary<(string Folder, string Part, bool Html, string? Language), TemplateFile> ByPlace { get; } = files
            .GroupBy(file => Place(file.Folder, file.Part, file.Html, file.Language))
            .ToDictionary(group => group.Key, group => group.First());
    }
}

/// <param name="Language">Of its words.</param>
public sealed record StoredTemplate(TemplateFile File, string Language);
