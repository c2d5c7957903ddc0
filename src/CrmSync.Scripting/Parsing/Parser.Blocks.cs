using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Parsing;

/// <summary>Blocks: lists of statements up to the keyword that ends them.</summary>
internal sealed partial class Parser
{
    [Flags]
    private enum Stops
    {
        None = 0,
        End = 1,
        Else = 2,
        When = 4,
    }

    private BlockSyntax ReadBlock(Stops stops, int end = int.MaxValue)
    {
        var start = Current.Span;
        var statements = new List<StatementSyntax>();

        while (_index < end && Current.Kind != TokenKind.EndOfFile && !AtStop(stops) && !_source.IsHopeless)
        {
            if (ReadStatement() is { } statement)
                statements.Add(statement);
        }

        return new BlockSyntax(SourceText.Join(start, Current.Span), statements);
    }

    /// <summary>The body of a statement: one level deeper, and closed by <c>end</c>.</summary>
    private BlockSyntax ReadBody(Token opening, Stops stops = Stops.End, bool isLoop = false)
    {
        if (!Enter(opening.Span))
        {
            _index = _tokens.Count - 1;
            return new BlockSyntax(opening.Span, []);
        }

        var (outerSkipped, outerLoops) = (_newLinesSkipped, _loops);
        _newLinesSkipped = 0;
        _loops = isLoop ? _loops + 1 : _loops;

        ExpectStatementEnd();
        var block = ReadBlock(stops);

        (_newLinesSkipped, _loops) = (outerSkipped, outerLoops);
        _nesting--;
        return block;
    }

    private bool AtStop(Stops stops) =>
        Current.Kind == TokenKind.Identifier && !Peek().Is(".") && Current.Text switch
        {
            "end" => stops.HasFlag(Stops.End),
            "else" => stops.HasFlag(Stops.Else),
            "when" => stops.HasFlag(Stops.When),
            _ => false,
        };

    private void ReadEnd(Token opening)
    {
        if (Current.IsWord("end"))
            Advance();
        else if (Current.Kind == TokenKind.EndOfFile)
            _source.Error(_tokens[Math.Max(0, _index - 1)].Span, $"The {opening.Shown} of line {opening.Span.Line} is not closed.", "Close it with end.");
        else
            Unexpected("`end`");
    }

    /// <summary>One statement, or null for what yields none: separators, and code with a mistake in it.</summary>
    private StatementSyntax? ReadStatement()
    {
        switch (Current.Kind)
        {
            case TokenKind.NewLine or TokenKind.CodeEnd:
            case TokenKind.Symbol when Current.Is(";"):
                Advance();
                return null;

            case TokenKind.CodeStart:
                _indent = Advance().Text;
                return null;

            case TokenKind.Text:
                var text = Advance();
                return new TextSyntax(text.Span, text.Text);
        }

        var statement = Current.Kind == TokenKind.Identifier && !Peek().Is(".") ? KeywordStatement() : ExpressionStatement();

        if (statement is null)
            SkipStatement();
        else
            ExpectStatementEnd();

        return statement;
    }

    private void ExpectStatementEnd()
    {
        if (AtStatementEnd)
            return;

        Unexpected("the end of the statement");
        SkipStatement();
    }

    private bool AtStatementEnd =>
        Current.Kind is TokenKind.NewLine or TokenKind.CodeEnd or TokenKind.EndOfFile || Current.Is(";");

    private void SkipStatement()
    {
        _newLinesSkipped = 0;
        while (!AtStatementEnd)
            _index++;
    }
}
