using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Core.Rendering.Model;
using CrmSync.Core.Rendering.Templates;
using CrmSync.Core.Sessions;
using CrmSync.Scripting;

namespace CrmSync.Console.Views;

/// <summary>Lists templates, tries changed ones on sessions, and saves them.</summary>
internal sealed class TemplateDesk(
    TemplateStore store, TemplateFiles files, NoteModelBuilder models, NoteOptions notes, IReadOnlyList<IConnector> connectors, TimeProvider clock)
{
    public IReadOnlyList<TemplateEntry> List() => [.. store.Files.Select(file => new TemplateEntry(file, UsersOf(file), ProblemsOf(store, file.Name).Count))];

    /// <summary>Null when there is no such template.</summary>
    public TemplateEntry? Find(string name) => List().FirstOrDefault(entry => entry.File.Name == name);

    public string? TextOf(string name) => store.Loader.Load(name)?.Text;

    /// <summary>What <paramref name="text"/> in the place of the template would make of a session, for each connector that uses it.</summary>
    public TemplatePreview Preview(TemplateEntry entry, string text, SessionMetadata? session)
    {
        var changed = With(entry.File.Name, text);
        var problems = ProblemsOf(changed, entry.File.Name);
        if (session is null)
        {
            return new TemplatePreview(problems, []);
        }

        // The session speaks the template's language here, so that this file is the one that is rendered.
        var renderer = new NoteRenderer(changed, models, notes, clock);
        var spoken = session with { Lang = entry.File.Language ?? (entry.File.IsShared ? session.Lang : null) };
        return new TemplatePreview(
            problems,
            [.. connectors.Where(connector => entry.UsedBy.Contains(connector.Name, StringComparer.Ordinal)).Select(connector => new ConnectorNote(
                connector.Name, NoteSheet.Of(renderer.Render(new NoteRequest(spoken, connector.Name, connector.Traits)), connector.Traits)))]);
    }

    /// <summary>Writes the template where its folder is writeable, and lets the worker go on with it.</summary>
    /// <param name="before">The text that the change was made on.</param>
    public async Task<TemplateSaved> SaveAsync(TemplateEntry entry, string before, string after, CancellationToken cancel)
    {
        if (ProblemsOf(With(entry.File.Name, after), entry.File.Name).Count > 0)
        {
            return new TemplateSaved.Broken();
        }

        var answer = await files.WriteAsync(entry.File.Name, before, after, cancel);
        if (answer is TemplateSaved.Done)
        {
            store.Take(files.Read(notes.Language));
        }

        return answer;
    }

    private TemplateStore With(string name, string text)
    {
        var texts = store.Loader.Names.ToDictionary(known => known, known => store.Loader.Load(known)!.Text, StringComparer.Ordinal);
        texts[name] = text;
        return TemplateStore.Of(new MemoryTemplateLoader(texts), notes.Language);
    }

    private List<Diagnostic> ProblemsOf(TemplateStore templates, string name) =>
        [.. TemplateReview.Of(templates, [.. connectors.Select(connector => (connector.Name, connector.Traits))]).Problems.Where(problem => problem.File == name)];

    // A shared one may be included by any.
    private List<string> UsersOf(TemplateFile file) =>
    [
        .. connectors
            .Where(connector => file.IsShared
                || (IsFolderOf(file, connector) && connector.Traits.NoteParts.Any(part => part.Name == file.Part && part.Html == file.Html)))
            .Select(connector => connector.Name),
    ];

    private static bool IsFolderOf(TemplateFile file, IConnector connector) =>
        file.Folder.Equals(connector.Name, StringComparison.OrdinalIgnoreCase) || file.Folder.Equals(connector.Traits.Kind, StringComparison.OrdinalIgnoreCase);
}

/// <param name="UsedBy">Connectors by name.</param>
/// <param name="Problems">How many errors it has now.</param>
public sealed record TemplateEntry(TemplateFile File, IReadOnlyList<string> UsedBy, int Problems)
{
    public string Address => $"/templates/{File.Name}";
}

public sealed record TemplatePreview(IReadOnlyList<Diagnostic> Problems, IReadOnlyList<ConnectorNote> Notes);

public sealed record ConnectorNote(string Connector, NoteSheet Note);
