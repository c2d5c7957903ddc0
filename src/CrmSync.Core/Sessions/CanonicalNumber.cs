using System.Buffers;
using System.Globalization;
using System.Text;

namespace CrmSync.Core.Sessions;

/// <summary>One spelling for equal numbers: <c>1</c>, <c>1.0</c>, <c>10e-1</c> and <c>0.1E1</c> are all <c>1e0</c>. Exact at any length.</summary>
internal static class CanonicalNumber
{
    /// <summary>Takes a number by the JSON grammar (RFC 8259 section 6).</summary>
    public static void Write(ReadOnlySpan<byte> number, ArrayBufferWriter<byte> to)
    {
        // "12.50e3": digits 1250, two of them behind the point.
        var mark = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = mark < 0 ? number : number[..mark];
        if (!TryExponent(mark < 0 ? [] : number[(mark + 1)..], out var exponent))
        {
            to.Write(number);
            return;
        }

        var point = mantissa.IndexOf((byte)'.');
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;

        Span<byte> digits = mantissa.Length <= 256 ? stackalloc byte[mantissa.Length] : new byte[mantissa.Length];
        var count = 0;
        foreach (var b in mantissa)
        {
            if (b is >= (byte)'0' and <= (byte)'9' && (count > 0 || b != (byte)'0'))
            {
                digits[count++] = b;
            }
        }

        while (count > 0 && digits[count - 1] == (byte)'0')
        {
            count--;
            exponent++;
        }

        if (count == 0)
        {
            to.Write("0"u8);
            return;
        }

        to.Write(mantissa[0] == (byte)'-' ? "-"u8 : ""u8);
        to.Write(digits[..count]);
        to.Write(Encoding.ASCII.GetBytes($"e{exponent.ToString(CultureInfo.InvariantCulture)}"));
    }

    /// <summary>False for an exponent no number needs: such a spelling stands for itself.</summary>
    private static bool TryExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        return text.IsEmpty
            || (text.Length <= 12 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent));
    }
}
