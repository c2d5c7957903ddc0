using System.Text.RegularExpressions;
using CrmSync.Core.Deliveries;
using CrmSync.Scripting;

namespace CrmSync.Core.Rendering.Templates;

/// <summary>One template of the folder, compiled.</summary>
/// <param name="Name">Path inside the folder, with forward slashes: <c>salesforce/case-comment.es.sbn-txt</c>.</param>
/// <param name="Folder"><c>salesforce</c>: a kind of connector, a connector, or <c>shared</c>; empty at the root.</param>
/// <param name="Part"><c>case-comment</c>: the part of a note it fills.</param>
/// <param name="Language">Language of the variant; null for the file without one.</param>
/// <param name="Html"><c>.sbn-html</c>: every expression is escaped.</param>
public sealed partial record TemplateFile(string Name, string Folder, string Part, string? Language, bool Html, ParseResult Parsed)
{
    /// <summary>Partials, included by others.</summary>
    public bool IsShared => Folder.Equals("shared", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the name is not of the form <c>FOLDER/PART[.LANGUAGE].sbn-txt|sbn-html</c>.</summary>
    public static TemplateFile? Read(TemplateSource source) => FileName().Match(source.File) is { Success: true } match
        ? new TemplateFile(
            source.File,
            match.Groups["folder"].Value.TrimEnd('/'),
            match.Groups["part"].Value,
            match.Groups["language"] is { Success: true, Value: var language } ? language : null,
            match.Groups["format"].Value is "html",
            Template.Parse(source.Text, source.File))
        : null;

    /// <summary>A template that stands in the settings; named after the part it fills.</summary>
    public static TemplateFile Written(NotePartSpec part)
    {
        var name = $"settings:{part.Name}";
        return new TemplateFile(name, string.Empty, part.Name, Language: null, part.Html, Template.Parse(part.Text!, name));
    }

    [GeneratedRegex(
        @"^(?<folder>(?:[^/]+/)*)(?<part>[^/.]+)(?:\.(?<language>[a-z]{2}(?:-[A-Za-z0-9]{2,8})?))?\.sbn-(?<format>txt|html)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}
