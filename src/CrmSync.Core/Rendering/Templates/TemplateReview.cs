using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Scripting;

namespace CrmSync.Core.Rendering.Templates;

/// <summary>What <c>crmsync check</c> says about a folder of templates.</summary>
/// <param name="Problems">Stop the start: templates that cannot be rendered, or that name what does not exist.</param>
/// <param name="Warnings">Files that nothing uses.</param>
public sealed record TemplateReview(IReadOnlyList<Diagnostic> Problems, IReadOnlyList<Diagnostic> Warnings)
{
    /// <param name="connectors">Name and traits of every configured connector.</param>
    public static TemplateReview Of(TemplateStore store, IReadOnlyCollection<(string Name, ConnectorTraits Traits)> connectors) => new(
        [
            .. store.Files.SelectMany(file => file.Parsed.Diagnostics),
            .. MissingPartials(store),
        ],
        [
            .. store.Strangers.Select(name => At(name, "is not named like a template.", "Name it PART.sbn-txt or PART.sbn-html, with a language as in PART.es.sbn-txt.")),
            .. UnusedPartials(store),
            .. Strays(store, connectors),
        ]);

    /// <summary>The problems as complaints about the configuration.</summary>
    public IEnumerable<Complaint> Complaints(string folder) => Problems.Select(problem => new Complaint(
        $"{folder}/{problem.File}({problem.Line},{problem.Column})", problem.Message, problem.Hint ?? "Mend the template; 'crmsync preview FILE' shows what it makes."));

    private static IEnumerable<Diagnostic> MissingPartials(TemplateStore store) =>
        from file in store.Files
        from name in file.Includes
        where store.Loader.Load(name) is null
        select At(file.Name, $"includes '{name}', which does not exist.", NearestName.Hint(name, store.Files.Where(f => f.IsShared).Select(f => f.Name)));

    private static IEnumerable<Diagnostic> UnusedPartials(TemplateStore store)
    {
        var used = store.Files.SelectMany(file => file.Includes).ToHashSet(StringComparer.Ordinal);
        return store.Files
            .Where(file => file.IsShared && !used.Contains(file.Name))
            .Select(file => At(file.Name, "is included by no template.", $"Write {{{{ include '{file.Name}' }}}} where it belongs, or delete it."));
    }

    private static IEnumerable<Diagnostic> Strays(TemplateStore store, IReadOnlyCollection<(string Name, ConnectorTraits Traits)> connectors)
    {
        foreach (var file in store.Files.Where(file => !file.IsShared))
        {
            var parts = connectors
                .Where(c => Is(c.Name, file.Folder) || Is(c.Traits.Kind, file.Folder))
                .SelectMany(owner => owner.Traits.NoteParts)
                .ToList();
            if (parts.Count > 0 && !parts.Any(part => Is(part.Name, file.Part) && part.Html == file.Html))
            {
                var names = parts.Select(part => NameOf(part.Name, part.Html)).Distinct(StringComparer.Ordinal);
                yield return At(file.Name, "is not a part that the connector asks for.", NearestName.Hint(NameOf(file.Part, file.Html), names));
            }
        }
    }

    private static Diagnostic At(string file, string message, string hint) => new(file, 1, 1, message, hint);

    private static bool Is(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string part, bool html) => $"{part}.sbn-{(html ? "html" : "txt")}";
}
