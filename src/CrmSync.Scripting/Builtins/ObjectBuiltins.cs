using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CrmSync.Scripting.Runtime;
using static CrmSync.Scripting.Builtins.Library;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>object</c> (Scriban builtins reference, "object functions").</summary>
internal static class ObjectBuiltins
{
    public static BuiltinGroup Group { get; } = new("object",
    [
        Define("default", "value default", a => a[0] is null or "" or SafeText { Text: "" } ? a[1] : a[0]),
        Define("eval", "value", a => Evaluation.Expression(a)),
        Define("eval_template", "value", a => Evaluation.Template(a)),
        Define("format", "value format culture?", a => Format(a)),
        Define("has_key", "value key", a => Values.Box(a[0] is not null && a.Run.TryMember(a[0]!, a.Text(1), out _))),
        Define("has_value", "value key", a => Values.Box(a[0] is not null && a.Run.TryMember(a[0]!, a.Text(1), out var value) && value is not null)),
        Define("keys", "value", a => new ScriptArray([.. Keys(a)])),
        Define("values", "value", ValuesOf),
        Define("size", "value", Size),
        Define("typeof", "value", a => TypeOf(a[0])),
        Define("kind", "value", a => Kind(a[0])),
        Define("from_json", "json", FromJson),
        Define("to_json", "value", a => JsonText.Write(a)),
    ]);

    private static KeyValuePair<string, object?> Define(string name, string signature, BuiltinBody body) => Library.Define("object", name, signature, body);

    /// <summary>A .NET format string. Also serves <c>math.format</c>.</summary>
    public static object? Format(in Arguments a)
    {
        if (a[0] is null)
            return null;

        if (a[0] is not IFormattable value)
            return a.Text(0);

        var (format, culture) = (a.Text(1), a.Culture(2));
        CheckPrecision(a, format);

        try
        {
            return Checked(a, value is DateTimeOffset or DateTime
                ? Dates.Local(value, a.Run.Options.TimeZone).ToString(format, culture)
                : value.ToString(format, culture));
        }
        catch (FormatException)
        {
            throw a.Fault($"The format `{format}` does not fit this value.");
        }
    }

    /// <summary>A precision of a billion digits would be honoured.</summary>
    private static void CheckPrecision(in Arguments a, string format)
    {
        if (format.Length > 1 && int.TryParse(format.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var precision) && precision > 99)
            throw a.Fault("A format can have at most 99 digits.");

        a.Run.ChargeText(a.Site, format.Length);
    }

    private static IEnumerable<string> Keys(in Arguments a)
    {
        if (a[0] is null)
            return [];

        return Members.Names(a[0], a.Run.Models) ?? throw a.Fault($"{a.Run.Describe(a[0])} has no members.");
    }

    private static object? ValuesOf(Arguments a)
    {
        var result = new ScriptArray();

        foreach (var key in Keys(a))
        {
            a.Run.TryMember(a[0]!, key, out var value);
            result.Items.Add(value);
        }

        return result;
    }

    private static object? Size(Arguments a) => a[0] switch
    {
        null => Numbers.Box(0),
        string or SafeText => Numbers.Box(a.Text(0).Length),
        RangeValue range => Numbers.Box(range.Length),
        var value when Values.AsList(value) is { } list => Numbers.Box(list.Count),
        var value when Members.Names(value, a.Run.Models) is { } names => Numbers.Box(names.Count()),
        _ => throw a.Fault($"{a.Run.Describe(a[0])} has no size."),
    };

    private static string? TypeOf(object? value) => value switch
    {
        null => null,
        bool => "boolean",
        string or SafeText => "string",
        RangeValue => "iterator",
        _ when Numbers.IsNumber(value) => "number",
        _ when Values.AsList(value) is not null => "array",
        _ => "object",
    };

    private static string? Kind(object? value) => value switch
    {
        null => null,
        bool => "bool",
        string or SafeText => "string",
        int => "int",
        long => "long",
        BigInteger => "bigint",
        float => "float",
        double => "double",
        decimal => "decimal",
        RangeValue => "range",
        TemplateFunction => "function",
        _ when Values.AsList(value) is not null => "array",
        _ => "object",
    };

    private static object? FromJson(Arguments a)
    {
        if (a[0] is null)
            return null;

        try
        {
            var text = a.Text(0);
            a.Run.ChargeText(a.Site, text.Length);
            return Values.FromJson(JsonElement.Parse(text));
        }
        catch (JsonException e)
        {
            throw a.Fault($"The text is not JSON, line {e.LineNumber + 1}.");
        }
    }
}
