using System.Collections;
using System.Numerics;
using System.Text.Json;

namespace CrmSync.Scripting.Runtime;

/// <summary>
/// What a template can hold: null, bool, numbers, text, dates, spans of time, and objects and lists from the template or its
/// model. Values of the model pass through <see cref="From"/> on their way in; what it does not know stays opaque.
/// </summary>
internal static class Values
{
    public static object True { get; } = true;

    public static object False { get; } = false;

    public static object Box(bool value) => value ? True : False;

    public static object? From(object? value) => value switch
    {
        null or string or int or bool or long or double or decimal or float or BigInteger => value,
        DateTimeOffset or DateTime or TimeSpan or SafeText or ScriptObject or ScriptArray => value,
        JsonElement json => FromJson(json),
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        TimeOnly time => time.ToTimeSpan(),
        byte or sbyte or short or ushort => Numbers.Box(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)),
        uint n => Numbers.Box(n),
        ulong n => n <= long.MaxValue ? Numbers.Box((long)n) : (BigInteger)n,
        char c => c.ToString(),
        Guid or Uri or Enum => value.ToString(),
        _ => value,
    };

    public static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        JsonValueKind.Number when json.TryGetInt64(out var integer) => Numbers.Box(integer),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.Object or JsonValueKind.Array => json,
        _ => null,
    };

    /// <summary>Scriban language reference 9.3: only null and false are false (and <c>empty</c>, as the package has it).</summary>
    public static bool Truth(object? value) => value switch
    {
        null => false,
        bool b => b,
        EmptyValue => false,
        JsonElement json => json.ValueKind is not (JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined),
        _ => true,
    };

    /// <summary>The items of a list, or null for what is no list. Text is no list.</summary>
    public static IReadOnlyList<object?>? AsList(object? value) => value switch
    {
        ScriptArray array => array,
        RangeValue range => range,
        JsonElement { ValueKind: JsonValueKind.Array } json => [.. json.EnumerateArray().Select(FromJson)],
        string or IDictionary or IReadOnlyDictionary<string, object?> or null => null,
        ModelList list => list,
        IList list => new ModelList(list.Count, i => list[i]),
        IReadOnlyList<object?> list => new ModelList(list.Count, i => list[i]),
        _ => null,
    };

    public static bool IsFunction(object? value) => value is TemplateFunction;

    /// <summary>Null for what can be neither empty nor full, such as a number.</summary>
    public static bool? IsEmpty(object? value, ModelMap models) => value switch
    {
        null or EmptyValue => true,
        string text => text.Length == 0,
        SafeText text => text.Text.Length == 0,
        ScriptObject obj => obj.Count == 0,
        _ => AsList(value) is { } list ? list.Count == 0 : Members.Names(value, models) is { } names ? !names.Any() : null,
    };
}

/// <summary>A list of the model; its items are normalised as they are read.</summary>
internal sealed class ModelList(int count, Func<int, object?> read) : IReadOnlyList<object?>
{
    public int Count => count;

    public object? this[int index] => Values.From(read(index));

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
