using System.Collections.Frozen;

namespace CrmSync.Scripting.Runtime;

internal delegate object? BuiltinBody(Arguments arguments);

/// <summary>A function of the language's library.</summary>
/// <param name="required">The first so many parameters must be given; the others may.</param>
/// <param name="takesRest">Further arguments are allowed.</param>
internal sealed class BuiltinFunction(string name, string[] parameters, int required, BuiltinBody body, bool takesRest = false)
    : TemplateFunction(name)
{
    public override object? Invoke(Run run, Site site, Span<object?> arguments, NamedValue[]? named)
    {
        run.Step(site);

        if (named is not null)
            arguments = Merge(site, arguments, named);

        if (arguments.Length < required || (arguments.Length > parameters.Length && !takesRest))
            throw new TemplateFault(site, $"`{Name}` is called with {arguments.Length} arguments.", $"It takes: {Signature}.");

        return body(new Arguments(run, site, Name, arguments));
    }

    private string Signature => parameters.Length == 0
        ? "none"
        : string.Join(' ', parameters.Select((p, i) => i < required ? $"<{p}>" : $"<{p}>?"));

    /// <summary>A named argument takes its place, whether or not a positional one stands there already.</summary>
    private object?[] Merge(Site site, Span<object?> positional, NamedValue[] named)
    {
        var merged = new List<object?>(positional.ToArray());

        foreach (var (argument, value) in named)
        {
            var at = Array.FindIndex(parameters, p => string.Equals(p, argument, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
                throw new TemplateFault(site, $"`{Name}` has no parameter `{argument}`.", $"It takes: {Signature}.");

            while (merged.Count <= at)
                merged.Add(null);

            merged[at] = value;
        }

        return [.. merged];
    }
}

/// <summary>A named set of built-ins, such as <c>string</c>.</summary>
internal sealed class BuiltinGroup(string name, IEnumerable<KeyValuePair<string, object?>> members)
{
    private readonly FrozenDictionary<string, object?> _members = members.ToFrozenDictionary(StringComparer.Ordinal);

    public string Name => name;

    public IEnumerable<string> Names => _members.Keys;

    public bool TryGet(string member, out object? value) => _members.TryGetValue(member, out value);
}
