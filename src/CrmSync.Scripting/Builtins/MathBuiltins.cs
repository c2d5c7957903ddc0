using System.Numerics;
using System.Security.Cryptography;
using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;
using static CrmSync.Scripting.Builtins.Library;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>math</c> (Scriban builtins reference, "math functions").</summary>
internal static class MathBuiltins
{
    private const int PrecisionMax = 15;

    public static BuiltinGroup Group { get; } = new("math",
    [
        Number("abs", "value", Abs),
        Number("ceil", "value", a => Round(a, Math.Ceiling, decimal.Ceiling)),
        Number("floor", "value", a => Round(a, Math.Floor, decimal.Floor)),
        Number("round", "value precision?", Round),
        Number("plus", "value with", a => Operators.Apply(a.Run, BinaryOperator.Add, a[0], a[1], a.Site)),
        Number("minus", "value with", a => Operators.Apply(a.Run, BinaryOperator.Subtract, a[0], a[1], a.Site)),
        Number("times", "value with", a => Operators.Apply(a.Run, BinaryOperator.Multiply, a[0], a[1], a.Site)),
        Number("modulo", "value with", a => Operators.Apply(a.Run, BinaryOperator.Modulus, a[0], a[1], a.Site)),
        Number("divided_by", "value divisor", DividedBy),
        Number("format", "value format culture?", a => ObjectBuiltins.Format(a)),
        Number("is_number", "value", a => Values.Box(Numbers.IsNumber(a[0]))),
        Number("random", "min_value max_value", Random),
        Number("uuid", "", _ => Guid.NewGuid().ToString()),
    ]);

    private static KeyValuePair<string, object?> Number(string name, string signature, BuiltinBody body) => Define("math", name, signature, body);

    private static object? Abs(Arguments a) => a[0] switch
    {
        null => null,
        int i => Numbers.Box(Math.Abs((long)i)),
        long or BigInteger => Numbers.Box(BigInteger.Abs(Numbers.ToBig(a[0]!)), a.Site),
        decimal m => Math.Abs(m),
        float f => Math.Abs(f),
        _ => Math.Abs(a.Double(0)),
    };

    private static object? Round(in Arguments a, Func<double, double> real, Func<decimal, decimal> exact) => a[0] switch
    {
        null => null,
        var whole when Numbers.IsInteger(whole) => whole,
        decimal m => exact(m),
        _ => real(a.Double(0)),
    };

    private static object? Round(Arguments a)
    {
        var precision = Math.Clamp(a.Int(1), 0, PrecisionMax);
        return Round(a, d => Math.Round(d, precision, MidpointRounding.AwayFromZero), m => Math.Round(m, precision, MidpointRounding.AwayFromZero));
    }

    /// <summary>A whole divisor gives a whole result, rounded down.</summary>
    private static object? DividedBy(Arguments a)
    {
        if (a[0] is null || a[1] is null)
            return null;

        if (!Numbers.IsInteger(a[1]))
            return Operators.Apply(a.Run, BinaryOperator.Divide, a[0], a[1], a.Site);

        if (Numbers.ToBig(a[1]!).IsZero)
            throw a.Fault("The number is divided by zero.");

        return Numbers.Box(new BigInteger(Math.Floor(a.Double(0) / a.Double(1))), a.Site);
    }

    private static object? Random(Arguments a)
    {
        var (min, max) = (a.Int(0), a.Int(1));

        return max > min
            ? Numbers.Box(RandomNumberGenerator.GetInt32(min, max))
            : throw a.Fault("The upper bound must be greater than the lower one.");
    }
}
