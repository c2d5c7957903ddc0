using System.Runtime.CompilerServices;
using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Parsing;

/// <summary>
/// A recursive descent parser for the Scriban language. A method that fails has reported why and returns null; parsing goes on
/// with the next statement, so that one run reports several mistakes. It never throws, and its depth is bounded.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Height of an expression's tree: long chains are cheap to parse, but are walked recursively later.</summary>
    private const int ExpressionDepthMax = 250;

    private readonly SourceText source;
    private readonly ParseOptions options;
    private readonly List<Token> tokens;
    private readonly int frontMatterEnd;
    private int index;
    private int nesting;
    private int newLinesSkipped;
    private int loops;

    /// <summary>Height of the highest expression so far in the function being read.</summary>
    private int deepest;

    /// <summary>
    /// In the expression of a route, <c>a &amp;&amp; b | f c &amp;&amp; d</c> means <c>a &amp;&amp; (b | f c) &amp;&amp; d</c>. In a template the pipe would
    /// take the whole <c>a &amp;&amp; b</c> and the argument would be <c>c &amp;&amp; d</c>, as the package has it; but nobody means that in a condition.
    /// </summary>
    private readonly bool isCondition;
    private string indent = "";

    private Parser(SourceText source, ParseOptions options, bool isExpression, bool isCondition = false)
    {
        this.source = source;
        this.options = options;
        this.isCondition = isCondition;

        var lexer = new Lexer(source, options);
        tokens = isExpression ? lexer.ReadExpression() : lexer.ReadTemplate(out frontMatterEnd);
    }

    /// <summary>Null when the source has errors.</summary>
    public static TemplateSyntax? ParseTemplate(SourceText source, ParseOptions options) =>
        new Parser(source, options, isExpression: false).ReadTemplate();

    /// <summary>Null when the source has errors.</summary>
    public static ExpressionSyntax? ParseExpression(SourceText source, ParseOptions options, bool isCondition) =>
        new Parser(source, options, isExpression: true, isCondition).ReadExpression();

    private Token Current => tokens[index];

    private TemplateSyntax? ReadTemplate()
    {
        var frontMatter = frontMatterEnd > 0 ? ReadBlock(Stops.None, end: frontMatterEnd) : null;
        var body = ReadBlock(Stops.None, end: tokens.Count - 1);

        return source.HasErrors ? null : new TemplateSyntax(source.Span(0, source.Text.Length), frontMatter, body);
    }

    private ExpressionSyntax? ReadExpression()
    {
        newLinesSkipped++;
        SkipNewLines();
        var expression = Expression();

        if (expression is not null && Current.Kind != TokenKind.EndOfFile)
            Unexpected("the end of the expression");

        return source.HasErrors ? null : expression;
    }

    private Token Advance()
    {
        var token = tokens[index];
        if (token.Kind != TokenKind.EndOfFile)
            index++;

        if (newLinesSkipped > 0)
            SkipNewLines();

        return token;
    }

    private void SkipNewLines()
    {
        while (tokens[index].Kind == TokenKind.NewLine)
            index++;
    }

    private Token Peek() => tokens[Math.Min(index + 1, tokens.Count - 1)];

    private bool TryTake(string symbol)
    {
        if (!Current.Is(symbol))
            return false;

        Advance();
        return true;
    }

    private bool Expect(string symbol)
    {
        if (TryTake(symbol))
            return true;

        Unexpected($"`{symbol}`");
        return false;
    }

    private void Unexpected(string expected)
    {
        if (AssignmentOperators.ContainsKey(Current.Text) && Current.Kind == TokenKind.Symbol)
            source.Error(Current.Span, "An assignment must be a statement of its own.", "Write == to compare.");
        else
            source.Error(Current.Span, $"Found {Current.Shown} instead of {expected}.");
    }

    /// <summary>Guards each way down. The second check holds even on a thread with a small stack.</summary>
    private bool Enter(SourceSpan at)
    {
        if (nesting < options.NestingMax && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            nesting++;
            return true;
        }

        source.Error(at, $"Blocks and brackets are nested deeper than {options.NestingMax}.");
        return false;
    }

    private T? Deepen<T>(T node, params ReadOnlySpan<ExpressionSyntax> children)
        where T : ExpressionSyntax
    {
        foreach (var child in children)
            node.Depth = Math.Max(node.Depth, child.Depth + 1);

        deepest = Math.Max(deepest, node.Depth);

        if (node.Depth <= ExpressionDepthMax)
            return node;

        source.Error(node.Span, $"The expression chains more than {ExpressionDepthMax} operations.", "Split it into several statements.");
        return null;
    }
}
