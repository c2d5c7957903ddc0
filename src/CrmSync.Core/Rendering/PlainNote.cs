using System.Net;
using System.Text;
using CrmSync.Core.Rendering.Model;

namespace CrmSync.Core.Rendering;

/// <summary>
/// The note that goes out when a template fails: what agents wrote, and nothing that could fail again. Code on purpose: it must not
/// depend on a file that somebody edits.
/// </summary>
internal static class PlainNote
{
    /// <summary>What stands in for a part: one line for a subject, nothing for a value of a field, text or HTML for anything else.</summary>
    public static string? Part(string name, bool html, NoteModel model) => name switch
    {
        _ when IsField(name) => null,
        _ when IsSubject(name) => model.Headline,
        _ => html ? Html(model) : Text(model),
    };

    /// <summary>By its name: <c>subject</c>, <c>task-subject</c>.</summary>
    public static bool IsSubject(string name) => name.EndsWith("subject", StringComparison.OrdinalIgnoreCase);

    // A whole note in a field of the record would be worse than none: field-360001, tags.
    private static bool IsField(string name) => name is "tags" || name.StartsWith("field-", StringComparison.OrdinalIgnoreCase);

    private static string Text(NoteModel model)
    {
        var note = new StringBuilder(model.Headline).Append('\n');
        foreach (var agent in model.Agents)
        {
            note.Append('\n').Append(agent.Name);
            note.Append(agent.DispositionPath is { } path ? $": {path}\n" : "\n");
            note.Append(agent.Note is { } text ? $"{text}\n" : string.Empty);
        }

        if (model.Times.When is { } when)
        {
            note.Append('\n').Append(when).Append(" (").Append(model.Times.Zone).Append(")\n");
        }

        return note.Append(model.Delivery.FileName ?? model.Session.Metadata.Key.Local).ToString();
    }

    private static string Html(NoteModel model) =>
        $"<p>{WebUtility.HtmlEncode(Text(model)).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>";
}
