using System.Globalization;
using System.Text;
using CrmSync.Scripting.Runtime;
using static CrmSync.Scripting.Builtins.Library;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>string</c> (Scriban builtins reference, "string functions").</summary>
internal static class StringBuiltins
{
    private static readonly char[] NewLines = ['\r', '\n'];

    public static BuiltinGroup Group { get; } = new("string",
    [
        Text("append", "text with", a => Operators.Concat(a.Run, a[0], a[1], a.Site)),
        Text("prepend", "text by", a => Operators.Concat(a.Run, a[1], a[0], a.Site)),
        Text("upcase", "text", a => Map(a, a.Run.Culture.TextInfo.ToUpper)),
        Text("downcase", "text", a => Map(a, a.Run.Culture.TextInfo.ToLower)),
        Text("capitalize", "text", Capitalize),
        Text("capitalizewords", "text", CapitalizeWords),
        Text("strip", "text", a => Map(a, s => s.Trim())),
        Text("lstrip", "text", a => Map(a, s => s.TrimStart())),
        Text("rstrip", "text", a => Map(a, s => s.TrimEnd())),
        Text("strip_newlines", "text", a => Map(a, s => string.Concat(s.Split(NewLines)))),
        Text("handleize", "text", a => Map(a, Handleize)),
        Text("escape", "text", a => Map(a, Escapes.Escape)),
        Text("literal", "text", a => Map(a, s => $"\"{Escapes.Escape(s)}\"")),
        Text("size", "text", a => Numbers.Box(a.Text(0).Length)),
        Text("empty", "text", a => Values.Box(a.Text(0).Length == 0)),
        Text("whitespace", "text", a => Values.Box(string.IsNullOrWhiteSpace(a.Text(0)))),
        Text("contains", "text value", a => Values.Box(a[0] is not null && a.Text(0).Contains(a.Text(1), StringComparison.Ordinal))),
        Text("starts_with", "text value", a => Values.Box(a[0] is not null && a.Text(0).StartsWith(a.Text(1), StringComparison.Ordinal))),
        Text("ends_with", "text value", a => Values.Box(a[0] is not null && a.Text(0).EndsWith(a.Text(1), StringComparison.Ordinal))),
        Text("equals_ignore_case", "text value", a => Values.Box(string.Equals(a.Text(0), a.Text(1), StringComparison.OrdinalIgnoreCase))),
        Text("index_of", "text search start_index? count? string_comparison?", IndexOf),
        Text("pluralize", "number singular plural", a => a.Long(0) == 1 ? a[1] : a[2]),
        Text("split", "text match", Split),
        Text("to_int", "text", a => Number(a, (s, culture) => int.TryParse(s, NumberStyles.Integer, culture, out var n) ? n : null)),
        Text("to_long", "text", a => Number(a, (s, culture) => long.TryParse(s, NumberStyles.Integer, culture, out var n) ? n : null)),
        Text("to_float", "text", a => Number(a, (s, culture) => float.TryParse(s, NumberStyles.Float | NumberStyles.AllowThousands, culture, out var n) ? n : null)),
        Text("to_double", "text", a => Number(a, (s, culture) => double.TryParse(s, NumberStyles.Float | NumberStyles.AllowThousands, culture, out var n) ? n : null)),
        .. StringPartBuiltins.Functions,
        .. StringHashBuiltins.Functions,
    ]);

    internal static KeyValuePair<string, object?> Text(string name, string signature, BuiltinBody body) => Define("string", name, signature, body);

    private static object? Capitalize(Arguments a)
    {
        var info = a.Run.Culture.TextInfo;
        return Map(a, s => s.Length == 0 ? s : info.ToUpper(s[0]) + s[1..]);
    }

    private static object? CapitalizeWords(Arguments a)
    {
        var info = a.Run.Culture.TextInfo;

        return Map(a, text =>
        {
            var result = text.ToCharArray();
            for (var i = 0; i < result.Length; i++)
            {
                if (i == 0 || char.IsWhiteSpace(result[i - 1]))
                    result[i] = info.ToUpper(result[i]);
            }

            return new string(result);
        });
    }

    /// <summary>Lower case; each run of other characters than ASCII letters and digits becomes one hyphen, none at the ends.</summary>
    private static string Handleize(string text)
    {
        var result = new StringBuilder(text.Length);

        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
                result.Append(char.ToLowerInvariant(c));
            else if (result.Length > 0 && result[^1] != '-')
                result.Append('-');
        }

        return result.ToString().TrimEnd('-');
    }

    private static object? IndexOf(Arguments a)
    {
        var (text, search) = (a.Text(0), a.Text(1));
        var start = a.Int(2);

        if (start < 0 || start > text.Length)
            throw a.Fault($"The start {start} is outside of the text.");

        var count = a.Int(3, text.Length - start);
        if (count < 0 || count > text.Length - start)
            throw a.Fault($"The count {count} reaches outside of the text.");

        var comparison = StringComparison.Ordinal;
        if (a[4] is not null && !Enum.TryParse(a.Text(4), ignoreCase: true, out comparison))
            throw a.Fault($"The comparison `{a.Text(4)}` is unknown.", "It can be Ordinal, OrdinalIgnoreCase, CurrentCulture, InvariantCulture or their IgnoreCase forms.");

        return Numbers.Box(text.IndexOf(search, start, count, comparison));
    }

    private static object? Split(Arguments a)
    {
        var (text, match) = (a.Text(0), a.Text(1));

        if (text.Length == 0)
            return new ScriptArray();

        a.Run.ChargeText(a.Site, text.Length);
        var parts = match.Length == 0
            ? text.Select(c => (object?)c.ToString())
            : text.Split(match, StringSplitOptions.RemoveEmptyEntries);

        var result = new ScriptArray([.. parts]);
        a.Run.Step(a.Site, result.Count);
        return result;
    }

    private static object? Number(in Arguments a, Func<string, CultureInfo, object?> parse) =>
        a[0] is null ? null : parse(a.Text(0).Trim(), a.Run.Culture);
}
