using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Parsing;

/// <summary>Functions, and statements that begin with an expression.</summary>
internal sealed partial class Parser
{
    private static readonly Dictionary<string, BinaryOperator?> AssignmentOperators = new(StringComparer.Ordinal)
    {
        ["="] = null,
        ["+="] = BinaryOperator.Add,
        ["-="] = BinaryOperator.Subtract,
        ["*="] = BinaryOperator.Multiply,
        ["/="] = BinaryOperator.Divide,
        ["//="] = BinaryOperator.DivideRound,
        ["%="] = BinaryOperator.Modulus,
    };

    private StatementSyntax? ExpressionStatement()
    {
        if (Expression() is not { } expression)
            return null;

        if (Current.Kind == TokenKind.Symbol && AssignmentOperators.TryGetValue(Current.Text, out var op))
            return expression is CallSyntax { IsExplicit: true } call && op is null ? InlineFunction(call) : Assignment(expression, op);

        return new OutputSyntax(expression.Span, expression, _indent);
    }

    private AssignmentSyntax? Assignment(ExpressionSyntax target, BinaryOperator? op)
    {
        var assign = Advance();

        if (target is NestedSyntax { Inner: VariableSyntax variable })
            target = variable;

        if (!IsAssignable(target))
        {
            _source.Error(target.Span, "This cannot be assigned to.", "Only variables, members and items can.");
            return null;
        }

        return Expression() is { } value
            ? new AssignmentSyntax(SourceText.Join(target.Span, value.Span), target, op, assign.Span, value)
            : null;
    }

    private static bool IsAssignable(ExpressionSyntax target) =>
        target is VariableSyntax { Name: not ("$" or "$$") } or MemberSyntax or IndexSyntax or LiteralSyntax { Value: null };

    /// <summary><c>name(a, b) = expression</c></summary>
    private FunctionDeclarationSyntax? InlineFunction(CallSyntax call)
    {
        Advance();
        var parameters = new List<ParameterSyntax>();

        foreach (var argument in call.Arguments)
        {
            if (argument is not VariableSyntax { IsLocal: false } parameter)
            {
                _source.Error(argument.Span, "A parameter must be a plain name.");
                return null;
            }

            parameters.Add(new ParameterSyntax(parameter.Span, parameter.Name, null, isRest: false));
        }

        if (call.Target is not VariableSyntax name || call.Named.Count > 0)
        {
            _source.Error(call.Span, "An inline function is written name(parameters) = expression.");
            return null;
        }

        if (Expression() is not { } value)
            return null;

        var function = new FunctionSyntax(call.Span, name.Name, parameters, new BlockSyntax(value.Span, []), value);
        return new FunctionDeclarationSyntax(call.Span, name, function);
    }

    private FunctionDeclarationSyntax? FunctionStatement(Token opening)
    {
        if (Current.Kind != TokenKind.Identifier || Current.Text is "$" or "$$")
        {
            Unexpected("the name of the function");
            return null;
        }

        var name = Advance();
        var function = FunctionBody(opening, name.Text);
        return new FunctionDeclarationSyntax(opening.Span, new VariableSyntax(name.Span, name.Text), function);
    }

    /// <summary>Stands on the shoulders of what is inside of it, so that functions inside of expressions cannot outgrow the limit.</summary>
    private AnonymousFunctionSyntax? AnonymousFunction(Token opening)
    {
        var outer = _deepest;
        _deepest = 1;

        var node = new AnonymousFunctionSyntax(opening.Span, FunctionBody(opening, "do"));
        node.Depth = _deepest + 1;
        _deepest = outer;
        return Deepen(node);
    }

    private FunctionSyntax FunctionBody(Token opening, string name)
    {
        var parameters = Current.Is("(") ? Parameters() : null;
        var (outerLoops, outerIndent) = (_loops, _indent);
        _loops = 0;

        var body = ReadBody(opening);
        ReadEnd(opening);

        (_loops, _indent) = (outerLoops, outerIndent);
        return new FunctionSyntax(opening.Span, name, parameters, body, value: null);
    }

    private List<ParameterSyntax> Parameters()
    {
        var parameters = new List<ParameterSyntax>();
        Advance();

        while (!Current.Is(")"))
        {
            if (Parameter() is not { } parameter)
            {
                SkipStatement();
                return parameters;
            }

            Check(parameter, parameters);
            parameters.Add(parameter);

            if (!Current.Is(")") && !Expect(","))
            {
                SkipStatement();
                return parameters;
            }
        }

        Advance();
        return parameters;
    }

    private ParameterSyntax? Parameter()
    {
        if (Current.Kind != TokenKind.Identifier || Current.Text[0] == '$')
        {
            Unexpected("the name of a parameter");
            return null;
        }

        var name = Advance();

        if (TryTake("..."))
            return new ParameterSyntax(name.Span, name.Text, null, isRest: true);

        if (!TryTake("="))
            return new ParameterSyntax(name.Span, name.Text, null, isRest: false);

        return Expression() is { } value ? new ParameterSyntax(name.Span, name.Text, value, isRest: false) : null;
    }

    private void Check(ParameterSyntax parameter, List<ParameterSyntax> before)
    {
        if (before.Exists(p => p.IsRest))
            _source.Error(parameter.Span, "Nothing can follow a parameter that takes all the rest.");
        else if (parameter.Default is null && !parameter.IsRest && before.Exists(p => p.Default is not null))
            _source.Error(parameter.Span, "A parameter after an optional one must be optional too.");
        else if (before.Exists(p => p.Name == parameter.Name))
            _source.Error(parameter.Span, $"The parameter `{parameter.Name}` is declared twice.");
    }
}
