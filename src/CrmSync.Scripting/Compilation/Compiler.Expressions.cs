using CrmSync.Scripting.Runtime;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Compilation;

internal sealed partial class Compiler
{
    /// <summary>The value of an expression. A path that leads to a function calls it without arguments.</summary>
    private Eval Value(ExpressionSyntax syntax)
    {
        var raw = Raw(syntax);

        if (syntax is not (VariableSyntax or MemberSyntax or IndexSyntax))
            return raw;

        var site = At(syntax);
        return run => raw(run) is var value && value is TemplateFunction function ? function.Invoke(run, site, [], null) : value;
    }

    private Eval Raw(ExpressionSyntax syntax)
    {
        switch (syntax)
        {
            case LiteralSyntax literal:
                var constant = literal.Value switch { int i => Numbers.Box(i), bool b => Values.Box(b), var other => other };
                return _ => constant;
            case VariableSyntax variable: return Variable(variable);
            case ThisSyntax: return run => run.Scopes.This;
            case LoopVariableSyntax loop: return LoopVariable(loop);
            case MemberSyntax member: return Member(member);
            case IsEmptySyntax isEmpty: return IsEmpty(isEmpty);
            case IndexSyntax index: return Index(index);
            case CallSyntax call: return Call(call, first: null);
            case PipeSyntax pipe: return Pipe(pipe.To, Value(pipe.From));
            case UnarySyntax unary: return Unary(unary);
            case IncrementSyntax increment: return Increment(increment);
            case BinarySyntax binary: return Binary(binary, Value(binary.Left));
            case ConditionalSyntax conditional: return Conditional(conditional, Value(conditional.Condition));
            case NestedSyntax nested: return Value(nested.Inner);
            case InterpolatedTextSyntax text: return Interpolated(text);
            case ArraySyntax array: return Array(array);
            case ObjectSyntax obj: return Object(obj);
            case AnonymousFunctionSyntax function: return Function(function.Function);
            default: throw new InvalidOperationException($"No code for {syntax.GetType().Name}.");
        }
    }

    private static Eval Variable(VariableSyntax syntax)
    {
        var name = syntax.Name;

        if (!syntax.IsLocal)
            return run => run.Variable(name);

        if (name == "$")
            return run => run.Frame.Arguments;

        if (ArgumentIndex(name) is not { } index)
            return run => run.Frame.TryGet(name, out var value) ? value : null;

        return run => index < run.Frame.Arguments.Count ? run.Frame.Arguments[index] : null;
    }

    private Eval Member(MemberSyntax syntax)
    {
        var (site, name, isOptional) = (Site.Of(file, syntax.NameSpan), syntax.Name, syntax.IsOptional);

        if (Builtins.BuiltinTable.Find(syntax) is { } builtin)
            return BuiltinMember((VariableSyntax)syntax.Target, builtin, site, name);

        var target = Value(syntax.Target);
        return run => run.Member(target(run), name, isOptional, site);
    }

    /// <summary>Finds <c>string.upcase</c> at once, unless the template or the model has a variable <c>string</c> of its own.</summary>
    private static Eval BuiltinMember(VariableSyntax group, object builtin, Site site, string name)
    {
        var groupName = group.Name;
        return run => run.IsShadowed(groupName) ? run.Member(run.Variable(groupName), name, isOptional: false, site) : builtin;
    }

    private Eval IsEmpty(IsEmptySyntax syntax)
    {
        var target = Value(syntax.Target);
        return run => Values.IsEmpty(target(run), run.Models) is { } isEmpty ? Values.Box(isEmpty) : null;
    }

    private Eval Index(IndexSyntax syntax)
    {
        var (site, target, index) = (At(syntax), Value(syntax.Target), Value(syntax.Index));
        return run => run.Item(target(run), index(run), site);
    }

    private Eval Unary(UnarySyntax syntax)
    {
        var site = At(syntax);

        switch (syntax.Operator)
        {
            case UnaryOperator.Alias:
                return Raw(syntax.Operand is NestedSyntax nested ? nested.Inner : syntax.Operand);
            case UnaryOperator.Not:
                var condition = Value(syntax.Operand);
                return run => Values.Box(!Values.Truth(condition(run)));
            case UnaryOperator.Spread:
                return Value(syntax.Operand);
            default:
                var (operand, isMinus) = (Value(syntax.Operand), syntax.Operator == UnaryOperator.Minus);
                return run => Signed(run, operand(run), isMinus, site);
        }
    }

    private static object? Signed(Run run, object? value, bool isMinus, Site site)
    {
        if (value is null || (!isMinus && Numbers.IsNumber(value)))
            return value;

        if (value is TimeSpan span)
            return isMinus ? span.Negate() : span;

        if (value is string text && double.TryParse(text, run.Culture, out var number))
            return isMinus ? -number : number;

        return Numbers.IsNumber(value)
            ? Operators.Apply(run, BinaryOperator.Multiply, value, Numbers.Box(-1), site)
            : throw new TemplateFault(site, $"{run.Describe(value)} has no sign.");
    }

    private Eval Binary(BinarySyntax syntax, Eval left)
    {
        var (site, op, right) = (Site.Of(file, syntax.OperatorSpan), syntax.Operator, Value(syntax.Right));

        return op switch
        {
            BinaryOperator.And => run => Values.Box(Values.Truth(left(run)) && Values.Truth(right(run))),
            BinaryOperator.Or => run => Values.Box(Values.Truth(left(run)) || Values.Truth(right(run))),
            BinaryOperator.Coalesce => run => left(run) ?? right(run),
            BinaryOperator.NotCoalesce => run => left(run) is { } value ? right(run) : null,
            _ => run => Operators.Apply(run, op, left(run), right(run), site),
        };
    }

    private Eval Conditional(ConditionalSyntax syntax, Eval condition)
    {
        var (then, otherwise) = (Value(syntax.Then), Value(syntax.Otherwise));
        return run => Values.Truth(condition(run)) ? then(run) : otherwise(run);
    }

    private Eval Interpolated(InterpolatedTextSyntax syntax)
    {
        var site = At(syntax);
        var parts = syntax.Parts.Select(Value).ToArray();

        return run =>
        {
            object? result = "";
            foreach (var part in parts)
                result = Operators.Concat(run, result, part(run), site);

            return result;
        };
    }

    private Eval Array(ArraySyntax syntax)
    {
        var site = At(syntax);
        var values = syntax.Values.Select(Value).ToArray();

        return run =>
        {
            run.Step(site, values.Length);
            var items = new List<object?>(values.Length);

            foreach (var value in values)
                items.Add(value(run));

            return new ScriptArray(items);
        };
    }

    private Eval Object(ObjectSyntax syntax)
    {
        var site = At(syntax);
        var members = syntax.Members.Select(m => (m.Name, Value: Value(m.Value))).ToArray();

        return run =>
        {
            run.Step(site, members.Length);
            var result = new ScriptObject();

            foreach (var (name, value) in members)
                result.Set(name, value(run));

            return result;
        };
    }
}
