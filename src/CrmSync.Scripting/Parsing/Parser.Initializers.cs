using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Parsing;

/// <summary><c>[...]</c> and <c>{...}</c>, which may span lines.</summary>
internal sealed partial class Parser
{
    private ArraySyntax? Array()
    {
        var open = Current;
        var values = new List<ExpressionSyntax>();

        return InLines(() => ArrayValues(values))
            ? Deepen(new ArraySyntax(SourceText.Join(open.Span, Advance().Span), values), [.. values])
            : null;
    }

    private bool ArrayValues(List<ExpressionSyntax> values)
    {
        Advance();

        while (!Current.Is("]"))
        {
            if (Expression() is not { } value)
                return false;

            values.Add(value);
            if (!TryTake(","))
                break;
        }

        return AtClosing("]");
    }

    private ObjectSyntax? Object()
    {
        var open = Current;
        var members = new List<ObjectMemberSyntax>();

        return InLines(() => ObjectMembers(members))
            ? Deepen(new ObjectSyntax(SourceText.Join(open.Span, Advance().Span), members), [.. members.Select(m => m.Value)])
            : null;
    }

    private bool ObjectMembers(List<ObjectMemberSyntax> members)
    {
        Advance();

        while (!Current.Is("}"))
        {
            if (ObjectMember() is not { } member)
                return false;

            members.Add(member);
            if (!TryTake(","))
                break;
        }

        return AtClosing("}");
    }

    private ObjectMemberSyntax? ObjectMember()
    {
        if (Current.Kind is not (TokenKind.Identifier or TokenKind.String) || (Current.Kind == TokenKind.Identifier && Current.Text[0] == '$'))
        {
            Unexpected("the name of a member");
            return null;
        }

        var name = Advance();

        if (!Expect(":"))
            return null;

        return Expression() is { } value ? new ObjectMemberSyntax(SourceText.Join(name.Span, value.Span), name.Text, value) : null;
    }

    /// <summary>Line ends mean nothing between the brackets, but do so again after the closing one.</summary>
    private bool InLines(Func<bool> read)
    {
        _newLinesSkipped++;
        var ok = read();
        _newLinesSkipped = Math.Max(0, _newLinesSkipped - 1);
        return ok;
    }

    private bool AtClosing(string bracket)
    {
        if (Current.Is(bracket))
            return true;

        Unexpected($"`{bracket}`");
        return false;
    }
}
