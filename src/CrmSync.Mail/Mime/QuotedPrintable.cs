using System.Text;

namespace CrmSync.Mail.Mime;

/// <summary>RFC 2045 section 6.7, for text whose line ends are CRLF.</summary>
internal static class QuotedPrintable
{
    private const int LineMax = 76;
    private const string Hex = "0123456789ABCDEF";

    public static byte[] Encode(ReadOnlySpan<byte> text)
    {
        var encoded = new StringBuilder(text.Length + text.Length / 8);
        while (!text.IsEmpty)
        {
            var end = text.IndexOf("\r\n"u8);
            EncodeLine(encoded, end < 0 ? text : text[..end]);
            if (end < 0)
            {
                break;
            }

            encoded.Append("\r\n");
            text = text[(end + 2)..];
        }

        return Encoding.ASCII.GetBytes(encoded.ToString());
    }

    private static void EncodeLine(StringBuilder encoded, ReadOnlySpan<byte> line)
    {
        var column = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var last = i == line.Length - 1;
            var literal = IsLiteral(line[i], last) && !(column == 0 && MustHide(line[i..]));
            var width = literal ? 1 : 3;
            if (column + width > (last ? LineMax : LineMax - 1))
            {
                encoded.Append("=\r\n");
                column = 0;
                literal = literal && !MustHide(line[i..]);
                width = literal ? 1 : 3;
            }

            if (literal)
            {
                encoded.Append((char)line[i]);
            }
            else
            {
                encoded.Append('=').Append(Hex[line[i] >> 4]).Append(Hex[line[i] & 0xF]);
            }

            column += width;
        }
    }

    private static bool IsLiteral(byte octet, bool last) =>
        octet is (byte)' ' or (byte)'\t' ? !last : octet is > 32 and < 127 and not (byte)'=';

    // A leading dot depends on dot-stuffing and "From " on nobody writing mbox files: neither is left to chance.
    private static bool MustHide(ReadOnlySpan<byte> rest) => rest[0] == '.' || rest.StartsWith("From "u8);
}
