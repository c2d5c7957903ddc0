using System.Globalization;

namespace CrmSync.Simulators.Salesforce.Soql;

/// <summary>
/// SELECT fields or COUNT() FROM object [WHERE ...] [ORDER BY ...] [LIMIT n] [OFFSET n]. As in SOQL, AND and OR may not be mixed
/// without parentheses.
/// </summary>
internal sealed class SoqlParser
{
    private readonly List<Token> _tokens;
    private int _at;

    private SoqlParser(string text) => _tokens = SoqlLexer.Read(text);

    private Token Next => _tokens[_at];

    /// <exception cref="ApiException">MALFORMED_QUERY, naming the unexpected word.</exception>
    public static SoqlQuery Parse(string text) => new SoqlParser(text).Query();

    private SoqlQuery Query()
    {
        Expect("SELECT");
        var fields = Fields();
        Expect("FROM");
        var query = new SoqlQuery(fields, Word());
        query = query with { Where = Accept("WHERE") ? Conditions() : null };
        query = query with { OrderBy = AcceptBoth("ORDER", "BY") ? List(OneOrdering) : [] };
        query = query with { Limit = Accept("LIMIT") ? Integer() : null };
        query = query with { Offset = Accept("OFFSET") ? Integer() : 0 };
        return Next.Kind == TokenKind.End ? query : throw Unexpected();
    }

    private List<string> Fields()
    {
        if (!Next.Is("COUNT"))
        {
            return List(Word);
        }

        _at++;
        Expect("(");
        Expect(")");
        return ["COUNT()"];
    }

    private Condition Conditions()
    {
        var left = Single();
        if (!Next.Is("AND") && !Next.Is("OR"))
        {
            return left;
        }

        var joint = Next.Value;
        while (Accept(joint))
        {
            var right = Single();
            left = string.Equals(joint, "AND", StringComparison.OrdinalIgnoreCase) ? new Condition.And(left, right) : new Condition.Or(left, right);
        }

        return Next.Is("AND") || Next.Is("OR") ? throw Unexpected() : left;
    }

    private Condition Single()
    {
        if (Accept("NOT"))
        {
            return new Condition.Not(Single());
        }

        if (!Accept("("))
        {
            return Comparison();
        }

        var inner = Conditions();
        Expect(")");
        return inner;
    }

    private Condition.Compare Comparison()
    {
        var field = Word();
        if (Accept("IN"))
        {
            return new Condition.Compare(field, "IN", Literals());
        }

        if (AcceptBoth("NOT", "IN"))
        {
            return new Condition.Compare(field, "NOT IN", Literals());
        }

        var symbol = Next;
        if (symbol.Value.ToUpperInvariant() is not ("=" or "!=" or "<>" or "<" or "<=" or ">" or ">=" or "LIKE"))
        {
            throw Unexpected();
        }

        _at++;
        return new Condition.Compare(field, symbol.Value == "<>" ? "!=" : symbol.Value.ToUpperInvariant(), [Literal()]);
    }

    private List<Token> Literals()
    {
        Expect("(");
        var values = List(Literal);
        Expect(")");
        return values;
    }

    private Token Literal()
    {
        var token = Next;
        var isLiteral = token.Kind is TokenKind.Text or TokenKind.Number or TokenKind.Instant
            || token.Is("null") || token.Is("true") || token.Is("false");
        _at++;
        return isLiteral ? token : throw Unexpected(token);
    }

    private Ordering OneOrdering()
    {
        var field = Word();
        var descending = Accept("DESC");
        _ = !descending && Accept("ASC");
        if (Accept("NULLS") && !Accept("FIRST") && !Accept("LAST"))
        {
            throw Unexpected();
        }

        return new Ordering(field, descending);
    }

    private List<T> List<T>(Func<T> element)
    {
        var elements = new List<T> { element() };
        while (Accept(","))
        {
            elements.Add(element());
        }

        return elements;
    }

    private string Word()
    {
        var token = Next;
        _at++;
        return token.Kind == TokenKind.Word ? token.Value : throw Unexpected(token);
    }

    private int Integer()
    {
        var token = Next;
        _at++;
        return int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected(token);
    }

    private bool Accept(string word)
    {
        if (!Next.Is(word))
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool AcceptBoth(string first, string second)
    {
        if (!Next.Is(first))
        {
            return false;
        }

        _at++;
        Expect(second);
        return true;
    }

    private void Expect(string word)
    {
        if (!Accept(word))
        {
            throw Unexpected();
        }
    }

    private ApiException Unexpected() => Unexpected(Next);

    private static ApiException Unexpected(Token token) => new(
        400, "MALFORMED_QUERY", token.Kind == TokenKind.End ? "unexpected end of query" : $"unexpected token: '{token.Value}'");
}
