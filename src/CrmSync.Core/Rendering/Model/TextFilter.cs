using CrmSync.Core.Rendering.Redaction;
using CrmSync.Core.Rendering.Text;

namespace CrmSync.Core.Rendering.Model;

/// <summary>The door through which every text of a session enters a note: cleaned, then redacted by its key.</summary>
internal sealed class TextFilter(Redactor redactor)
{
    /// <summary>On one line; null when nothing is left.</summary>
    public string? Line(string key, string? value) => NullIfBlank(value is null ? null : TextClean.Line(redactor.Apply(key, TextClean.Line(value))));

    /// <summary>With its lines, without blank ones at both ends; null when nothing is left.</summary>
    public string? Block(string key, string? value) =>
        NullIfBlank(value is null ? null : redactor.Apply(key, TextClean.Block(value)).Trim('\n').TrimEnd());

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
