using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>
/// Writes JSON so that equal meaning gives equal bytes: keys sorted by their UTF-8, no white space, strings unescaped, numbers in
/// one spelling. Only ever hashed: it resembles RFC 8785, but keeps numbers exact instead of rounding them to a double.
/// </summary>
internal static class CanonicalJson
{
    // Markers cannot be confused with text: strings and keys carry their length in front.
    private const byte Text = (byte)'s';
    private const byte Key = (byte)'k';

    public static void Write(JsonElement element, ArrayBufferWriter<byte> to)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, to);
                break;
            case JsonValueKind.Array:
                to.Write("["u8);
                foreach (var row in element.EnumerateArray())
                {
                    Write(row, to);
                }

                to.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteString(element, to);
                break;
            case JsonValueKind.Number:
                // Without a mark behind it, 10 and 21 would read as 1e1 21e0 or as 1e12 1e0.
                CanonicalNumber.Write(JsonMarshal.GetRawUtf8Value(element), to);
                to.Write(","u8);
                break;
            default:
                to.Write(JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    /// <summary>A text with its length in front; <c>s-</c> for none.</summary>
    public static void WriteText(string? text, ArrayBufferWriter<byte> to) => WriteText(Text, text, to);

    // Nearly every text is spelled without escapes: its bytes are its meaning.
    private static void WriteString(JsonElement element, ArrayBufferWriter<byte> to)
    {
        var spelled = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        if (spelled.Contains((byte)'\\'))
        {
            WriteText(Text, element.GetString(), to);
        }
        else
        {
            WriteLength(Text, spelled.Length, to);
            to.Write(spelled);
        }
    }

    private static void WriteObject(JsonElement element, ArrayBufferWriter<byte> to)
    {
        var properties = element.EnumerateObject().ToArray();
        var names = Array.ConvertAll(properties, property => property.Name);
        Array.Sort(names, properties, StringComparer.Ordinal);

        to.Write("{"u8);
        for (var i = 0; i < names.Length; i++)
        {
            WriteText(Key, names[i], to);
            Write(properties[i].Value, to);
        }

        to.Write("}"u8);
    }

    private static void WriteText(byte marker, string? text, ArrayBufferWriter<byte> to)
    {
        if (text is null)
        {
            to.Write([marker, (byte)'-']);
            return;
        }

        WriteLength(marker, Encoding.UTF8.GetByteCount(text), to);
        Encoding.UTF8.GetBytes(text, to);
    }

    private static void WriteLength(byte marker, int length, ArrayBufferWriter<byte> to)
    {
        to.Write([marker]);
        length.TryFormat(to.GetSpan(16), out var digits, provider: System.Globalization.CultureInfo.InvariantCulture);
        to.Advance(digits);
        to.Write(":"u8);
    }
}
