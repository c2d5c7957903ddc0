using System.Text;

namespace CrmSync.Mail.Mime;

/// <summary>Chooses how a text part travels: as it is when nothing can happen to it, else quoted-printable or base64.</summary>
internal static class TextEncoding
{
    private const int LineMax = 76;

    // Above this share of non-ASCII octets base64 is shorter than quoted-printable: 3 octets for one against 4 for three.
    private const double QuotedShareMax = 0.17;

    /// <returns>The name for Content-Transfer-Encoding, and the text so encoded.</returns>
    public static (string Name, byte[] Body) Encode(string text)
    {
        var bytes = Utf8(text);
        return IsSafe(bytes) ? ("7bit", bytes)
            : bytes.Count(b => b is >= 127 or < 32 and not (9 or 10 or 13)) <= bytes.Length * QuotedShareMax
                ? ("quoted-printable", QuotedPrintable.Encode(bytes))
                : ("base64", Base64Lines.Encode(bytes));
    }

    /// <summary>UTF-8 with CRLF line ends; lone surrogates become U+FFFD.</summary>
    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal));

    private static bool IsSafe(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split("\r\n"u8))
        {
            var line = text[range];
            if (line.Length > LineMax
                || line.ContainsAnyExceptInRange((byte)' ', (byte)'~')
                || line.StartsWith("."u8)
                || line.StartsWith("From "u8)
                || line.EndsWith(" "u8)
                // Boundaries contain it: a text that does not can hold none.
                || line.IndexOf("=_"u8) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
