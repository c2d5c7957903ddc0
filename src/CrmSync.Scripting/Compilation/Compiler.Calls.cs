using System.Runtime.CompilerServices;
using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Compilation;

internal sealed partial class Compiler
{
    private const int BufferedArgumentsMax = 8;

    /// <summary>Keeps the arguments of a usual call on the stack.</summary>
    [InlineArray(BufferedArgumentsMax)]
    private struct ArgumentBuffer
    {
        private object? _first;
    }

    /// <param name="first">What a pipe puts before the other arguments.</param>
    private Eval Call(CallSyntax syntax, Eval? first)
    {
        var arguments = syntax.Arguments.Select(Value);
        var named = syntax.Named.Select(n => (n.Name, Value(n.Value))).ToArray();
        Eval[] all = first is null ? [.. arguments] : [first, .. arguments];
        var spread = syntax.Arguments.Select(a => a is UnarySyntax { Operator: UnaryOperator.Spread }).ToArray();

        if (spread.Contains(value: true))
            return SpreadCall(syntax.Target, all, first is null ? spread : [false, .. spread], named);

        return Call(syntax.Target, all, named);
    }

    private Eval Call(ExpressionSyntax target, Eval[] arguments, (string Name, Eval Value)[] named)
    {
        var (site, function) = (At(target), Callee(target));

        if (named.Length > 0 || arguments.Length > BufferedArgumentsMax)
        {
            return run =>
            {
                var callee = Require(run, function(run), target, site);
                var values = new object?[arguments.Length];
                Evaluate(run, arguments, values);
                return callee.Invoke(run, site, values, Evaluate(run, named));
            };
        }

        return run =>
        {
            var callee = Require(run, function(run), target, site);
            var buffer = default(ArgumentBuffer);
            Span<object?> values = buffer;
            Evaluate(run, arguments, values);
            return callee.Invoke(run, site, values[..arguments.Length], null);
        };
    }

    private Eval SpreadCall(ExpressionSyntax target, Eval[] arguments, bool[] spread, (string Name, Eval Value)[] named)
    {
        var (site, function) = (At(target), Callee(target));

        return run =>
        {
            var callee = Require(run, function(run), target, site);
            var values = new List<object?>();

            for (var i = 0; i < arguments.Length; i++)
            {
                var value = arguments[i](run);
                if (spread[i] && Values.AsList(value) is { } list)
                {
                    run.Step(site, list.Count);
                    values.AddRange(list);
                }
                else
                {
                    values.Add(value);
                }
            }

            return callee.Invoke(run, site, values.ToArray(), named.Length == 0 ? null : Evaluate(run, named));
        };
    }

    /// <summary>The function an expression names, not its result.</summary>
    private Eval Callee(ExpressionSyntax target) => target is NestedSyntax nested ? Callee(nested.Inner) : Raw(target);

    private static void Evaluate(Run run, Eval[] arguments, Span<object?> values)
    {
        for (var i = 0; i < arguments.Length; i++)
            values[i] = arguments[i](run);
    }

    private static NamedValue[] Evaluate(Run run, (string Name, Eval Value)[] named)
    {
        var values = new NamedValue[named.Length];
        for (var i = 0; i < named.Length; i++)
            values[i] = new NamedValue(named[i].Name, named[i].Value(run));

        return values;
    }

    private static TemplateFunction Require(Run run, object? value, ExpressionSyntax target, Site site)
    {
        if (value is TemplateFunction function)
            return function;

        var name = Shown(target);
        throw new TemplateFault(site, value is null ? $"There is no function `{name}`." : $"`{name}` is called, but it is no function: {run.Describe(value)}.");
    }

    private static string Shown(ExpressionSyntax target) => target switch
    {
        VariableSyntax variable => variable.Name,
        MemberSyntax member => $"{Shown(member.Target)}.{member.Name}",
        IndexSyntax index => $"{Shown(index.Target)}[...]",
        NestedSyntax nested => $"({Shown(nested.Inner)})",
        _ => "...",
    };

    /// <summary>Gives the piped value to the first call on the right side, which is its leftmost operand.</summary>
    private Eval Pipe(ExpressionSyntax to, Eval from)
    {
        switch (to)
        {
            case CallSyntax call: return Call(call, from);
            case VariableSyntax or MemberSyntax or IndexSyntax: return Call(to, [from], []);
            case BinarySyntax binary: return Binary(binary, Pipe(binary.Left, from));
            case ConditionalSyntax conditional: return Conditional(conditional, Pipe(conditional.Condition, from));
            case NestedSyntax nested: return Pipe(nested.Inner, from);
            default: return PipeToValue(At(to), Raw(to), from);
        }
    }

    /// <summary>A function made on the spot takes the value; between two lists <c>|</c> joins them.</summary>
    private static Eval PipeToValue(Site site, Eval to, Eval from) => run =>
    {
        var (left, right) = (from(run), to(run));

        if (right is TemplateFunction function)
            return function.Invoke(run, site, new object?[] { left }, null);

        return Values.AsList(left) is { } a && Values.AsList(right) is { } b
            ? ListOperators.Join(run, a, b, site)
            : throw new TemplateFault(site, "What follows the | is no function.");
    };
}
