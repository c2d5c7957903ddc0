using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Parsing;

/// <summary>Operands: literals, variables, brackets, and what follows them without a space.</summary>
internal sealed partial class Parser
{
    private ExpressionSyntax? Postfix(Mode mode)
    {
        var expression = Primary(mode);

        while (expression is not null)
        {
            if (Current.Is(".") || Current.Is("?."))
                expression = Member(expression);
            else if (Current.Is("[") && !Current.SpaceBefore && IsPath(expression))
                expression = Index(expression);
            else if (Current.Is("(") && !Current.SpaceBefore && expression is VariableSyntax or MemberSyntax or IndexSyntax)
                expression = ExplicitCall(expression);
            else if ((Current.Is("++") || Current.Is("--")) && IsAssignable(expression) && expression is not LiteralSyntax)
                expression = Increment(expression, Advance(), isPostfix: true);
            else
                break;
        }

        return expression;
    }

    private static bool IsPath(ExpressionSyntax expression) =>
        expression is VariableSyntax or MemberSyntax or IndexSyntax or ThisSyntax or CallSyntax or LiteralSyntax or NestedSyntax;

    private ExpressionSyntax? Primary(Mode mode)
    {
        var token = Current;

        switch (token.Kind)
        {
            case TokenKind.Number: return new LiteralSyntax(Advance().Span, token.Value);
            case TokenKind.String: return new LiteralSyntax(Advance().Span, token.Text);
            case TokenKind.InterpolationStart: return Interpolation();
            case TokenKind.Identifier: return Identifier();
            case TokenKind.Symbol: return SymbolPrimary(token, mode);
            default:
                Unexpected("an expression");
                return null;
        }
    }

    private ExpressionSyntax? SymbolPrimary(Token token, Mode mode)
    {
        switch (token.Text)
        {
            case "(": return Nested();
            case "[": return Array();
            case "{": return Object();
            case "!": return Unary(UnaryOperator.Not, mode);
            case "-": return Unary(UnaryOperator.Minus, mode);
            case "+": return Unary(UnaryOperator.Plus, mode);
            case "@": return TightUnary(UnaryOperator.Alias);
            case "^": return TightUnary(UnaryOperator.Spread);
            case "++" or "--":
                var symbol = Advance();
                return TightOperand(mode) is { } target ? Increment(target, symbol, isPostfix: false) : null;
            default:
                Unexpected("an expression");
                return null;
        }
    }

    private UnarySyntax? Unary(UnaryOperator op, Mode mode)
    {
        var symbol = Advance();

        return Expression(UnaryPrecedence, mode) is { } operand
            ? Deepen(new UnarySyntax(SourceText.Join(symbol.Span, operand.Span), op, operand), operand)
            : null;
    }

    /// <summary>An operator that takes no call: <c>@f x</c> are two arguments.</summary>
    private UnarySyntax? TightUnary(UnaryOperator op)
    {
        var symbol = Advance();

        return TightOperand(Mode.Argument) is { } operand
            ? Deepen(new UnarySyntax(SourceText.Join(symbol.Span, operand.Span), op, operand), operand)
            : null;
    }

    private ExpressionSyntax? TightOperand(Mode mode)
    {
        if (!Enter(Current.Span))
            return null;

        var operand = Postfix(mode);
        _nesting--;
        return operand;
    }

    private IncrementSyntax? Increment(ExpressionSyntax target, Token symbol, bool isPostfix)
    {
        if (IsAssignable(target) && target is not LiteralSyntax)
            return Deepen(new IncrementSyntax(SourceText.Join(target.Span, symbol.Span), target, symbol.Text == "++" ? 1 : -1, isPostfix), target);

        _source.Error(target.Span, $"`{symbol.Text}` needs a variable, a member or an item.");
        return null;
    }

    private ExpressionSyntax? Identifier()
    {
        var token = Advance();

        switch (token.Text)
        {
            case "true": return new LiteralSyntax(token.Span, value: true);
            case "false": return new LiteralSyntax(token.Span, value: false);
            case "null": return new LiteralSyntax(token.Span, null);
            case "this": return new ThisSyntax(token.Span);
            case "do": return AnonymousFunction(token);
            case "for" or "while" when Current.Is("."): return LoopVariableOf(token);
            case "$$":
                _source.Error(token.Span, "`$$` must be a statement of its own.");
                return null;
            default: return new VariableSyntax(token.Span, token.Text);
        }
    }

    private LoopVariableSyntax? LoopVariableOf(Token loop)
    {
        Advance();
        var isFor = loop.Text == "for";
        var known = Enum.TryParse<LoopVariable>(Current.Text, ignoreCase: true, out var variable)
            && Current.Kind == TokenKind.Identifier
            && Current.Text.All(char.IsAsciiLetterLower)
            && (isFor || variable is LoopVariable.Index or LoopVariable.First or LoopVariable.Even or LoopVariable.Odd);

        if (known)
            return new LoopVariableSyntax(SourceText.Join(loop.Span, Advance().Span), isFor, variable);

        var names = isFor ? "index, rindex, first, last, even, odd, changed and length" : "index, first, even and odd";
        _source.Error(loop.Span, $"`{loop.Text}.{Current.Text}` does not exist.", $"A {loop.Text} loop has {names}.");
        return null;
    }

    private ExpressionSyntax? Member(ExpressionSyntax target)
    {
        var isOptional = Advance().Text == "?." || target is MemberSyntax { IsOptional: true };

        if (Current.Kind != TokenKind.Identifier || Current.Text[0] == '$')
        {
            Unexpected("the name of a member");
            return null;
        }

        var name = Advance();
        var span = SourceText.Join(target.Span, name.Span);

        if (name.Text == "empty" && Current.Is("?") && !Current.SpaceBefore)
        {
            Advance();
            return Deepen(new IsEmptySyntax(span, target, isOptional), target);
        }

        return Deepen(new MemberSyntax(span, target, name.Text, name.Span, isOptional), target);
    }

    private IndexSyntax? Index(ExpressionSyntax target)
    {
        Advance();

        if (Expression() is not { } index)
            return null;

        var end = Current.Span;
        return Expect("]") ? Deepen(new IndexSyntax(SourceText.Join(target.Span, end), target, index), target, index) : null;
    }

    private CallSyntax? ExplicitCall(ExpressionSyntax target)
    {
        Advance();
        var arguments = new List<ExpressionSyntax>();

        while (!Current.Is(")"))
        {
            if (Expression() is not { } argument || (!Current.Is(")") && !Expect(",")))
                return null;

            arguments.Add(argument);
        }

        var span = SourceText.Join(target.Span, Advance().Span);
        return Deepen(new CallSyntax(span, target, arguments, [], isExplicit: true), [target, .. arguments]);
    }

    private NestedSyntax? Nested()
    {
        var open = Advance();

        if (Expression() is not { } inner)
            return null;

        var end = Current.Span;
        return Expect(")") ? Deepen(new NestedSyntax(SourceText.Join(open.Span, end), inner), inner) : null;
    }

    private InterpolatedTextSyntax? Interpolation()
    {
        var start = Advance();
        var parts = new List<ExpressionSyntax>();

        while (Current.Kind != TokenKind.InterpolationEnd)
        {
            if (Current.Kind == TokenKind.String)
            {
                var text = Advance();
                parts.Add(new LiteralSyntax(text.Span, text.Text));
                continue;
            }

            if (Current.Kind != TokenKind.HoleStart)
            {
                Unexpected("the end of the interpolated text");
                return null;
            }

            Advance();
            if (Expression() is not { } hole)
                return null;

            if (Current.Kind != TokenKind.HoleEnd)
            {
                Unexpected("`}`");
                return null;
            }

            Advance();
            parts.Add(hole);
        }

        return Deepen(new InterpolatedTextSyntax(SourceText.Join(start.Span, Advance().Span), parts), [.. parts]);
    }
}
