using System.Globalization;
using System.Numerics;

namespace CrmSync.Scripting.Runtime;

/// <summary>Numbers are int, long, BigInteger, float, double or decimal; integers take the smallest of the first three that holds them.</summary>
internal static class Numbers
{
    /// <summary>About 1,200 digits; beyond lies only abuse.</summary>
    private const int BigBitsMax = 4096;

    private const int BoxedMin = -128;
    private const int BoxedMax = 1023;

    private static readonly object[] Boxed = [.. Enumerable.Range(BoxedMin, BoxedMax - BoxedMin + 1).Select(i => (object)i)];

    /// <summary>Boxes small integers, which most are, without allocating.</summary>
    public static object Box(int value) => value is >= BoxedMin and <= BoxedMax ? Boxed[value - BoxedMin] : value;

    public static object Box(long value) => value is >= int.MinValue and <= int.MaxValue ? Box((int)value) : value;

    public static object Box(BigInteger value, Site site)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
            return Box((long)value);

        if (value.GetBitLength() > BigBitsMax)
            throw new TemplateFault(site, "The number grows too large.");

        return value;
    }

    public static bool IsNumber(object? value) => value is int or double or long or decimal or float or BigInteger;

    public static bool IsInteger(object? value) => value is int or long or BigInteger;

    public static double ToDouble(object value) => value switch
    {
        int i => i,
        double d => d,
        long l => l,
        float f => f,
        decimal m => (double)m,
        BigInteger b => (double)b,
        bool b => b ? 1 : 0,
        _ => double.NaN,
    };

    public static decimal ToDecimal(object value, Site site)
    {
        try
        {
            return value switch
            {
                int i => i,
                long l => l,
                decimal m => m,
                BigInteger b => (decimal)b,
                _ => (decimal)ToDouble(value),
            };
        }
        catch (OverflowException)
        {
            throw new TemplateFault(site, "The number is too large for a decimal.");
        }
    }

    public static BigInteger ToBig(object value) => value switch
    {
        int i => i,
        long l => l,
        BigInteger b => b,
        bool b => b ? 1 : 0,
        _ => new BigInteger(ToDouble(value)),
    };

    /// <summary>A whole number from a number, or from text that spells one; rounds towards zero.</summary>
    public static bool TryToLong(object? value, CultureInfo culture, out long result)
    {
        result = 0;

        switch (value)
        {
            case int i: result = i; return true;
            case long l: result = l; return true;
            case BigInteger b when b >= long.MinValue && b <= long.MaxValue: result = (long)b; return true;
            case double or float or decimal when Math.Abs(ToDouble(value)) < 9e18: result = (long)ToDouble(value); return true;
            case bool b: result = b ? 1 : 0; return true;
            case string or SafeText: return long.TryParse(value.ToString(), NumberStyles.Integer, culture, out result);
            default: return false;
        }
    }
}
