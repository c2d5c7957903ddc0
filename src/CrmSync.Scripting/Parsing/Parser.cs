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

    private readonly SourceText _source;
    private readonly ParseOptions _options;
    private readonly List<Token> _tokens;
    private readonly int _frontMatterEnd;
    private int _index;
    private int _nesting;
    private int _newLinesSkipped;
    private int _loops;

    /// <summary>Height of the highest expression so far in the function being read.</summary>
    private int _deepest;

    /// <summary>
    /// In the expression of a route, <c>a &amp;&amp; b | f c &amp;&amp; d</c> means <c>a &amp;&amp; (b | f c) &amp;&amp; d</c>. In a template the pipe would
    /// take the whole <c>a &amp;&amp; b</c> and the argument would be <c>c &amp;&amp; d</c>, as the package has it; but nobody means that in a condition.
    /// </summary>
    private readonly bool _isCondition;
    private string _indent = "";

    private Parser(SourceText source, ParseOptions options, bool isExpression, bool isCondition = false)
    {
        _source = source;
        _options = options;
        _isCondition = isCondition;

        var lexer = new Lexer(source, options);
        _tokens = isExpression ? lexer.ReadExpression() : lexer.ReadTemplate(out _frontMatterEnd);
    }

    /// <summary>Null when the source has errors.</summary>
    public static TemplateSyntax? ParseTemplate(SourceText source, ParseOptions options) =>
        new Parser(source, options, isExpression: false).ReadTemplate();

    /// <summary>Null when the source has errors.</summary>
    public static ExpressionSyntax? ParseExpression(SourceText source, ParseOptions options, bool isCondition) =>
        new Parser(source, options, isExpression: true, isCondition).ReadExpression();

    private Token Current => _tokens[_index];

    private TemplateSyntax? ReadTemplate()
    {
        var frontMatter = _frontMatterEnd > 0 ? ReadBlock(Stops.None, end: _frontMatterEnd) : null;
        var body = ReadBlock(Stops.None, end: _tokens.Count - 1);

        return _source.HasErrors ? null : new TemplateSyntax(_source.Span(0, _source.Text.Length), frontMatter, body);
    }

    private ExpressionSyntax? ReadExpression()
    {
        _newLinesSkipped++;
        SkipNewLines();
        var expression = Expression();

        if (expression is not null && Current.Kind != TokenKind.EndOfFile)
            Unexpected("the end of the expression");

        return _source.HasErrors ? null : expression;
    }

    private Token Advance()
    {
        var token = _tokens[_index];
        if (token.Kind != TokenKind.EndOfFile)
            _index++;

        if (_newLinesSkipped > 0)
            SkipNewLines();

        return token;
    }

    private void SkipNewLines()
    {
        while (_tokens[_index].Kind == TokenKind.NewLine)
            _index++;
    }

    private Token Peek() => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

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
            _source.Error(Current.Span, "An assignment must be a statement of its own.", "Write == to compare.");
        else
            _source.Error(Current.Span, $"Found {Current.Shown} instead of {expected}.");
    }

    /// <summary>Guards each way down. The second check holds even on a thread with a small stack.</summary>
    private bool Enter(SourceSpan at)
    {
        if (_nesting < _options.NestingMax && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _nesting++;
            return true;
        }

        _source.Error(at, $"Blocks and brackets are nested deeper than {_options.NestingMax}.");
        return false;
    }

    private T? Deepen<T>(T node, params ReadOnlySpan<ExpressionSyntax> children)
        where T : ExpressionSyntax
    {
        foreach (var child in children)
            node.Depth = Math.Max(node.Depth, child.Depth + 1);

        _deepest = Math.Max(_deepest, node.Depth);

        if (node.Depth <= ExpressionDepthMax)
            return node;

        _source.Error(node.Span, $"The expression chains more than {ExpressionDepthMax} operations.", "Split it into several statements.");
        return null;
    }
}
