using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Compilation;

internal sealed partial class Compiler
{
    /// <summary>Something that can be assigned to. Reading it first and writing it later evaluates its parts twice.</summary>
    private sealed record Assignable(Eval Get, Action<Run, object?> Set);

    private Assignable Target(ExpressionSyntax syntax)
    {
        var site = At(syntax);
        var get = Raw(syntax);

        switch (syntax)
        {
            case VariableSyntax { IsLocal: true } local when ArgumentIndex(local.Name) is { } index:
                return new Assignable(get, (run, value) => run.SetItem(run.Frame.Arguments, Numbers.Box(index), value, site));
            case VariableSyntax { IsLocal: true } local:
                return new Assignable(get, (run, value) => run.Frame.Set(local.Name, value));
            case VariableSyntax variable:
                return new Assignable(get, (run, value) => run.Scopes.Set(variable.Name, value, site));
            case MemberSyntax member:
                var (owner, nameSite) = (Value(member.Target), Site.Of(file, member.NameSpan));
                return new Assignable(get, (run, value) => run.SetMember(owner(run), member.Name, value, nameSite));
            case IndexSyntax item:
                var (list, position) = (Value(item.Target), Value(item.Index));
                return new Assignable(get, (run, value) => run.SetItem(list(run), position(run), value, site));
            default:
                throw new InvalidOperationException($"{syntax.GetType().Name} cannot be assigned to.");
        }
    }

    private Eval Increment(IncrementSyntax syntax)
    {
        var (site, step, isPostfix) = (At(syntax), Numbers.Box(syntax.Step), syntax.IsPostfix);
        var target = Target(syntax.Target);

        return run =>
        {
            var before = target.Get(run);
            var after = Operators.Apply(run, BinaryOperator.Add, before, step, site);
            target.Set(run, after);
            return isPostfix ? before : after;
        };
    }

    /// <summary><c>$0</c>, <c>$1</c>, ... are items of <c>$</c>.</summary>
    private static int? ArgumentIndex(string name) =>
        name.Length > 1 && int.TryParse(name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture, out var index) ? index : null;
}
