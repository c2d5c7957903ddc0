using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Parsing;

/// <summary>Operators, calls without parentheses and pipes.</summary>
internal sealed partial class Parser
{
    private const int UnaryPrecedence = 200;

    /// <summary>Between <c>&amp;&amp;</c> and <c>==</c>.</summary>
    private const int ConditionPipePrecedence = 45;

    [Flags]
    private enum Mode
    {
        None = 0,

        /// <summary>Inside an argument: a following expression is the next argument, not one of a call in here.</summary>
        Argument = 1,

        /// <summary>Between <c>?</c> and <c>:</c>, where a name before a colon names no argument.</summary>
        NoNamed = 2,

        /// <summary>A <c>||</c> separates the values of a <c>when</c>.</summary>
        When = 4,

        /// <summary><c>limit:</c>, <c>offset:</c>, <c>cols:</c> and <c>reversed</c> belong to the loop.</summary>
        LoopHeader = 8,
    }

    /// <param name="precedence">Only operators that bind more tightly are taken; zero takes all, pipes and <c>?:</c> included.</param>
    private ExpressionSyntax? Expression(int precedence = 0, Mode mode = Mode.None)
    {
        if (!Enter(Current.Span))
            return null;

        var expression = Operators(precedence, mode);

        while (expression is not null && precedence == 0 && !mode.HasFlag(Mode.Argument) && AtPipe)
            expression = Pipe(expression, 0, mode);

        _nesting--;
        return expression;
    }

    private bool AtPipe => Current.Is("|") || Current.Is("|>");

    private PipeSyntax? Pipe(ExpressionSyntax from, int precedence, Mode mode)
    {
        // A line may end after the pipe.
        _newLinesSkipped++;
        Advance();
        _newLinesSkipped--;

        return Operators(precedence, mode) is { } to ? Deepen(new PipeSyntax(SourceText.Join(from.Span, to.Span), from, to), from, to) : null;
    }

    private ExpressionSyntax? Operators(int precedence, Mode mode)
    {
        var left = Postfix(mode);
        PendingCall? call = null;

        while (left is not null)
        {
            if (_isCondition && AtPipe && precedence < ConditionPipePrecedence && !mode.HasFlag(Mode.Argument))
            {
                var from = call is null ? left : call.Add(left).Close(this);
                call = null;
                left = from is null ? null : Pipe(from, ConditionPipePrecedence, mode);
            }
            else if (TryBinary(Current, mode, out var op, out var binding))
            {
                if (binding <= precedence)
                    break;

                if (_isCondition && call is not null && op is BinaryOperator.And or BinaryOperator.Or)
                {
                    left = call.Add(left).Close(this);
                    call = null;
                    if (left is null)
                        break;
                }

                left = Binary(left, op, binding, call is null ? mode : mode | Mode.Argument);
            }
            else if (Current.Is("?") && precedence == 0)
            {
                return Conditional(call is null ? left : call.Add(left).Close(this), mode);
            }
            else if (StartsArgument(call, left, mode))
            {
                call ??= new PendingCall(left);
                call.Add(left);

                if (!NamedArguments(call, mode))
                    return null;

                if (AtArgument(mode))
                {
                    left = Postfix(mode);
                }
                else
                {
                    left = call.Close(this);
                    call = null;
                }
            }
            else
            {
                break;
            }
        }

        return left is not null && call is not null ? call.Add(left).Close(this) : left;
    }

    private BinarySyntax? Binary(ExpressionSyntax left, BinaryOperator op, int binding, Mode mode)
    {
        var symbol = Advance();

        return Expression(binding, mode) is { } right
            ? Deepen(new BinarySyntax(SourceText.Join(left.Span, right.Span), left, op, symbol.Span, right), left, right)
            : null;
    }

    private ConditionalSyntax? Conditional(ExpressionSyntax? condition, Mode mode)
    {
        Advance();

        if (condition is null || Expression(mode: Mode.NoNamed) is not { } then || !Expect(":"))
            return null;

        return Expression(mode: mode & ~Mode.Argument) is { } otherwise
            ? Deepen(new ConditionalSyntax(SourceText.Join(condition.Span, otherwise.Span), condition, then, otherwise), condition, then, otherwise)
            : null;
    }

    private bool StartsArgument(PendingCall? call, ExpressionSyntax left, Mode mode)
    {
        var canTakeArguments = call is not null
            ? left is not AnonymousFunctionSyntax
            : left is VariableSyntax or MemberSyntax or IndexSyntax or NestedSyntax or CallSyntax { IsExplicit: true };

        return canTakeArguments && !mode.HasFlag(Mode.Argument) && AtArgument(mode);
    }

    private bool AtArgument(Mode mode) => StartsExpression(Current) && !(mode.HasFlag(Mode.LoopHeader) && AtLoopOption);

    private static bool StartsExpression(Token token) => token.Kind switch
    {
        TokenKind.Identifier or TokenKind.Number or TokenKind.String or TokenKind.InterpolationStart => true,
        TokenKind.Symbol => token.Text is "(" or "{" or "[" or "!" or "@" or "^",
        _ => false,
    };

    /// <summary>Takes <c>name: value</c> pairs, if any come next.</summary>
    private bool NamedArguments(PendingCall call, Mode mode)
    {
        while (Current.Kind == TokenKind.Identifier && Peek().Is(":") && !mode.HasFlag(Mode.NoNamed) && AtArgument(mode))
        {
            var name = Advance();
            Advance();

            if (Postfix(Mode.Argument) is not { } value)
                return false;

            call.Named.Add(new NamedArgumentSyntax(name.Span, name.Text, value));
        }

        return true;
    }

    private static bool TryBinary(Token token, Mode mode, out BinaryOperator op, out int precedence)
    {
        (op, precedence) = token.Kind != TokenKind.Symbol ? (default, 0) : token.Text switch
        {
            "??" => (BinaryOperator.Coalesce, 20),
            "?!" => (BinaryOperator.NotCoalesce, 20),
            "||" when !mode.HasFlag(Mode.When) => (BinaryOperator.Or, 30),
            "&&" => (BinaryOperator.And, 40),
            "&" => (BinaryOperator.BitAnd, 60),
            "==" => (BinaryOperator.Equal, 70),
            "!=" => (BinaryOperator.NotEqual, 70),
            "<" => (BinaryOperator.Less, 80),
            "<=" => (BinaryOperator.LessOrEqual, 80),
            ">" => (BinaryOperator.Greater, 80),
            ">=" => (BinaryOperator.GreaterOrEqual, 80),
            "+" => (BinaryOperator.Add, 100),
            "-" => (BinaryOperator.Subtract, 100),
            "*" => (BinaryOperator.Multiply, 110),
            "/" => (BinaryOperator.Divide, 110),
            "//" => (BinaryOperator.DivideRound, 110),
            "%" => (BinaryOperator.Modulus, 110),
            "<<" => (BinaryOperator.ShiftLeft, 110),
            ">>" => (BinaryOperator.ShiftRight, 110),
            ".." => (BinaryOperator.RangeInclusive, 130),
            "..<" => (BinaryOperator.RangeExclusive, 130),
            _ => (default, 0),
        };

        return precedence > 0;
    }

    /// <summary>A call whose arguments are still being read.</summary>
    private sealed class PendingCall(ExpressionSyntax target)
    {
        public ExpressionSyntax Target { get; } = target;

        public List<ExpressionSyntax> Arguments { get; } = [];

        public List<NamedArgumentSyntax> Named { get; } = [];

        public PendingCall Add(ExpressionSyntax argument)
        {
            if (!ReferenceEquals(argument, Target))
                Arguments.Add(argument);

            return this;
        }

        public CallSyntax? Close(Parser parser)
        {
            var end = Arguments.Count > 0 ? Arguments[^1].Span : Target.Span;
            var call = new CallSyntax(SourceText.Join(Target.Span, end), Target, Arguments, Named, isExplicit: false);
            return parser.Deepen(call, [Target, .. Arguments, .. Named.Select(n => n.Value)]);
        }
    }
}
