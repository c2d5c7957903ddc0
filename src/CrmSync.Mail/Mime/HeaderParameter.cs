using System.Globalization;
using System.Text;

namespace CrmSync.Mail.Mime;

/// <summary>Parameters of Content-Type and Content-Disposition, in any script (RFC 2231).</summary>
internal static class HeaderParameter
{
    // "; name*00*=" and a semicolon must fit beside it in 76 columns.
    private const int SegmentMax = 50;

    // RFC 2231 attribute-char, the part of it that RFC 5987 keeps.
    private const string AttributeSpecials = "!#$&+-.^_`|~";

    /// <summary>
    /// The tokens for one parameter: quoted where plain ASCII is enough, else in the extended form only. A plain form beside it would win in
    /// Python's parsers; old readers find <see cref="AsciiFallback"/> in the <c>name</c> of Content-Type.
    /// </summary>
    public static IReadOnlyList<string> Tokens(string name, string value) =>
        IsPlain(value) ? [$"{name}=\"{value}\""] : Extended(name, value);

    /// <summary>A readable ASCII name: accents are dropped, anything else becomes an underscore.</summary>
    public static string AsciiFallback(string value)
    {
        var ascii = new StringBuilder(value.Length);
        foreach (var rune in value.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
            {
                ascii.Append('\'');
            }
            else if (rune.IsAscii)
            {
                ascii.Append((char)rune.Value);
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                ascii.Append('_');
            }
        }

        return ascii.ToString();
    }

    // Quotes and backslashes could be escaped, but Ruby's parser does not take that back.
    private static bool IsPlain(string value) => value.All(c => c is >= ' ' and < '\x7f' and not ('"' or '\\'));

    private static List<string> Extended(string name, string value)
    {
        var whole = $"{name}*=utf-8''{Percent(value)}";
        if (whole.Length <= SegmentMax + name.Length)
        {
            return [whole];
        }

        var segments = new List<string>();
        var current = new StringBuilder("utf-8''");
        foreach (var rune in value.EnumerateRunes())
        {
            var percent = Percent(rune.ToString());
            if (current.Length + percent.Length > SegmentMax)
            {
                segments.Add(Segment());
                current.Clear();
            }

            current.Append(percent);
        }

        segments.Add(Segment());
        return segments;

        string Segment() => string.Create(CultureInfo.InvariantCulture, $"{name}*{segments.Count}*={current}");
    }

    private static string Percent(string text)
    {
        var percent = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet < 0x80 && (char.IsAsciiLetterOrDigit((char)octet) || AttributeSpecials.Contains((char)octet)))
            {
                percent.Append((char)octet);
            }
            else
            {
                percent.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }

        return percent.ToString();
    }
}
