using System.Globalization;
using System.Text;

namespace CrmSync.Core.Rendering.Text;

/// <summary>Takes out of untrusted text what no reader sees and what changes how other text is read.</summary>
public static class TextClean
{
    /// <summary>
    /// Text with line feeds as its only line ends and without control characters, without the Unicode characters that turn
    /// writing direction around (UAX 9: embeddings, overrides, isolates; the harmless marks stay) and with U+FFFD for half a
    /// surrogate pair. Tabs stay.
    /// </summary>
    public static string Block(string text)
    {
        if (!NeedsWork(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                i += AppendSurrogate(clean, text, i);
            }
            else if (IsLineEnd(text[i]))
            {
                clean.Append('\n');
                i += text[i] is '\r' && i + 1 < text.Length && text[i + 1] is '\n' ? 1 : 0;
            }
            else if (!IsDropped(text[i]))
            {
                clean.Append(text[i]);
            }
        }

        return clean.ToString();
    }

    /// <summary>The same on one line: line ends and tabs become spaces, the ends are trimmed.</summary>
    public static string Line(string text) => Block(text).Replace('\n', ' ').Replace('\t', ' ').Trim();

    private static bool NeedsWork(string text) => text.Any(c => char.IsSurrogate(c) || (IsLineEnd(c) && c is not '\n') || IsDropped(c));

    /// <summary>How many further characters were taken.</summary>
    private static int AppendSurrogate(StringBuilder clean, string text, int at)
    {
        if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
        {
            clean.Append(text, at, 2);
            return 1;
        }

        clean.Append('\uFFFD');
        return 0;
    }

    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsDropped(char c) =>
        (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control && c is not ('\t' or '\n' or '\r' or '\u0085'))
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
}
