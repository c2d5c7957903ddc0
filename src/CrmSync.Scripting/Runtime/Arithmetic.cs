using System.Numerics;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Runtime;

/// <summary>Operators over numbers. The wider type of the two decides: decimal, double, float, integer. Integers never overflow.</summary>
internal static class Arithmetic
{
    private const int ShiftMax = 4096;

    public static object? Apply(BinaryOperator op, int left, int right, Site site) => op switch
    {
        BinaryOperator.Add => Numbers.Box((long)left + right),
        BinaryOperator.Subtract => Numbers.Box((long)left - right),
        BinaryOperator.Multiply => Numbers.Box((long)left * right),
        BinaryOperator.Equal => Values.Box(left == right),
        BinaryOperator.NotEqual => Values.Box(left != right),
        BinaryOperator.Less => Values.Box(left < right),
        BinaryOperator.LessOrEqual => Values.Box(left <= right),
        BinaryOperator.Greater => Values.Box(left > right),
        BinaryOperator.GreaterOrEqual => Values.Box(left >= right),
        BinaryOperator.RangeInclusive => RangeValue.Inclusive(left, right),
        BinaryOperator.RangeExclusive => RangeValue.Exclusive(left, right),
        _ => OnIntegers(op, left, right, site),
    };

    public static object? Apply(BinaryOperator op, object left, object right, Site site)
    {
        if (left is decimal || right is decimal)
            return OnDecimals(op, Numbers.ToDecimal(left, site), Numbers.ToDecimal(right, site), site);

        if (left is double || right is double)
            return OnDoubles(op, Numbers.ToDouble(left), Numbers.ToDouble(right), site);

        if (left is float || right is float)
            return OnFloats(op, (float)Numbers.ToDouble(left), (float)Numbers.ToDouble(right), site);

        return OnIntegers(op, Numbers.ToBig(left), Numbers.ToBig(right), site);
    }

    public static int Compare(object left, object right, Site site)
    {
        if (left is decimal || right is decimal)
            return Numbers.ToDecimal(left, site).CompareTo(Numbers.ToDecimal(right, site));

        return Numbers.IsInteger(left) && Numbers.IsInteger(right)
            ? Numbers.ToBig(left).CompareTo(Numbers.ToBig(right))
            : Numbers.ToDouble(left).CompareTo(Numbers.ToDouble(right));
    }

    private static object? OnIntegers(BinaryOperator op, BigInteger left, BigInteger right, Site site)
    {
        if (op is BinaryOperator.DivideRound or BinaryOperator.Modulus && right.IsZero)
            throw new TemplateFault(site, "The number is divided by zero.");

        return op switch
        {
            BinaryOperator.Add => Numbers.Box(left + right, site),
            BinaryOperator.Subtract => Numbers.Box(left - right, site),
            BinaryOperator.Multiply => Numbers.Box(left * right, site),
            BinaryOperator.Divide => (double)left / (double)right,
            BinaryOperator.DivideRound => Numbers.Box(left / right, site),
            BinaryOperator.Modulus => Numbers.Box(left % right, site),
            BinaryOperator.ShiftLeft => Numbers.Box(left << Shift(right, site), site),
            BinaryOperator.ShiftRight => Numbers.Box(left >> Shift(right, site), site),
            BinaryOperator.BitAnd => Numbers.Box(left & right, site),
            BinaryOperator.RangeInclusive => RangeValue.Inclusive(RangeEnd(left, site), RangeEnd(right, site)),
            BinaryOperator.RangeExclusive => RangeValue.Exclusive(RangeEnd(left, site), RangeEnd(right, site)),
            _ => Operators.ByOrder(op, left.CompareTo(right)),
        };
    }

    private static object? OnDoubles(BinaryOperator op, double left, double right, Site site) => op switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.DivideRound => Math.Round(left / right),
        BinaryOperator.Modulus => left % right,
        BinaryOperator.Equal => Values.Box(left == right),
        BinaryOperator.NotEqual => Values.Box(left != right),
        BinaryOperator.Less => Values.Box(left < right),
        BinaryOperator.LessOrEqual => Values.Box(left <= right),
        BinaryOperator.Greater => Values.Box(left > right),
        BinaryOperator.GreaterOrEqual => Values.Box(left >= right),
        _ => throw Unsupported(op, site),
    };

    private static object? OnFloats(BinaryOperator op, float left, float right, Site site) => op switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.DivideRound => MathF.Round(left / right),
        BinaryOperator.Modulus => left % right,
        _ => OnDoubles(op, left, right, site),
    };

    private static object? OnDecimals(BinaryOperator op, decimal left, decimal right, Site site)
    {
        if (op is BinaryOperator.Divide or BinaryOperator.DivideRound or BinaryOperator.Modulus && right == 0)
            throw new TemplateFault(site, "The number is divided by zero.");

        try
        {
            return op switch
            {
                BinaryOperator.Add => left + right,
                BinaryOperator.Subtract => left - right,
                BinaryOperator.Multiply => left * right,
                BinaryOperator.Divide => left / right,
                BinaryOperator.DivideRound => Math.Round(left / right),
                BinaryOperator.Modulus => left % right,
                _ => Operators.ByOrder(op, left.CompareTo(right)) ?? throw Unsupported(op, site),
            };
        }
        catch (OverflowException)
        {
            throw new TemplateFault(site, "The number is too large for a decimal.");
        }
    }

    private static int Shift(BigInteger by, Site site) =>
        BigInteger.Abs(by) <= ShiftMax ? (int)by : throw new TemplateFault(site, $"A number can be shifted by at most {ShiftMax} bits.");

    private static long RangeEnd(BigInteger value, Site site) =>
        value >= long.MinValue && value <= long.MaxValue ? (long)value : throw new TemplateFault(site, "The range is too large.");

    private static TemplateFault Unsupported(BinaryOperator op, Site site) =>
        new(site, $"The operator `{OperatorText.Of(op)}` works on whole numbers only.");
}
