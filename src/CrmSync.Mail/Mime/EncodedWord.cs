using System.Globalization;
using System.Text;

namespace CrmSync.Mail.Mime;

/// <summary>RFC 2047 encoded words in UTF-8.</summary>
internal static class EncodedWord
{
    public const int LengthMax = 75;

    /// <summary>The shortest room in which writing a word is worth while; with less, fold first.</summary>
    public const int LengthMin = 24;

    private const string Prefix = "=?utf-8?";
    private const int Frame = 12;

    /// <summary>
    /// Encodes as much of <paramref name="text"/> as fits into <paramref name="room"/> characters and never splits a code point.
    /// </summary>
    /// <returns>The encoded word and how many UTF-16 units of the text it holds.</returns>
    public static (string Word, int Taken) Encode(ReadOnlySpan<char> text, int room, bool base64)
    {
        var payloadMax = Math.Min(LengthMax, room) - Frame;
        var bytesMax = payloadMax / 4 * 3;
        var payload = new StringBuilder();
        var bytes = new List<byte>();
        var taken = 0;
        Span<byte> utf8 = stackalloc byte[4];

        foreach (var rune in text.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(utf8);
            var quoted = base64 ? string.Empty : Quote(utf8[..count]);
            if (base64 ? bytes.Count + count > bytesMax : payload.Length + quoted.Length > payloadMax)
            {
                break;
            }

            payload.Append(quoted);
            bytes.AddRange(utf8[..count]);
            taken += rune.Utf16SequenceLength;
        }

        var encoded = base64 ? Convert.ToBase64String([.. bytes]) : payload.ToString();
        return ($"{Prefix}{(base64 ? 'b' : 'q')}?{encoded}?=", taken);
    }

    /// <summary>True when base64 is shorter than Q for this text.</summary>
    public static bool PrefersBase64(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length * 4 / 3 < Quote(bytes).Length;
    }

    // Only what RFC 2047 section 5 (3) leaves unencoded in a phrase, so that one form serves every header.
    private static string Quote(ReadOnlySpan<byte> bytes)
    {
        var quoted = new StringBuilder(bytes.Length);
        foreach (var octet in bytes)
        {
            if (octet == ' ')
            {
                quoted.Append('_');
            }
            else if (octet < 0x80 && (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/'))
            {
                quoted.Append((char)octet);
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"={octet:X2}");
            }
        }

        return quoted.ToString();
    }
}
