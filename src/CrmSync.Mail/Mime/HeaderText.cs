using System.Buffers;
using System.Text;

namespace CrmSync.Mail.Mime;

/// <summary>Text from outside on its way into a header.</summary>
internal static class HeaderText
{
    // Longer words are encoded, so that a line can always be folded well below the 998 octets of RFC 5322 section 2.1.1.
    private const int PlainWordMax = 400;

    // RFC 2047 section 5 (3), the narrowest set: also valid in a phrase before an address.
    private static readonly SearchValues<char> Atom =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");

    /// <summary>One line: control characters and white space of any kind become single spaces, the ends are trimmed.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().TrimEnd(' ');
    }

    /// <summary>True when the word means itself to every decoder.</summary>
    public static bool IsPlainWord(string word) =>
        word.Length <= PlainWordMax
        && word.All(c => c is > ' ' and < '\x7f')
        && !word.Contains("=?", StringComparison.Ordinal)
        // Decoders that work with regular expressions take it for the end of an encoded word.
        && !word.Contains("?=", StringComparison.Ordinal);

    public static bool IsAtom(string word) => IsPlainWord(word) && !word.AsSpan().ContainsAnyExcept(Atom);

    /// <summary>RFC 5322 field name: printable ASCII without colon.</summary>
    public static bool IsFieldName(string name) =>
        name.Length is > 0 and <= 70 && name.All(c => c is > ' ' and < '\x7f' and not ':');

    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
