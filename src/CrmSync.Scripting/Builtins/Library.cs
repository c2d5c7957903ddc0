using CrmSync.Scripting.Runtime;

namespace CrmSync.Scripting.Builtins;

/// <summary>Short forms to declare built-ins with.</summary>
internal static class Library
{
    /// <param name="signature">Parameter names; <c>name?</c> may be left out, <c>name...</c> takes all the rest.</param>
    public static KeyValuePair<string, object?> Define(string group, string name, string signature, BuiltinBody body) =>
        new(name, Function($"{group}.{name}", signature, body));

    public static BuiltinFunction Function(string name, string signature, BuiltinBody body)
    {
        var parameters = signature.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var required = parameters.Count(p => !p.EndsWith('?') && !p.EndsWith('.'));
        return new BuiltinFunction(name, [.. parameters.Select(p => p.TrimEnd('?', '.'))], required, body, signature.EndsWith("...", StringComparison.Ordinal));
    }

    /// <summary>Applies a function to a text; nothing stays nothing.</summary>
    public static object? Map(in Arguments arguments, Func<string, string> map)
    {
        if (arguments[0] is null)
            return null;

        var text = arguments.Text(0);
        arguments.Run.ChargeText(arguments.Site, text.Length);
        return Checked(arguments, map(text));
    }

    /// <summary>Charges a text that was made, and stops one that has grown too long.</summary>
    public static string Checked(in Arguments arguments, string text)
    {
        arguments.Run.ChargeText(arguments.Site, text.Length);
        return text;
    }
}
