using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace CrmSync.Core.Sessions;

/// <summary>Brings a file's text to UTF-8 without a mark. Without a byte order mark it is UTF-8 (RFC 8259 section 8.1).</summary>
internal static class TextDecoder
{
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    /// <summary>The text; null when it is not valid, also when a JSON escape in it spells half a surrogate pair.</summary>
    public static ReadOnlyMemory<byte>? ToUtf8(ReadOnlyMemory<byte> bytes)
    {
        var text = bytes.Span switch
        {
            [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
            [0xFF, 0xFE, ..] => Transcode(LittleEndian, bytes.Span[2..]),
            [0xFE, 0xFF, ..] => Transcode(BigEndian, bytes.Span[2..]),
            _ => bytes,
        };

        return text is { } utf8 && Utf8.IsValid(utf8.Span) && !HasHalfPair(utf8.Span) ? text : null;
    }

    /// <summary>Whether the only thing wrong with UTF-8 text is that its last character is cut.</summary>
    public static bool EndsInsideCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 1; cut <= Math.Min(3, bytes.Length); cut++)
        {
            if (Rune.DecodeFromUtf8(bytes[^cut..], out _, out _) is OperationStatus.NeedMoreData && Utf8.IsValid(bytes[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlyMemory<byte>? Transcode(UnicodeEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Encoding.UTF8.GetBytes(encoding.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Finds <c>\ud800</c> without its other half. System.Text.Json accepts it and throws InvalidOperationException much later,
    /// when the text is asked for. A file cut between the halves is left to the parser, which says that it is cut.
    /// </summary>
    private static bool HasHalfPair(ReadOnlySpan<byte> text)
    {
        var high = false;
        while (!text.IsEmpty)
        {
            var next = text.IndexOf((byte)'\\');
            if (next != 0 && high)
            {
                return true;
            }

            if (next < 0 || next + 6 > text.Length)
            {
                return high && text is [_, not (byte)'u', ..];
            }

            var unit = CodeUnit(text[(next + 1)..]);
            var low = unit is >= 0xDC00 and <= 0xDFFF;
            if (low != high)
            {
                return true;
            }

            high = unit is >= 0xD800 and <= 0xDBFF;
            text = text[Math.Min(text.Length, next + (unit < 0 ? 2 : 6))..];
        }

        return false;
    }

    /// <summary>The value of <c>uXXXX</c>; -1 for any other escape.</summary>
    private static int CodeUnit(ReadOnlySpan<byte> escape) =>
        escape is [(byte)'u', _, _, _, _, ..] && Utf8Parser.TryParse(escape.Slice(1, 4), out int value, out var taken, 'X') && taken == 4
            ? value
            : -1;
}
