using System.Text;
using CrmSync.Scripting.Runtime;
using static CrmSync.Scripting.Builtins.Library;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>html</c> (Scriban builtins reference, "html functions"), and <c>raw</c>.</summary>
internal static class HtmlBuiltins
{
    private const string UrlReserved = ";/?:@&=+$,#[]!'()*-_.~";

    public static BuiltinGroup Group { get; } = new("html",
    [
        Markup("strip", "text", a => Map(a, Strip)),
        Markup("escape", "text", Escape),
        Markup("newline_to_br", "text", NewlineToBr),
        Markup("url_encode", "text", a => Map(a, Uri.EscapeDataString)),
        Markup("url_escape", "text", a => Map(a, UrlEscape)),
    ]);

    /// <summary>Vouches for a text: it is written without escaping. Whoever passes data through it answers for that data.</summary>
    public static BuiltinFunction Raw { get; } = Function("raw", "text", a => a[0] is null ? null : new SafeText(a.Text(0)));

    private static KeyValuePair<string, object?> Markup(string name, string signature, BuiltinBody body) => Define("html", name, signature, body);

    /// <summary>Under <see cref="Encoder.Html"/>, text that is safe already stays as it is, so that nothing is escaped twice.</summary>
    private static object? Escape(Arguments a)
    {
        if (a[0] is null || (a[0] is SafeText && a.Run.Encoder == Encoder.Html))
            return a[0];

        var text = a.Text(0);
        a.Run.ChargeText(a.Site, text.Length);
        return new SafeText(Checked(a, Html.Encode(text)));
    }

    /// <summary>A <c>br</c> before each line end. Under <see cref="Encoder.Html"/> the text itself is escaped first.</summary>
    private static object? NewlineToBr(Arguments a)
    {
        if (a[0] is null)
            return null;

        var text = a.Text(0);
        a.Run.ChargeText(a.Site, text.Length);

        if (a.Run.Encoder == Encoder.Html && a[0] is not SafeText)
            text = Html.Encode(text);

        text = text.ReplaceLineEndings("\n").Replace("\n", "<br />\n", StringComparison.Ordinal);
        return new SafeText(Checked(a, text));
    }

    /// <summary>Takes tags, comments and the contents of scripts and styles away, in one pass over the text.</summary>
    private static string Strip(string text)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        var lastClose = text.LastIndexOf('>');

        while (at < text.Length)
        {
            var open = text.IndexOf('<', at);
            if (open < 0 || open > lastClose || !StartsMarkup(text, open))
            {
                var end = open < 0 ? text.Length : open + 1;
                result.Append(text, at, end - at);
                at = end;
                continue;
            }

            result.Append(text, at, open - at);
            at = MarkupEnd(text, open);
        }

        return result.ToString();
    }

    /// <summary>A lone &lt; as in <c>3 &lt; 4</c> is text.</summary>
    private static bool StartsMarkup(string text, int open) =>
        open + 1 < text.Length && (char.IsAsciiLetter(text[open + 1]) || text[open + 1] is '/' or '!' or '?');

    private static int MarkupEnd(string text, int open)
    {
        if (StartsWith(text, open, "<!--"))
            return After(text, open, "-->");

        if (StartsWith(text, open, "<script"))
            return After(text, After(text, open, "</script") - 1, ">");

        if (StartsWith(text, open, "<style"))
            return After(text, After(text, open, "</style") - 1, ">");

        return After(text, open, ">");
    }

    private static bool StartsWith(string text, int at, string value) =>
        string.Compare(text, at, value, 0, value.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private static int After(string text, int from, string value)
    {
        var at = text.IndexOf(value, from, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? text.Length : at + value.Length;
    }

    /// <summary>Escapes what no URL may hold, and leaves the characters that give a URL its structure.</summary>
    private static string UrlEscape(string text)
    {
        var result = new StringBuilder(text.Length + 16);

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || UrlReserved.Contains((char)rune.Value, StringComparison.Ordinal)))
                result.Append((char)rune.Value);
            else
                result.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return result.ToString();
    }
}
