using System.Text;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Runtime;

/// <summary>
/// Binary operators over values. The first rule that fits decides: text, <c>empty</c>, nothing, numbers, dates, lists, equality.
/// </summary>
internal static class Operators
{
    public static object? Apply(Run run, BinaryOperator op, object? left, object? right, Site site)
    {
        if (left is int a && right is int b)
            return Arithmetic.Apply(op, a, b, site);

        if (left is string or SafeText || right is string or SafeText)
            return OnText(run, op, left, right, site);

        if (left is EmptyValue || right is EmptyValue)
            return OnEmpty(run, op, left, right, site);

        if (left is null || right is null)
            return OnNothing(op, left, right);

        if (IsNumeric(left) && IsNumeric(right))
            return Arithmetic.Apply(op, left, right, site);

        if (left is DateTimeOffset or DateTime or TimeSpan && right is DateTimeOffset or DateTime or TimeSpan)
            return OnDates(run, op, left, right, site);

        return ListOperators.TryApply(run, op, left, right, site, out var result) ? result : OnOthers(run, op, left, right, site);
    }

    public static bool AreEqual(Run run, object? left, object? right, Site site) =>
        Apply(run, BinaryOperator.Equal, left, right, site) is true;

    /// <summary>Order for sorting: nothing first, then by the language's own comparison, or by text where there is none.</summary>
    public static int Compare(Run run, object? left, object? right, Site site)
    {
        run.Step(site);

        if (left is null || right is null)
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);

        if (IsNumeric(left) && IsNumeric(right))
            return Arithmetic.Compare(left, right, site);

        return (left, right) switch
        {
            (TimeSpan a, TimeSpan b) => a.CompareTo(b),
            (DateTimeOffset or DateTime, DateTimeOffset or DateTime) =>
                Dates.Local(left, run.Options.TimeZone).CompareTo(Dates.Local(right, run.Options.TimeZone)),
            _ => run.Culture.CompareInfo.Compare(run.Text(left, site), run.Text(right, site)),
        };
    }

    private static bool IsNumeric(object value) => Numbers.IsNumber(value) || value is bool;

    private static object? OnText(Run run, BinaryOperator op, object? left, object? right, Site site)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                return Concat(run, left, right, site);
            case BinaryOperator.Multiply:
                return Repeat(run, left, right, site);
            case BinaryOperator.Equal:
                return Values.Box(run.Text(left, site) == run.Text(right, site));
            case BinaryOperator.NotEqual:
                return Values.Box(run.Text(left, site) != run.Text(right, site));
            case BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                return ByOrder(op, run.Culture.CompareInfo.Compare(run.Text(left, site), run.Text(right, site)));
            default:
                throw new TemplateFault(site, $"The operator `{OperatorText.Of(op)}` does not work on text.");
        }
    }

    /// <summary>Safe text stays safe when it is joined: the other side is encoded first.</summary>
    public static object Concat(Run run, object? left, object? right, Site site)
    {
        var (a, b) = (run.Text(left, site), run.Text(right, site));
        run.ChargeText(site, (long)a.Length + b.Length);

        if (run.Encoder != Encoder.Html || (left is not SafeText && right is not SafeText))
            return string.Concat(a, b);

        return new SafeText(string.Concat(left is SafeText ? a : Html.Encode(a), right is SafeText ? b : Html.Encode(b)));
    }

    private static string Repeat(Run run, object? left, object? right, Site site)
    {
        var (text, times) = right is string or SafeText ? (right, left) : (left, right);

        if (!Numbers.TryToLong(times, run.Culture, out var count))
            throw new TemplateFault(site, "Text can only be multiplied by a whole number.");

        var unit = run.Text(text, site);
        count = Math.Clamp(count, 0, int.MaxValue);
        run.ChargeText(site, count * unit.Length);
        return unit.Length == 0 ? "" : new StringBuilder(unit.Length * (int)count).Insert(0, unit, (int)count).ToString();
    }

    private static object? OnEmpty(Run run, BinaryOperator op, object? left, object? right, Site site)
    {
        var other = left is EmptyValue ? right : left;
        var isEmpty = Values.IsEmpty(other, run.Models) ?? false;

        return op switch
        {
            BinaryOperator.Equal or BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual => Values.Box(isEmpty),
            BinaryOperator.NotEqual => Values.Box(!isEmpty),
            BinaryOperator.Less or BinaryOperator.Greater => Values.False,
            _ => throw new TemplateFault(site, $"The operator `{OperatorText.Of(op)}` does not work on `empty`."),
        };
    }

    private static object? OnNothing(BinaryOperator op, object? left, object? right) => op switch
    {
        BinaryOperator.Equal => Values.Box(left is null && right is null),
        BinaryOperator.NotEqual => Values.Box(left is not null || right is not null),
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => Values.False,
        _ => null,
    };

    private static object? OnDates(Run run, BinaryOperator op, object left, object right, Site site)
    {
        try
        {
            return (left, right) switch
            {
                (TimeSpan a, TimeSpan b) => OnSpans(op, a, b, site),
                (TimeSpan span, not TimeSpan) when op == BinaryOperator.Add => Dates.Local(right, run.Options.TimeZone) + span,
                (not TimeSpan, TimeSpan span) when op == BinaryOperator.Add => Dates.Local(left, run.Options.TimeZone) + span,
                (not TimeSpan, TimeSpan span) when op == BinaryOperator.Subtract => Dates.Local(left, run.Options.TimeZone) - span,
                (not TimeSpan, not TimeSpan) when op == BinaryOperator.Subtract =>
                    Dates.Local(left, run.Options.TimeZone) - Dates.Local(right, run.Options.TimeZone),
                (not TimeSpan, not TimeSpan) => ByOrder(op, Compare(run, left, right, site)) ?? throw Unsupported(run, op, left, right, site),
                _ => throw Unsupported(run, op, left, right, site),
            };
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new TemplateFault(site, "The date leaves the calendar.");
        }
    }

    private static object? OnSpans(BinaryOperator op, TimeSpan left, TimeSpan right, Site site) => op switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Divide when right != TimeSpan.Zero => left / right,
        _ => ByOrder(op, left.CompareTo(right)) ?? throw new TemplateFault(site, $"The operator `{OperatorText.Of(op)}` does not work on time spans."),
    };

    private static object? OnOthers(Run run, BinaryOperator op, object left, object right, Site site) => op switch
    {
        BinaryOperator.Equal => Values.Box(ReferenceEquals(left, right) || left.Equals(right)),
        BinaryOperator.NotEqual => Values.Box(!ReferenceEquals(left, right) && !left.Equals(right)),
        _ => throw Unsupported(run, op, left, right, site),
    };

    internal static object? ByOrder(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => Values.Box(order == 0),
        BinaryOperator.NotEqual => Values.Box(order != 0),
        BinaryOperator.Less => Values.Box(order < 0),
        BinaryOperator.LessOrEqual => Values.Box(order <= 0),
        BinaryOperator.Greater => Values.Box(order > 0),
        BinaryOperator.GreaterOrEqual => Values.Box(order >= 0),
        _ => null,
    };

    private static TemplateFault Unsupported(Run run, BinaryOperator op, object left, object right, Site site) =>
        new(site, $"The operator `{OperatorText.Of(op)}` does not work between these: {run.Describe(left)}, {run.Describe(right)}.");
}
