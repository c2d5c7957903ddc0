using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering.Model;
using CrmSync.Scripting;

namespace CrmSync.Core.Rendering.Templates;

/// <summary>What <c>crmsync check</c> says about a folder of templates.</summary>
/// <param name="Problems">Stop the start: templates that cannot be rendered, or that name what does not exist.</param>
/// <param name="Warnings">Files that nothing uses.</param>
public sealed record TemplateReview(IReadOnlyList<Diagnostic> Problems, IReadOnlyList<Diagnostic> Warnings)
{
    /// <param name="connectors">Name and traits of every configured connector.</param>
    public static TemplateReview Of(TemplateStore store, IReadOnlyCollection<(string Name, ConnectorTraits Traits)> connectors)
    {
        List<TemplateFile> all = [.. store.Files, .. connectors.SelectMany(c => c.Traits.NoteParts).Select(store.Written).OfType<TemplateFile>()];
        var compiled = all.Where(file => file.Parsed.Ok).ToList();
        var written = compiled.SelectMany(file => TemplateCheck.VariablesWritten(file.Parsed.Template!)).Distinct(StringComparer.Ordinal).ToList();
        return new TemplateReview(
            [
                .. all.SelectMany(file => file.Parsed.Diagnostics),
                .. compiled.SelectMany(file => TemplateCheck.MissingPartials(file.Parsed.Template!, store.Loader)),
                .. compiled.SelectMany(file => TemplateCheck.UnknownMembers(file.Parsed.Template!, NoteSchema.Schema, file.IsShared ? written : [])),
            ],
            [
                .. store.Strangers.Select(name => At(
                    name, "is not named like a template.", "Name it PART.sbn-txt or PART.sbn-html, with a language as in PART.es.sbn-txt.")),
                .. UnusedPartials(store, compiled),
                .. Strays(store, connectors),
            ]);
    }

    /// <summary>The problems as complaints about the configuration.</summary>
    public IEnumerable<Complaint> Complaints(string folder) => Problems.Select(problem => new Complaint(
        $"{folder}/{problem.File}({problem.Line},{problem.Column})",
        problem.Message,
        problem.Hint ?? "Mend the template; 'crmsync preview FILE' shows what it makes."));

    private static IEnumerable<Diagnostic> UnusedPartials(TemplateStore store, List<TemplateFile> compiled)
    {
        var shared = store.Files.Where(file => file.IsShared).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        return TemplateCheck
            .UnusedPartials(compiled.Where(file => !file.IsShared).Select(file => file.Parsed.Template!), store.Loader)
            .Where(unused => shared.Contains(unused.File));
    }

    private static IEnumerable<Diagnostic> Strays(TemplateStore store, IReadOnlyCollection<(string Name, ConnectorTraits Traits)> connectors)
    {
        foreach (var file in store.Files.Where(file => !file.IsShared))
        {
            var owners = connectors.Where(c => Is(c.Name, file.Folder) || Is(c.Traits.Kind, file.Folder)).ToList();
            var parts = owners.SelectMany(owner => owner.Traits.NoteParts).ToList();
            var known = parts.Concat(owners.SelectMany(owner => owner.Traits.OtherParts));
            if (parts.Count > 0 && !known.Any(part => Is(part.Name, file.Part) && part.Html == file.Html))
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
