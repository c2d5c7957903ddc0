using System.Buffers;

namespace CrmSync.Mail.Mime;

/// <summary>RFC 2045 section 6.7, for text whose line ends are CRLF.</summary>
internal static class QuotedPrintable
{
    private const int LineMax = 76;

    private static ReadOnlySpan<byte> Hex => "0123456789ABCDEF"u8;

    public static byte[] Encode(ReadOnlySpan<byte> text)
    {
        var encoded = new ArrayBufferWriter<byte>(text.Length + (text.Length / 8) + 1);
        while (!text.IsEmpty)
        {
            var end = text.IndexOf("\r\n"u8);
            EncodeLine(encoded, end < 0 ? text : text[..end]);
            if (end < 0)
            {
                break;
            }

            encoded.Write("\r\n"u8);
            text = text[(end + 2)..];
        }

        return encoded.WrittenSpan.ToArray();
    }

    private static void EncodeLine(ArrayBufferWriter<byte> encoded, ReadOnlySpan<byte> line)
    {
        var column = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var last = i == line.Length - 1;
            var literal = IsLiteral(line[i], last) && !(column == 0 && MustHide(line[i..]));
            var width = literal ? 1 : 3;
            if (column + width > (last ? LineMax : LineMax - 1))
            {
                encoded.Write("=\r\n"u8);
                column = 0;
                literal = literal && !MustHide(line[i..]);
                width = literal ? 1 : 3;
            }

            encoded.Write(literal ? line.Slice(i, 1) : [(byte)'=', Hex[line[i] >> 4], Hex[line[i] & 0xF]]);

            column += width;
        }
    }

    private static bool IsLiteral(byte octet, bool last) =>
        octet is (byte)' ' or (byte)'\t' ? !last : octet is > 32 and < 127 and not (byte)'=';

    // A leading dot depends on dot-stuffing and "From " on nobody writing mbox files: neither is left to chance.
    private static bool MustHide(ReadOnlySpan<byte> rest) => rest[0] == '.' || rest.StartsWith("From "u8);
}
