using System.Text;
using CrmSync.Scripting.Runtime;
using static CrmSync.Scripting.Builtins.Library;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>array</c> (Scriban builtins reference, "array functions"). None changes the list it is given.</summary>
internal static class ArrayBuiltins
{
    public static BuiltinGroup Group { get; } = new("array",
    [
        List("add", "list value", a => ListOperators.Join(a.Run, a.List(0), [a[1]], a.Site)),
        List("add_range", "list1 list2", a => ListOperators.Join(a.Run, a.List(0), a.List(1), a.Site)),
        List("concat", "list1 list2", a => ListOperators.Join(a.Run, a.List(0), a.List(1), a.Site)),
        List("compact", "list", a => new ScriptArray([.. a.List(0).Where(i => i is not null)])),
        List("contains", "list item", Contains),
        List("cycle", "list group?", Cycle),
        List("first", "list", a => a.List(0) is { Count: > 0 } list ? list[0] : null),
        List("last", "list", a => a.List(0) is { Count: > 0 } list ? list[list.Count - 1] : null),
        List("insert_at", "list index value", InsertAt),
        List("remove_at", "list index", RemoveAt),
        List("limit", "list count", a => new ScriptArray([.. a.List(0).Take(a.Int(1))])),
        List("offset", "list index", a => new ScriptArray([.. a.List(0).Skip(a.Int(1))])),
        List("reverse", "list", a => new ScriptArray([.. a.List(0).Reverse()])),
        List("size", "list", a => Numbers.Box(a[0] is RangeValue range ? range.Length : a.List(0).Count)),
        List("join", "list delimiter function?", Join),
        List("map", "list member", Map),
        List("sort", "list member?", Sort),
        List("uniq", "list", Uniq),
        List("any", "list function args...", a => Values.Box(Pick(a, stopAtFirst: true).Count > 0)),
        List("filter", "list function args...", a => new ScriptArray(Pick(a, stopAtFirst: false))),
        List("each", "list function args...", Each),
    ]);

    private static KeyValuePair<string, object?> List(string name, string signature, BuiltinBody body) => Define("array", name, signature, body);

    private static object? Contains(Arguments a)
    {
        foreach (var item in a.List(0))
        {
            if (Operators.AreEqual(a.Run, item, a[1], a.Site))
                return Values.True;
        }

        return Values.False;
    }

    /// <summary>The next item at each call. Calls with equal lists share their turn, unless they name groups.</summary>
    private static object? Cycle(Arguments a)
    {
        var list = a.List(0);
        if (list.Count == 0)
            return null;

        var group = a[1] is null ? string.Join(',', list.Select(a.Run.Text)) : a.Text(1);
        var at = a.Run.Cycles.GetValueOrDefault(group);
        a.Run.Cycles[group] = (at + 1) % list.Count;
        return list[at % list.Count];
    }

    private static object? InsertAt(Arguments a)
    {
        var items = a.List(0).ToList();
        var index = a.Int(1);
        index = index < 0 ? Math.Max(0, index + items.Count) : index;

        a.Run.Step(a.Site, index);
        while (items.Count < index)
            items.Add(null);

        items.Insert(index, a[2]);
        return new ScriptArray(items);
    }

    private static object? RemoveAt(Arguments a)
    {
        var items = a.List(0).ToList();
        var index = a.Int(1);
        index = index < 0 ? index + items.Count : index;

        if (index >= 0 && index < items.Count)
            items.RemoveAt(index);

        return new ScriptArray(items);
    }

    private static object? Join(Arguments a)
    {
        var (list, delimiter) = (a.List(0), a.Text(1));
        var function = a[2] is null ? null : a.Function(2);
        var result = new StringBuilder();

        for (var i = 0; i < list.Count; i++)
        {
            var text = a.Run.Text(list[i], a.Site);
            if (function is not null)
                text = a.Run.Text(function.Invoke(a.Run, a.Site, [text], null), a.Site);

            result.Append(i > 0 ? delimiter : "").Append(text);
            a.Run.CheckText(a.Site, result.Length);
        }

        return result.ToString();
    }

    private static object? Map(Arguments a)
    {
        var member = a.Text(1);
        var result = new ScriptArray();

        foreach (var item in a.List(0))
            result.Items.Add(item is not null && a.Run.TryMember(item, member, out var value) ? value : null);

        return result;
    }

    private static object? Sort(Arguments a)
    {
        var (run, site) = (a.Run, a.Site);
        var member = a[1] is null ? null : a.Text(1);
        var order = Comparer<object?>.Create((x, y) => Operators.Compare(run, Key(run, x, member), Key(run, y, member), site));

        return new ScriptArray([.. a.List(0).Order(order)]);
    }

    /// <summary>A path such as <c>agent.name</c> leads through several members.</summary>
    private static object? Key(Run run, object? item, string? path)
    {
        foreach (var name in path?.Split('.') ?? [])
            item = item is not null && run.TryMember(item, name, out var value) ? value : null;

        return item;
    }

    private static object? Uniq(Arguments a)
    {
        var result = new ScriptArray();

        foreach (var item in a.List(0))
        {
            var isNew = true;
            foreach (var kept in result.Items)
            {
                a.Run.Step(a.Site);
                isNew &= !Operators.AreEqual(a.Run, kept, item, a.Site);
            }

            if (isNew)
                result.Items.Add(item);
        }

        return result;
    }

    private static List<object?> Pick(in Arguments a, bool stopAtFirst)
    {
        var function = a.Function(1);
        var picked = new List<object?>();

        foreach (var item in a.List(0))
        {
            if (!Values.Truth(function.Invoke(a.Run, a.Site, new[] { item }.Concat(a.From(2)).ToArray(), null)))
                continue;

            picked.Add(item);
            if (stopAtFirst)
                break;
        }

        return picked;
    }

    private static object? Each(Arguments a)
    {
        var function = a.Function(1);
        var result = new ScriptArray();

        foreach (var item in a.List(0))
            result.Items.Add(function.Invoke(a.Run, a.Site, new[] { item }.Concat(a.From(2)).ToArray(), null));

        return result;
    }
}
