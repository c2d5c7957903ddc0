using System.Text;
using CrmSync.Scripting.Runtime;

namespace CrmSync.Scripting.Builtins;

/// <summary><c>include</c> and <c>include_join</c>. A partial sees the variables of the template; its <c>$</c> are the arguments.</summary>
internal static class IncludeBuiltins
{
    private const string TemplatePrefix = "tpl:";

    public static BuiltinFunction Include { get; } =
        Library.Function("include", "name arguments...", a => Render(a, a.Text(0), a.From(1)));

    public static BuiltinFunction IncludeJoin { get; } =
        Library.Function("include_join", "names separator? begin? end?", Join);

    private static object Render(in Arguments a, string name, object?[] arguments)
    {
        var loader = a.Run.Options.Loader
            ?? throw new TemplateFault(a.Site, $"`{name}` cannot be included: this template has no folder for partials.");

        if (loader.Load(name) is not { } source)
            throw new TemplateFault(a.Site, $"There is no partial `{name}`.", Nearest.Hint(name, loader.Names));

        var parsed = PartialCache.Parse(loader, source);

        if (parsed.Template is not { } template)
            throw new TemplateFault(parsed.Diagnostics[0]);

        return template.RenderInside(a.Run, a.Site, new Frame(new ScriptArray([.. arguments])));
    }

    private static object? Join(Arguments a)
    {
        var result = new StringBuilder();

        foreach (var name in a.List(0))
        {
            var text = a.Run.Text(Render(a, a.Run.Text(name, a.Site), []));
            if (text.Length == 0)
                continue;

            if (result.Length > 0)
                result.Append(Delimiter(a, 1));

            result.Append(text);
            a.Run.CheckText(a.Site, result.Length);
        }

        return result.Length == 0 ? "" : a.Run.AsWritten(Delimiter(a, 2) + result + Delimiter(a, 3));
    }

    /// <summary>A text, or the partial that <c>tpl:name</c> names.</summary>
    private static string Delimiter(in Arguments a, int index)
    {
        var text = a.Text(index);

        if (text.StartsWith(TemplatePrefix, StringComparison.Ordinal))
            return a.Run.Text(Render(a, text[TemplatePrefix.Length..], []));

        return a[index] is SafeText || a.Run.Encoder == Encoder.None ? text : Html.Encode(text);
    }
}
