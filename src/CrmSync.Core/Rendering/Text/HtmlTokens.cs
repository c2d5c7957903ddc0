using System.Globalization;

namespace CrmSync.Core.Rendering.Text;

internal enum HtmlTokenKind
{
    Text,
    Open,
    Close,
    Other,
}

/// <param name="Text">As written; of text one grapheme cluster or one entity.</param>
/// <param name="Name">Of an element.</param>
internal readonly record struct HtmlToken(HtmlTokenKind Kind, string Text, string Name);

/// <summary>Reads the HTML that our templates write, into pieces that may not be cut any further.</summary>
internal static class HtmlTokens
{
    // The longest named entity has 33 characters (WHATWG, 13.5).
    private const int EntityCharsMax = 34;

    public static IEnumerable<HtmlToken> Of(string html)
    {
        for (var at = 0; at < html.Length;)
        {
            var token = html[at] switch
            {
                '<' when html.AsSpan(at).StartsWith("<!--") => Comment(html, at),
                '<' => Tag(html, at),
                '&' => Entity(html, at),
                _ => Text(html, at, StringInfo.GetNextTextElementLength(html, at)),
            };
            at += token.Text.Length;
            yield return token;
        }
    }

    private static HtmlToken Comment(string html, int at)
    {
        var end = html.IndexOf("-->", at, StringComparison.Ordinal);
        return new HtmlToken(HtmlTokenKind.Other, end < 0 ? html[at..] : html[at..(end + 3)], string.Empty);
    }

    private static HtmlToken Tag(string html, int at)
    {
        var end = html.IndexOf('>', at);
        var text = end < 0 ? html[at..] : html[at..(end + 1)];
        var name = new string([.. text.Skip(1).SkipWhile(c => c is '/').TakeWhile(char.IsAsciiLetterOrDigit)]);
        var kind = name.Length == 0 || text.EndsWith("/>", StringComparison.Ordinal) ? HtmlTokenKind.Other
            : text.StartsWith("</", StringComparison.Ordinal) ? HtmlTokenKind.Close
            : HtmlTokenKind.Open;
        return new HtmlToken(kind, text, name);
    }

    private static HtmlToken Entity(string html, int at)
    {
        var end = html.IndexOf(';', at, Math.Min(EntityCharsMax, html.Length - at));
        return Text(html, at, end < 0 ? 1 : end - at + 1);
    }

    private static HtmlToken Text(string html, int at, int length) => new(HtmlTokenKind.Text, html.Substring(at, length), string.Empty);
}
