using System.Net;

namespace CrmSync.Connectors.Email;

/// <summary>What the connector puts around the note: what the reading system looks for above, what identifies the mail below.</summary>
/// <param name="First">The preset's first line; null for none.</param>
/// <param name="Remark">A sentence for the reader; null for none.</param>
/// <param name="Last">Repeats the Message-ID, for relays that replace the header's (Amazon SES does).</param>
internal sealed record BodyLines(string? First, string? Remark, string Last)
{
    // "-- " alone on a line starts a signature (RFC 3676 section 4.3): mail programs show it in grey and leave it out of answers.
    private const string SignatureLine = "-- ";

    // Where a template wants what the connector adds, so that it stands in the note's own column.
    private const string BelowHere = "<!-- crmsync:below -->";

    public string Text(string note)
    {
        var above = First is null ? string.Empty : $"{First}\n\n";
        var remark = Remark is null ? string.Empty : $"\n{Remark}\n";
        return $"{above}{note.TrimEnd()}\n{remark}\n{SignatureLine}\n{Last}\n";
    }

    /// <param name="picture">HTML that goes below the note.</param>
    public string Html(string note, string picture)
    {
        var above = First is null ? string.Empty : $"<p style=\"margin:8px;font-size:13px;\">{Encoded(First)}</p>\n";
        var remark = Remark is null ? string.Empty : $"<p>{Encoded(Remark)}</p>\n";
        var below = $"\n{picture}{remark}<p style=\"margin:16px 0 0 0;font-size:12px;opacity:0.7;word-break:break-word;\">{Encoded(Last)}</p>\n";

        var open = Position(note, "<body");
        var start = open < 0 ? 0 : note.IndexOf('>', open) + 1;
        var end = Positions(note, BelowHere, "</body").FirstOrDefault(note.Length);
        return $"{note[..start]}{above}{note[start..end]}{below}{note[end..]}";
    }

    private static IEnumerable<int> Positions(string html, params string[] signs) =>
        signs.Select(sign => Position(html, sign)).Where(position => position >= 0);

    private static int Position(string html, string tag) => html.LastIndexOf(tag, StringComparison.OrdinalIgnoreCase);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
