namespace CrmSync.Scripting.Syntax;

/// <summary>A number, text, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
public sealed class LiteralSyntax(SourceSpan span, object? value) : ExpressionSyntax(span)
{
    public object? Value { get; } = value;
}

/// <summary><c>$"text {expression} text"</c>: the parts alternate as they stand.</summary>
public sealed class InterpolatedTextSyntax(SourceSpan span, IReadOnlyList<ExpressionSyntax> parts) : ExpressionSyntax(span)
{
    public IReadOnlyList<ExpressionSyntax> Parts { get; } = parts;
}

/// <summary>A variable. Local names carry their <c>$</c>; <c>$</c> alone are the arguments of the function.</summary>
public sealed class VariableSyntax(SourceSpan span, string name) : ExpressionSyntax(span)
{
    public string Name { get; } = name;

    public bool IsLocal => Name[0] == '$';
}

/// <summary><c>this</c>: the object that plain variables are written to.</summary>
public sealed class ThisSyntax(SourceSpan span) : ExpressionSyntax(span);

/// <summary><c>for.index</c>, <c>while.first</c> and their like.</summary>
public sealed class LoopVariableSyntax(SourceSpan span, bool isFor, LoopVariable variable) : ExpressionSyntax(span)
{
    public bool IsFor { get; } = isFor;

    public LoopVariable Variable { get; } = variable;
}

public enum LoopVariable
{
    Index,
    Rindex,
    First,
    Last,
    Even,
    Odd,
    Changed,
    Length,
}

/// <summary><c>target.name</c>, or <c>target?.name</c> which is null for a target that is null.</summary>
public sealed class MemberSyntax(SourceSpan span, ExpressionSyntax target, string name, SourceSpan nameSpan, bool isOptional)
    : ExpressionSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public bool IsOptional { get; } = isOptional;
}

/// <summary><c>target.empty?</c></summary>
public sealed class IsEmptySyntax(SourceSpan span, ExpressionSyntax target, bool isOptional) : ExpressionSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public bool IsOptional { get; } = isOptional;
}

/// <summary><c>target[index]</c></summary>
public sealed class IndexSyntax(SourceSpan span, ExpressionSyntax target, ExpressionSyntax index) : ExpressionSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public ExpressionSyntax Index { get; } = index;
}

/// <summary><c>target argument name: argument</c> or <c>target(argument, argument)</c>.</summary>
public sealed class CallSyntax(
    SourceSpan span, ExpressionSyntax target, IReadOnlyList<ExpressionSyntax> arguments, IReadOnlyList<NamedArgumentSyntax> named, bool isExplicit)
    : ExpressionSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public IReadOnlyList<ExpressionSyntax> Arguments { get; } = arguments;

    public IReadOnlyList<NamedArgumentSyntax> Named { get; } = named;

    /// <summary>Written with parentheses.</summary>
    public bool IsExplicit { get; } = isExplicit;
}

public sealed class NamedArgumentSyntax(SourceSpan span, string name, ExpressionSyntax value) : SyntaxNode(span)
{
    public string Name { get; } = name;

    public ExpressionSyntax Value { get; } = value;
}

/// <summary>
/// <c>from | to</c>: the left value becomes the first argument of the first call in <see cref="To"/>, so that
/// <c>text | string.to_int + 1</c> adds to the converted number.
/// </summary>
public sealed class PipeSyntax(SourceSpan span, ExpressionSyntax from, ExpressionSyntax to) : ExpressionSyntax(span)
{
    public ExpressionSyntax From { get; } = from;

    public ExpressionSyntax To { get; } = to;
}

public sealed class UnarySyntax(SourceSpan span, UnaryOperator op, ExpressionSyntax operand) : ExpressionSyntax(span)
{
    public UnaryOperator Operator { get; } = op;

    public ExpressionSyntax Operand { get; } = operand;
}

/// <summary><c>++x</c>, <c>x--</c> and their like.</summary>
public sealed class IncrementSyntax(SourceSpan span, ExpressionSyntax target, int step, bool isPostfix) : ExpressionSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public int Step { get; } = step;

    public bool IsPostfix { get; } = isPostfix;
}

public sealed class BinarySyntax(
    SourceSpan span, ExpressionSyntax left, BinaryOperator op, SourceSpan operatorSpan, ExpressionSyntax right) : ExpressionSyntax(span)
{
    public ExpressionSyntax Left { get; } = left;

    public BinaryOperator Operator { get; } = op;

    public SourceSpan OperatorSpan { get; } = operatorSpan;

    public ExpressionSyntax Right { get; } = right;
}

/// <summary><c>condition ? then : otherwise</c></summary>
public sealed class ConditionalSyntax(SourceSpan span, ExpressionSyntax condition, ExpressionSyntax then, ExpressionSyntax otherwise)
    : ExpressionSyntax(span)
{
    public ExpressionSyntax Condition { get; } = condition;

    public ExpressionSyntax Then { get; } = then;

    public ExpressionSyntax Otherwise { get; } = otherwise;
}

/// <summary><c>(expression)</c></summary>
public sealed class NestedSyntax(SourceSpan span, ExpressionSyntax inner) : ExpressionSyntax(span)
{
    public ExpressionSyntax Inner { get; } = inner;
}

public sealed class ArraySyntax(SourceSpan span, IReadOnlyList<ExpressionSyntax> values) : ExpressionSyntax(span)
{
    public IReadOnlyList<ExpressionSyntax> Values { get; } = values;
}

public sealed class ObjectSyntax(SourceSpan span, IReadOnlyList<ObjectMemberSyntax> members) : ExpressionSyntax(span)
{
    public IReadOnlyList<ObjectMemberSyntax> Members { get; } = members;
}

public sealed class ObjectMemberSyntax(SourceSpan span, string name, ExpressionSyntax value) : SyntaxNode(span)
{
    public string Name { get; } = name;

    public ExpressionSyntax Value { get; } = value;
}

/// <summary><c>do ... end</c>: a function without a name.</summary>
public sealed class AnonymousFunctionSyntax(SourceSpan span, FunctionSyntax function) : ExpressionSyntax(span)
{
    public FunctionSyntax Function { get; } = function;
}
