using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Parsing;

/// <summary>Statements that begin with a keyword. A word is a keyword only where a statement begins.</summary>
internal sealed partial class Parser
{
    private StatementSyntax? KeywordStatement()
    {
        var keyword = Current;

        switch (keyword.Text)
        {
            case "if": return IfStatement(Advance());
            case "case": return CaseStatement(Advance());
            case "for" or "tablerow": return ForStatement(Advance());
            case "while": return WhileStatement(Advance());
            case "func": return FunctionStatement(Advance());
            case "capture": return CaptureStatement(Advance());
            case "with": return WithStatement(Advance());
            case "wrap": return WrapStatement(Advance());
            case "import": return ImportStatement(Advance());
            case "readonly": return ReadOnlyStatement(Advance());
            case "ret": return ReturnStatement(Advance());
            case "break" or "continue": return JumpStatement(Advance());
            case "$$":
                Advance();
                return new WrappedBlockSyntax(keyword.Span);
            case "end":
                _source.Error(keyword.Span, "There is no block that this `end` could close.");
                return null;
            case "else":
                _source.Error(keyword.Span, "An `else` must follow an if, a when or a for.");
                return null;
            case "when":
                _source.Error(keyword.Span, "A `when` must stand in a case.");
                return null;
            default:
                return ExpressionStatement();
        }
    }

    private IfSyntax IfStatement(Token opening)
    {
        var branches = new List<IfBranchSyntax>();
        BlockSyntax? otherwise = null;
        var branch = opening;

        while (true)
        {
            var condition = HeaderExpression();
            branches.Add(new IfBranchSyntax(branch.Span, condition, ReadBody(branch, Stops.End | Stops.Else)));

            if (!Current.IsWord("else"))
                break;

            branch = Advance();
            if (Current.IsWord("if"))
            {
                Advance();
                continue;
            }

            otherwise = ReadBody(branch);
            break;
        }

        ReadEnd(opening);
        return new IfSyntax(opening.Span, branches, otherwise);
    }

    private CaseSyntax CaseStatement(Token opening)
    {
        var value = HeaderExpression();
        ExpectStatementEnd();
        SkipToWhen();

        var branches = new List<WhenSyntax>();

        while (Current.IsWord("when"))
        {
            var when = Advance();
            var values = WhenValues();
            branches.Add(new WhenSyntax(when.Span, values, ReadBody(when, Stops.End | Stops.Else | Stops.When)));
        }

        BlockSyntax? otherwise = null;

        if (Current.IsWord("else"))
        {
            if (branches.Count == 0)
                _source.Error(Current.Span, "An `else` must follow a when.");

            otherwise = ReadBody(Advance());
        }

        ReadEnd(opening);
        return new CaseSyntax(opening.Span, value, branches, otherwise);
    }

    /// <summary>Between <c>case</c> and its first <c>when</c> stands nothing but white space.</summary>
    private void SkipToWhen()
    {
        while (Current.Kind != TokenKind.EndOfFile && !AtStop(Stops.When | Stops.Else | Stops.End))
        {
            var isBlank = AtStatementEnd || Current.Kind == TokenKind.CodeStart
                || (Current.Kind == TokenKind.Text && string.IsNullOrWhiteSpace(Current.Text));

            if (!isBlank)
            {
                _source.Error(Current.Span, "Only `when` and `else` may stand directly in a case.");
                SkipStatement();
            }

            Advance();
        }
    }

    private List<ExpressionSyntax> WhenValues()
    {
        var values = new List<ExpressionSyntax>();

        do
        {
            values.Add(HeaderExpression(Mode.When));
        }
        while (TryTake(",") || TryTake("||"));

        return values;
    }

    private ForSyntax ForStatement(Token opening)
    {
        var variable = LoopVariableName();
        var isIn = variable is not null && Current.IsWord("in");

        if (variable is not null && !isIn)
            Unexpected("`in`");

        if (isIn)
            Advance();
        else
            SkipStatement();

        var list = isIn ? HeaderExpression(Mode.LoopHeader) : Missing();
        var statement = new ForSyntax(opening.Span, opening.Text == "tablerow", variable ?? new VariableSyntax(opening.Span, "_"), list);

        ReadLoopOptions(statement);
        statement.Body = ReadBody(opening, Stops.End | Stops.Else, isLoop: true);

        if (Current.IsWord("else"))
            statement.Otherwise = ReadBody(Advance());

        ReadEnd(opening);
        return statement;
    }

    private VariableSyntax? LoopVariableName()
    {
        if (Current.Kind == TokenKind.Identifier && Current.Text is not ("$" or "$$"))
        {
            var name = Advance();
            return new VariableSyntax(name.Span, name.Text);
        }

        Unexpected("a variable");
        return null;
    }

    private void ReadLoopOptions(ForSyntax statement)
    {
        while (AtLoopOption)
        {
            var option = Advance();

            if (option.Text == "reversed")
            {
                statement.IsReversed = true;
                continue;
            }

            Advance();
            var value = Postfix(Mode.None) ?? Missing();

            switch (option.Text)
            {
                case "offset": statement.Offset = value; break;
                case "limit": statement.Limit = value; break;
                default: statement.Columns = value; break;
            }
        }
    }

    private bool AtLoopOption =>
        Current.Kind == TokenKind.Identifier
        && (Current.Text == "reversed" || (Current.Text is "offset" or "limit" or "cols" && Peek().Is(":")));

    private WhileSyntax WhileStatement(Token opening)
    {
        var condition = HeaderExpression();
        var body = ReadBody(opening, isLoop: true);
        ReadEnd(opening);
        return new WhileSyntax(opening.Span, condition, body);
    }

    private CaptureSyntax CaptureStatement(Token opening)
    {
        var target = HeaderExpression();

        if (!IsAssignable(target))
            _source.Error(target.Span, "A capture needs a variable or a member to write to.");

        var body = ReadBody(opening);
        ReadEnd(opening);
        return new CaptureSyntax(opening.Span, target, body);
    }

    private WithSyntax WithStatement(Token opening)
    {
        var target = HeaderExpression();
        var body = ReadBody(opening);
        ReadEnd(opening);
        return new WithSyntax(opening.Span, target, body);
    }

    private WrapSyntax WrapStatement(Token opening)
    {
        var call = HeaderExpression();
        var body = ReadBody(opening, isLoop: true);
        ReadEnd(opening);
        return new WrapSyntax(opening.Span, call, body);
    }

    private ImportSyntax? ImportStatement(Token opening) =>
        Expression() is { } value ? new ImportSyntax(opening.Span, value) : null;

    private ReadOnlySyntax? ReadOnlyStatement(Token opening)
    {
        if (Expression() is not { } value)
            return null;

        if (value is VariableSyntax variable)
            return new ReadOnlySyntax(opening.Span, variable);

        _source.Error(value.Span, "Only a variable can be made readonly.");
        return null;
    }

    private ReturnSyntax? ReturnStatement(Token opening)
    {
        if (AtStatementEnd)
            return new ReturnSyntax(opening.Span, null);

        return Expression() is { } value ? new ReturnSyntax(opening.Span, value) : null;
    }

    private StatementSyntax? JumpStatement(Token keyword)
    {
        if (_loops > 0)
            return keyword.Text == "break" ? new BreakSyntax(keyword.Span) : new ContinueSyntax(keyword.Span);

        _source.Error(keyword.Span, $"A `{keyword.Text}` must stand in a for or a while.");
        return null;
    }

    /// <summary>The expression in the head of a block. With a mistake in it the block is parsed nevertheless.</summary>
    private ExpressionSyntax HeaderExpression(Mode mode = Mode.None)
    {
        if (Expression(mode: mode) is { } expression)
            return expression;

        SkipStatement();
        return Missing();
    }

    private LiteralSyntax Missing() => new(Current.Span, null);
}
