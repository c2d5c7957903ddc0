using System.Text;

namespace CrmSync.Core.Rendering.Text;

/// <summary>Cuts HTML that is too long for a CRM: never within a tag or an entity, and every open element is closed.</summary>
public static class HtmlCut
{
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    };

    /// <param name="max">Inclusive, in <paramref name="unit"/>.</param>
    /// <param name="sentence">Plain text that ends a cut note, from the number of characters of text (tags not counted) that are missing.</param>
    public static CutText Cut(string html, int max, TextUnit unit, Func<int, string> sentence)
    {
        if (TextCut.Length(html, unit) <= max)
        {
            return new CutText(html, 0);
        }

        var tokens = HtmlTokens.Of(html).ToList();
        var all = tokens.Where(token => token.Kind is HtmlTokenKind.Text).Sum(token => token.Text.Length);
        var pointerRoom = TextCut.Length(Paragraph(sentence(all)), unit);
        var (kept, keptText) = Keep(tokens, max - pointerRoom, unit);
        var text = kept + Paragraph(sentence(all - keptText));
        return new CutText(TextCut.Length(text, unit) <= max ? text : string.Empty, all - keptText);
    }

    /// <inheritdoc cref="Cut(string, int, TextUnit, Func{int, string})"/>
    public static CutText Cut(string html, int max, TextUnit unit, string fileName, string language = "en") =>
        Cut(html, max, unit, missing => Language.Phrases.For(language).CutPointer(missing, fileName));

    /// <summary>The longest beginning that fits with its closing tags, and how many characters of text are in it.</summary>
    private static (string Html, int Text) Keep(List<HtmlToken> tokens, int max, TextUnit unit)
    {
        var kept = new StringBuilder();
        var open = new Stack<string>();
        var (used, closing, text) = (0, 0, 0);

        foreach (var token in tokens)
        {
            var opens = token.Kind is HtmlTokenKind.Open && !Void.Contains(token.Name);
            var closes = token.Kind is HtmlTokenKind.Close && open.TryPeek(out var inner) && inner.Equals(token.Name, StringComparison.OrdinalIgnoreCase);
            var after = closing + (opens ? token.Name.Length + 3 : closes ? -(token.Name.Length + 3) : 0);
            var length = TextCut.Length(token.Text, unit);
            if (used + length + after > max)
            {
                break;
            }

            (used, closing) = (used + length, after);
            text += token.Kind is HtmlTokenKind.Text ? token.Text.Length : 0;
            kept.Append(token.Text);
            if (opens)
            {
                open.Push(token.Name);
            }
            else if (closes)
            {
                open.Pop();
            }
        }

        return (open.Aggregate(kept, (html, name) => html.Append("</").Append(name).Append('>')).ToString(), text);
    }

    private static string Paragraph(string text) => $"<p>{System.Net.WebUtility.HtmlEncode(text)}</p>";
}
