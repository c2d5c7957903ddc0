using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Compilation;

/// <summary>
/// Turns a syntax tree into a tree of closures. The closures hold no state of a rendering: all of it is in the
/// <see cref="Run"/> they are given, so one compiled template serves any number of threads.
/// </summary>
internal sealed partial class Compiler(string file)
{
    private static readonly Exec Nothing = _ => Flow.Next;

    public Exec Template(TemplateSyntax syntax)
    {
        var body = Block(syntax.Body);

        if (syntax.FrontMatter is null)
            return body;

        var frontMatter = Block(syntax.FrontMatter);
        return run =>
        {
            var start = run.Output.Length;
            var flow = frontMatter(run);
            run.Output.Length = start;
            return flow == Flow.Return ? flow : body(run);
        };
    }

    public Eval Expression(ExpressionSyntax syntax) => Value(syntax);

    private Site At(SyntaxNode node) => Site.Of(file, node.Span);

    private Exec Block(BlockSyntax block)
    {
        var statements = block.Statements.Select(Statement).ToArray();

        return statements switch
        {
            [] => Nothing,
            [var only] => only,
            _ => run =>
            {
                foreach (var statement in statements)
                {
                    var flow = statement(run);
                    if (flow != Flow.Next)
                        return flow;
                }

                return Flow.Next;
            }
            ,
        };
    }

    private Exec Statement(StatementSyntax statement) => statement switch
    {
        TextSyntax text => Text(text),
        OutputSyntax output => Output(output),
        AssignmentSyntax assignment => Assignment(assignment),
        IfSyntax @if => If(@if),
        CaseSyntax @case => Case(@case),
        ForSyntax @for => For(@for),
        WhileSyntax @while => While(@while),
        BreakSyntax => _ => Flow.Break,
        ContinueSyntax => _ => Flow.Continue,
        ReturnSyntax ret => Return(ret),
        CaptureSyntax capture => Capture(capture),
        WithSyntax with => With(with),
        WrapSyntax wrap => Wrap(wrap),
        WrappedBlockSyntax wrapped => WrappedBlock(wrapped),
        ImportSyntax import => Import(import),
        ReadOnlySyntax readOnly => ReadOnly(readOnly),
        FunctionDeclarationSyntax function => Declaration(function),
        _ => throw new InvalidOperationException($"No code for {statement.GetType().Name}."),
    };

    private Exec Text(TextSyntax syntax)
    {
        var (site, text) = (At(syntax), syntax.Text);

        return run =>
        {
            run.WriteRaw(text, site);
            return Flow.Next;
        };
    }

    private Exec Output(OutputSyntax syntax)
    {
        var (site, indent, value) = (At(syntax), syntax.Indent, Value(syntax.Expression));

        return run =>
        {
            run.Step(site);
            run.Write(value(run), indent, site);
            return Flow.Next;
        };
    }

    private Exec Assignment(AssignmentSyntax syntax)
    {
        var (site, value) = (At(syntax), Value(syntax.Value));
        var target = Target(syntax.Target);

        if (syntax.Operator is not { } op)
        {
            return run =>
            {
                run.Step(site);
                target.Set(run, value(run));
                return Flow.Next;
            };
        }

        var operatorSite = Site.Of(file, syntax.OperatorSpan);
        return run =>
        {
            run.Step(site);
            target.Set(run, Operators.Apply(run, op, target.Get(run), value(run), operatorSite));
            return Flow.Next;
        };
    }

    private Exec If(IfSyntax syntax)
    {
        var branches = syntax.Branches.Select(b => (Condition: Value(b.Condition), Body: Block(b.Body))).ToArray();
        var otherwise = syntax.Otherwise is null ? Nothing : Block(syntax.Otherwise);
        var site = At(syntax);

        return run =>
        {
            run.Step(site);

            foreach (var (condition, body) in branches)
            {
                if (Values.Truth(condition(run)))
                    return body(run);
            }

            return otherwise(run);
        };
    }

    private Exec Case(CaseSyntax syntax)
    {
        var (site, value) = (At(syntax), Value(syntax.Value));
        var branches = syntax.Branches.Select(b => (Values: b.Values.Select(Value).ToArray(), Body: Block(b.Body))).ToArray();
        var otherwise = syntax.Otherwise is null ? Nothing : Block(syntax.Otherwise);

        return run =>
        {
            run.Step(site);
            var actual = value(run);

            foreach (var (candidates, body) in branches)
            {
                foreach (var candidate in candidates)
                {
                    if (Operators.AreEqual(run, actual, candidate(run), site))
                        return body(run);
                }
            }

            return otherwise(run);
        };
    }

    private Exec Return(ReturnSyntax syntax)
    {
        var value = syntax.Value is null ? _ => null : Value(syntax.Value);

        return run =>
        {
            run.ReturnValue = value(run);
            return Flow.Return;
        };
    }

    private Exec Capture(CaptureSyntax syntax)
    {
        var (target, body) = (Target(syntax.Target), Block(syntax.Body));

        return run =>
        {
            var start = run.Output.Length;
            var flow = body(run);
            target.Set(run, run.Capture(start));
            return flow;
        };
    }

    private Exec With(WithSyntax syntax)
    {
        var (site, target, body) = (At(syntax.Target), Value(syntax.Target), Block(syntax.Body));

        return run =>
        {
            run.Step(site);
            var value = target(run);

            if (value is null && !run.Options.Strict)
                return Flow.Next;

            if (value is null || Members.Names(value, run.Models) is null)
                throw new TemplateFault(site, $"{run.Describe(value)} has no members that `with` could open.");

            run.Scopes.PushObject(value);
            var flow = body(run);
            run.Scopes.Pop();
            return flow;
        };
    }

    private Exec Import(ImportSyntax syntax)
    {
        var (site, source) = (At(syntax), Value(syntax.Source));

        return run =>
        {
            var value = source(run);
            if (value is null || Members.Names(value, run.Models) is not { } names || run.Scopes.This is not ScriptObject target)
                throw new TemplateFault(site, $"{run.Describe(value)} has no members that could be imported.");

            foreach (var name in names.ToArray())
            {
                run.Step(site);
                if (!target.IsReadOnly(name) && run.TryMember(value, name, out var member))
                    target.Set(name, member);
            }

            return Flow.Next;
        };
    }

    private Exec ReadOnly(ReadOnlySyntax syntax)
    {
        var (site, name) = (At(syntax), syntax.Variable.Name);

        return run =>
        {
            if (run.Scopes.This is not ScriptObject target)
                throw new TemplateFault(site, "The object belongs to the model, which is readonly already.");

            target.Protect(name);
            return Flow.Next;
        };
    }
}
