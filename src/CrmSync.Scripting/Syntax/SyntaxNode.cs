namespace CrmSync.Scripting.Syntax;

/// <summary>A node of the syntax tree. The tree is immutable and mirrors the template's text.</summary>
public abstract class SyntaxNode(SourceSpan span)
{
    public SourceSpan Span { get; } = span;
}

public abstract class StatementSyntax(SourceSpan span) : SyntaxNode(span);

public abstract class ExpressionSyntax(SourceSpan span) : SyntaxNode(span)
{
    /// <summary>Height of this subtree; the parser bounds it, because chains such as <c>a + b + c</c> grow to the left.</summary>
    internal int Depth { get; set; } = 1;
}

/// <summary>A whole template.</summary>
public sealed class TemplateSyntax(SourceSpan span, BlockSyntax? frontMatter, BlockSyntax body) : SyntaxNode(span)
{
    public BlockSyntax? FrontMatter { get; } = frontMatter;

    public BlockSyntax Body { get; } = body;
}

/// <summary>Statements that run one after the other.</summary>
public sealed class BlockSyntax(SourceSpan span, IReadOnlyList<StatementSyntax> statements) : SyntaxNode(span)
{
    public IReadOnlyList<StatementSyntax> Statements { get; } = statements;
}
