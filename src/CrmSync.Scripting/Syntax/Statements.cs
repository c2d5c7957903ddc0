namespace CrmSync.Scripting.Syntax;

/// <summary>Text outside code, written as it stands.</summary>
public sealed class TextSyntax(SourceSpan span, string text) : StatementSyntax(span)
{
    public string Text { get; } = text;
}

/// <summary>An expression whose value is written.</summary>
/// <param name="indent">Spaces put before each further line of the value.</param>
public sealed class OutputSyntax(SourceSpan span, ExpressionSyntax expression, string indent) : StatementSyntax(span)
{
    public ExpressionSyntax Expression { get; } = expression;

    public string Indent { get; } = indent;
}

/// <summary><c>target = value</c>, or <c>target += value</c> when there is an operator.</summary>
public sealed class AssignmentSyntax(SourceSpan span, ExpressionSyntax target, BinaryOperator? op, SourceSpan operatorSpan, ExpressionSyntax value)
    : StatementSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public BinaryOperator? Operator { get; } = op;

    public SourceSpan OperatorSpan { get; } = operatorSpan;

    public ExpressionSyntax Value { get; } = value;
}

public sealed class IfSyntax(SourceSpan span, IReadOnlyList<IfBranchSyntax> branches, BlockSyntax? otherwise) : StatementSyntax(span)
{
    /// <summary><c>if</c> and each <c>else if</c>.</summary>
    public IReadOnlyList<IfBranchSyntax> Branches { get; } = branches;

    public BlockSyntax? Otherwise { get; } = otherwise;
}

public sealed class IfBranchSyntax(SourceSpan span, ExpressionSyntax condition, BlockSyntax body) : SyntaxNode(span)
{
    public ExpressionSyntax Condition { get; } = condition;

    public BlockSyntax Body { get; } = body;
}

public sealed class CaseSyntax(SourceSpan span, ExpressionSyntax value, IReadOnlyList<WhenSyntax> branches, BlockSyntax? otherwise)
    : StatementSyntax(span)
{
    public ExpressionSyntax Value { get; } = value;

    public IReadOnlyList<WhenSyntax> Branches { get; } = branches;

    public BlockSyntax? Otherwise { get; } = otherwise;
}

public sealed class WhenSyntax(SourceSpan span, IReadOnlyList<ExpressionSyntax> values, BlockSyntax body) : SyntaxNode(span)
{
    public IReadOnlyList<ExpressionSyntax> Values { get; } = values;

    public BlockSyntax Body { get; } = body;
}

/// <summary><c>for variable in list offset: n limit: n reversed</c>, and <c>tablerow</c> which adds <c>cols: n</c>.</summary>
public sealed class ForSyntax(SourceSpan span, bool isTableRow, VariableSyntax variable, ExpressionSyntax list) : StatementSyntax(span)
{
    public bool IsTableRow { get; } = isTableRow;

    public VariableSyntax Variable { get; } = variable;

    public ExpressionSyntax List { get; } = list;

    public ExpressionSyntax? Offset { get; internal set; }

    public ExpressionSyntax? Limit { get; internal set; }

    public ExpressionSyntax? Columns { get; internal set; }

    public bool IsReversed { get; internal set; }

    public BlockSyntax Body { get; internal set; } = new(span, []);

    /// <summary>Runs instead when the list is empty.</summary>
    public BlockSyntax? Otherwise { get; internal set; }
}

public sealed class WhileSyntax(SourceSpan span, ExpressionSyntax condition, BlockSyntax body) : StatementSyntax(span)
{
    public ExpressionSyntax Condition { get; } = condition;

    public BlockSyntax Body { get; } = body;
}

public sealed class BreakSyntax(SourceSpan span) : StatementSyntax(span);

public sealed class ContinueSyntax(SourceSpan span) : StatementSyntax(span);

public sealed class ReturnSyntax(SourceSpan span, ExpressionSyntax? value) : StatementSyntax(span)
{
    public ExpressionSyntax? Value { get; } = value;
}

public sealed class CaptureSyntax(SourceSpan span, ExpressionSyntax target, BlockSyntax body) : StatementSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public BlockSyntax Body { get; } = body;
}

public sealed class WithSyntax(SourceSpan span, ExpressionSyntax target, BlockSyntax body) : StatementSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public BlockSyntax Body { get; } = body;
}

/// <summary><c>wrap call ... end</c>: the call's function writes the block wherever it says <c>$$</c>.</summary>
public sealed class WrapSyntax(SourceSpan span, ExpressionSyntax call, BlockSyntax body) : StatementSyntax(span)
{
    public ExpressionSyntax Call { get; } = call;

    public BlockSyntax Body { get; } = body;
}

/// <summary><c>$$</c></summary>
public sealed class WrappedBlockSyntax(SourceSpan span) : StatementSyntax(span);

public sealed class ImportSyntax(SourceSpan span, ExpressionSyntax source) : StatementSyntax(span)
{
    public ExpressionSyntax Source { get; } = source;
}

public sealed class ReadOnlySyntax(SourceSpan span, VariableSyntax variable) : StatementSyntax(span)
{
    public VariableSyntax Variable { get; } = variable;
}

/// <summary><c>func name ... end</c>, <c>func name(parameters) ... end</c> or <c>name(parameters) = expression</c>.</summary>
public sealed class FunctionDeclarationSyntax(SourceSpan span, ExpressionSyntax target, FunctionSyntax function) : StatementSyntax(span)
{
    public ExpressionSyntax Target { get; } = target;

    public FunctionSyntax Function { get; } = function;
}

/// <summary>What a function does. Without a parameter list it finds its arguments in <c>$0</c>, <c>$1</c>, ...</summary>
public sealed class FunctionSyntax(SourceSpan span, string name, IReadOnlyList<ParameterSyntax>? parameters, BlockSyntax body, ExpressionSyntax? value)
    : SyntaxNode(span)
{
    public string Name { get; } = name;

    public IReadOnlyList<ParameterSyntax>? Parameters { get; } = parameters;

    public BlockSyntax Body { get; } = body;

    /// <summary>Of an inline function, which has no statements.</summary>
    public ExpressionSyntax? Value { get; } = value;
}

public sealed class ParameterSyntax(SourceSpan span, string name, ExpressionSyntax? defaultValue, bool isRest) : SyntaxNode(span)
{
    public string Name { get; } = name;

    public ExpressionSyntax? Default { get; } = defaultValue;

    /// <summary><c>name...</c>: takes all further arguments as a list.</summary>
    public bool IsRest { get; } = isRest;
}
