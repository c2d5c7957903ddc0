using CrmSync.Scripting.Compilation;

namespace CrmSync.Scripting.Runtime;

internal sealed record Parameter(string Name, Eval? Default, bool IsRest);

/// <summary>A function that a template defines. Its value is what it returns, or else what it writes.</summary>
internal sealed class ScriptedFunction(string name, Parameter[]? parameters, Exec body) : TemplateFunction(name)
{
    public override object? Invoke(Run run, Site site, Span<object?> arguments, NamedValue[]? named)
    {
        run.Enter(site);

        var (frame, forLoop, whileLoop) = (run.Frame, run.ForLoop, run.WhileLoop);
        var start = run.Output.Length;

        run.Frame = new Frame(ArgumentList(arguments, named)) { Block = run.TakePendingBlock() };
        (run.ForLoop, run.WhileLoop) = (null, null);

        if (parameters is not null)
            run.Scopes.PushObject(Bind(run, site, arguments, named));

        run.ReturnValue = null;
        body(run);

        var returned = run.ReturnValue;
        run.ReturnValue = null;

        if (parameters is not null)
            run.Scopes.Pop();

        (run.Frame, run.ForLoop, run.WhileLoop) = (frame, forLoop, whileLoop);
        run.Leave();

        var written = run.Output.Length > start ? run.Capture(start) : null;
        return returned ?? written;
    }

    private static ScriptArray ArgumentList(Span<object?> arguments, NamedValue[]? named)
    {
        var list = new ScriptArray([.. arguments]);

        foreach (var (name, value) in named ?? [])
            list.RequireProperties().Set(name, value);

        return list;
    }

    private ScriptObject Bind(Run run, Site site, Span<object?> arguments, NamedValue[]? named)
    {
        var scope = new ScriptObject();

        for (var i = 0; i < parameters!.Length; i++)
        {
            var parameter = parameters[i];
            var byName = Array.FindIndex(named ?? [], n => n.Name == parameter.Name);

            if (parameter.IsRest)
                scope.Set(parameter.Name, Rest(parameter.Name, arguments[Math.Min(i, arguments.Length)..], named));
            else if (byName >= 0)
                scope.Set(parameter.Name, named![byName].Value);
            else if (i < arguments.Length)
                scope.Set(parameter.Name, arguments[i]);
            else if (parameter.Default is not null)
                scope.Set(parameter.Name, parameter.Default(run));
            else
                throw new TemplateFault(site, $"`{Name}` is called without its argument `{parameter.Name}`.");
        }

        Check(site, arguments.Length, named);
        return scope;
    }

    /// <summary>Named arguments add to the rest one by one, as often as they are given.</summary>
    private static ScriptArray Rest(string name, Span<object?> positional, NamedValue[]? named) =>
        new([.. positional, .. (named ?? []).Where(n => n.Name == name).Select(n => n.Value)]);

    private void Check(Site site, int count, NamedValue[]? named)
    {
        if (count > parameters!.Length && !parameters.Any(p => p.IsRest))
            throw new TemplateFault(site, $"`{Name}` is called with {count} arguments, but takes {parameters.Length}.");

        foreach (var (name, _) in named ?? [])
        {
            if (!parameters.Any(p => p.Name == name))
                throw new TemplateFault(site, $"`{Name}` has no parameter `{name}`.");
        }
    }
}
