using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Runtime;

/// <summary>Operators with a list on at least one side.</summary>
internal static class ListOperators
{
    public static bool TryApply(Run run, BinaryOperator op, object left, object right, Site site, out object? result)
    {
        var (a, b) = (Values.AsList(left), Values.AsList(right));

        result = (a, b) switch
        {
            (not null, not null) => OnLists(run, op, a, b, left, right, site),
            (not null, null) => OnListAndValue(run, op, left, a, right, site),
            (null, not null) when op == BinaryOperator.ShiftRight => Join(run, [left], b, site),
            (null, not null) when op == BinaryOperator.Multiply => OnListAndValue(run, op, right, b, left, site),
            _ => null,
        };

        return result is not null;
    }

    /// <summary>Both lists one after the other.</summary>
    public static ScriptArray Join(Run run, IReadOnlyList<object?> left, IReadOnlyList<object?> right, Site site)
    {
        run.Step(site, (long)left.Count + right.Count);
        var items = new List<object?>(left.Count + right.Count);
        items.AddRange(left);
        items.AddRange(right);
        return new ScriptArray(items);
    }

    private static object? OnLists(Run run, BinaryOperator op, IReadOnlyList<object?> a, IReadOnlyList<object?> b, object left, object right, Site site)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                return Join(run, a, b, site);
            case BinaryOperator.ShiftLeft:
                return Join(run, a, [right], site);
            case BinaryOperator.ShiftRight:
                return Join(run, [left], b, site);
            case BinaryOperator.BitAnd:
                return Intersection(run, a, b, site);
            case BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual
                or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                return ReferenceEquals(left, right) ? Operators.ByOrder(op, 0) : Compare(run, op, a, b, site);
            default:
                return null;
        }
    }

    private static ScriptArray? OnListAndValue(Run run, BinaryOperator op, object list, IReadOnlyList<object?> items, object value, Site site)
    {
        if (op == BinaryOperator.ShiftLeft)
            return Append(run, list, items, value, site);

        if (op is not (BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulus) || !Numbers.TryToLong(value, run.Culture, out var n))
            return null;

        if (n <= 0 && op != BinaryOperator.Multiply)
            throw new TemplateFault(site, "A list can only be divided by a positive number.");

        var kept = op switch
        {
            BinaryOperator.Multiply => Repeat(run, items, n, site),
            BinaryOperator.Divide => items.Take((int)(items.Count / n)),
            _ => items.Where((_, i) => i % n == 0),
        };

        run.Step(site, items.Count);
        return new ScriptArray([.. kept]);
    }

    private static ScriptArray Append(Run run, object list, IReadOnlyList<object?> items, object value, Site site)
    {
        run.Step(site, list is ScriptArray ? 1 : items.Count);
        return new ScriptArray([.. items, value]);
    }

    private static List<object?> Repeat(Run run, IReadOnlyList<object?> items, long times, Site site)
    {
        var count = (long)Int128.Min((Int128)items.Count * Math.Max(0, times), long.MaxValue / 2);
        run.Step(site, count);

        var result = new List<object?>();
        for (var i = 0L; i < count; i++)
            result.Add(items[(int)(i % items.Count)]);

        return result;
    }

    private static ScriptArray Intersection(Run run, IReadOnlyList<object?> a, IReadOnlyList<object?> b, Site site)
    {
        run.Step(site, (long)a.Count * b.Count);
        return new ScriptArray([.. a.Where(x => b.Any(y => Operators.AreEqual(run, x, y, site)))]);
    }

    /// <summary>
    /// Lists of different lengths compare by length. Otherwise the comparison must hold for every pair of items; as the package
    /// has it, that goes for != as well, so that lists which share an item are neither equal nor unequal.
    /// </summary>
    private static object? Compare(Run run, BinaryOperator op, IReadOnlyList<object?> a, IReadOnlyList<object?> b, Site site)
    {
        if (a.Count != b.Count || a.Count == 0)
            return Operators.ByOrder(op, a.Count.CompareTo(b.Count));

        run.Enter(site);
        var holds = true;

        for (var i = 0; i < a.Count && holds; i++)
        {
            run.Step(site);
            holds = Values.Truth(Operators.Apply(run, op, a[i], b[i], site));
        }

        run.Leave();
        return Values.Box(holds);
    }
}
