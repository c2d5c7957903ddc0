using System.Collections;
using System.Text.Json;

namespace CrmSync.Scripting.Runtime;

/// <summary>Reading members of objects: of the template, of JSON, of dictionaries and of registered records. Nothing else has any.</summary>
internal static class Members
{
    /// <returns>False when there is no such member; its value may be null when there is.</returns>
    public static bool TryGet(object target, string name, ModelMap models, out object? value)
    {
        switch (target)
        {
            case ScriptObject obj:
                return obj.TryGet(name, out value);
            case ScriptArray array:
                return TryGetFromArray(array, name, out value);
            case BuiltinGroup group:
                return group.TryGet(name, out value);
            case JsonElement { ValueKind: JsonValueKind.Object } json:
                var exists = json.TryGetProperty(name, out var property);
                value = exists ? Values.FromJson(property) : null;
                return exists;
            case IReadOnlyDictionary<string, object?> dictionary:
                exists = dictionary.TryGetValue(name, out value);
                value = Values.From(value);
                return exists;
            case IDictionary dictionary:
                exists = dictionary.Contains(name);
                value = exists ? Values.From(dictionary[name]) : null;
                return exists;
            case IReadOnlyDictionary<string, string> dictionary:
                exists = dictionary.TryGetValue(name, out var text);
                value = text;
                return exists;
            case string or SafeText:
                value = name == "size" ? Numbers.Box(target.ToString()!.Length) : null;
                return value is not null;
            case TimeSpan span:
                return DateMembers.TryGet(span, name, out value);
            default:
                return models.TryGet(target, name, out value) || TryGetSize(target, name, out value);
        }
    }

    /// <summary>The names of an object's members; null for what is no object.</summary>
    public static IEnumerable<string>? Names(object? target, ModelMap models) => target switch
    {
        GlobalObject global => global.Members.Keys.Concat((Names(global.Model, models) ?? []).Where(n => !global.Members.ContainsKey(n))),
        ScriptObject obj => obj.Members.Keys,
        BuiltinGroup group => group.Names,
        JsonElement { ValueKind: JsonValueKind.Object } json => json.EnumerateObject().Select(p => p.Name),
        IReadOnlyDictionary<string, object?> dictionary => dictionary.Keys,
        IDictionary dictionary => dictionary.Keys.OfType<string>(),
        IReadOnlyDictionary<string, string> dictionary => dictionary.Keys,
        null => null,
        _ => models.Find(target.GetType())?.Names,
    };

    private static bool TryGetFromArray(ScriptArray array, string name, out object? value)
    {
        if (array.Properties is { } properties && properties.TryGet(name, out value))
            return true;

        value = name == "size" ? Numbers.Box(array.Count) : null;
        return value is not null;
    }

    private static bool TryGetSize(object target, string name, out object? value)
    {
        value = name == "size" && Values.AsList(target) is { } list ? Numbers.Box(list.Count) : null;
        return value is not null;
    }
}
