using System.Text;

namespace CrmSync.Simulators.Salesforce.Soql;

internal enum TokenKind
{
    Word,
    Text,
    Number,
    Instant,
    Symbol,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Value)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && string.Equals(Value, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Splits SOQL into words, literals and symbols. Quoted strings follow "Quoted String Escape Sequences" of the SOQL reference.</summary>
internal static class SoqlLexer
{
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c == '\'')
            {
                tokens.Add(new Token(TokenKind.Text, Quoted(text, ref at)));
            }
            else if (char.IsAsciiLetter(c))
            {
                tokens.Add(new Token(TokenKind.Word, While(text, ref at, x => char.IsAsciiLetterOrDigit(x) || x is '_' or '.')));
            }
            else if (char.IsAsciiDigit(c) || (c == '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            {
                var value = While(text, ref at, x => char.IsAsciiLetterOrDigit(x) || x is '.' or ':' or '-' or '+');
                tokens.Add(new Token(value.Contains('-', StringComparison.Ordinal) && value[0] != '-' ? TokenKind.Instant : TokenKind.Number, value));
            }
            else
            {
                tokens.Add(new Token(TokenKind.Symbol, Symbol(text, ref at)));
            }
        }

        tokens.Add(new Token(TokenKind.End, string.Empty));
        return tokens;
    }

    private static string While(string text, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    private static string Symbol(string text, ref int at)
    {
        var two = at + 1 < text.Length ? text.Substring(at, 2) : string.Empty;
        var symbol = two is "!=" or "<>" or "<=" or ">=" ? two : text[at].ToString();
        if (symbol.Length == 1 && !"=<>(),".Contains(symbol, StringComparison.Ordinal))
        {
            throw new ApiException(400, "MALFORMED_QUERY", $"unexpected token: '{symbol}'");
        }

        at += symbol.Length;
        return symbol;
    }

    private static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\'':
                    at++;
                    return value.ToString();

                case '\\':
                    value.Append(Escaped(text, ref at));
                    break;

                default:
                    value.Append(text[at]);
                    break;
            }
        }

        throw new ApiException(400, "MALFORMED_QUERY", "unterminated string literal");
    }

    // \_ and \% stay escaped: only LIKE gives them a meaning.
    private static string Escaped(string text, ref int at)
    {
        at++;
        return (at < text.Length ? text[at] : '\0') switch
        {
            'n' or 'N' => "\n",
            'r' or 'R' => "\r",
            't' or 'T' => "\t",
            'b' or 'B' => "\b",
            'f' or 'F' => "\f",
            '"' => "\"",
            '\'' => "'",
            '\\' => "\\",
            '_' => "\\_",
            '%' => "\\%",
            'u' when at + 4 < text.Length && ushort.TryParse(
                text.AsSpan(at + 1, 4), System.Globalization.NumberStyles.HexNumber, null, out var code) => Unicode(code, ref at),
            _ => throw new ApiException(400, "MALFORMED_QUERY", "invalid escape sequence in string literal"),
        };
    }

    private static string Unicode(ushort code, ref int at)
    {
        at += 4;
        return ((char)code).ToString();
    }
}
