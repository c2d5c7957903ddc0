namespace CrmSync.Scripting.Parsing;

/// <summary>Code: what stands between <c>{{</c> and <c>}}</c>.</summary>
internal sealed partial class Lexer
{
    // Longest first, so that the first match is the right one.
    private static readonly string[] Symbols =
    [
        "//=", "..<", "...",
        "==", "!=", "<=", ">=", "&&", "||", "??", "?!", "?.", "..", "<<", ">>", "//", "|>", "++", "--", "+=", "-=", "*=", "/=", "%=",
        "+", "-", "*", "/", "%", "<", ">", "=", "!", "?", ":", ",", ".", "|", "&", "^", "@", "(", ")", "[", "]", "{", "}", ";",
    ];

    /// <summary>Open interpolated texts: the quote each will end with, and how many braces are open in its hole.</summary>
    private readonly Stack<(char Quote, int Braces, int Start)> holes = new();

    /// <summary>Equal names share one string, so that looking a variable up mostly compares references.</summary>
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    private string pendingIndent = "";
    private int braces;

    private void ReadCodeBlock()
    {
        var start = position;
        position += 2;
        if (position < text.Length && text[position] is '-' or '~')
            position++;

        Add(TokenKind.CodeStart, start, position, pendingIndent);

        // An unclosed text swallows the end of its block: one mistake, one message.
        if (!ReadCode(endsWithFile: false) && !source.HasErrors)
            source.Error(source.Span(start, start + 2), "The code block is not closed.", "End it with }}.");
    }

    /// <returns>False when the text ended before the block did.</returns>
    private bool ReadCode(bool endsWithFile)
    {
        braces = 0;
        holes.Clear();

        while (position < text.Length)
        {
            if (!endsWithFile && TryReadCodeEnd())
                return true;

            ReadCodeToken();
        }

        return endsWithFile;
    }

    private bool TryReadCodeEnd()
    {
        var marker = text[position] is '-' or '~' ? 1 : 0;

        if (braces > 0 || holes.Count > 0 || !StartsWith("}}", position + marker))
            return false;

        trimAfter = marker == 1 ? text[position] : '\0';
        Add(TokenKind.CodeEnd, position, position + marker + 2, "}}");
        position += marker + 2;
        return true;
    }

    private void ReadCodeToken()
    {
        var c = text[position];

        if (c == '\n')
            ReadNewLine();
        else if (char.IsWhiteSpace(c))
            position++;
        else if (c == '#')
            SkipComment();
        else if (c is '"' or '\'')
            ReadString();
        else if (c == '`')
            ReadVerbatimString();
        else if (c == '$' && position + 1 < text.Length && text[position + 1] is '"' or '\'')
            ReadInterpolationStart();
        else if (char.IsAsciiDigit(c))
            ReadNumber();
        else if (char.IsLetter(c) || c is '_' or '$')
            ReadIdentifier();
        else if (c == '}' && holes.Count > 0 && holes.Peek().Braces == braces)
            ReadHoleEnd();
        else
            ReadSymbol();
    }

    private void ReadNewLine()
    {
        if (holes.Count > 0)
        {
            source.Error(source.Span(position, position), "An interpolated expression must be closed on the line it begins.", "Put its } on the same line.");
            braces = 0;
            holes.Clear();
        }

        Add(TokenKind.NewLine, position, position + 1, "\n");
        position++;
    }

    /// <summary><c>#</c> to the end of the line, <c>##</c> to the next <c>##</c>; both end with the code block at the latest.</summary>
    private void SkipComment()
    {
        var isBlock = StartsWith("##", position);
        position += isBlock ? 2 : 1;

        while (position < text.Length && !StartsWith("}}", position) && !IsTrimmedEnd(position))
        {
            if (isBlock && StartsWith("##", position))
            {
                position += 2;
                return;
            }

            if (!isBlock && text[position] == '\n')
                return;

            position++;
        }

        // A comment ends the block even inside brackets, so that an error names the bracket and not the rest of the template.
        if (position < text.Length)
            braces = 0;
    }

    private bool IsTrimmedEnd(int at) => text[at] is '-' or '~' && StartsWith("}}", at + 1);

    private void ReadIdentifier()
    {
        var start = position++;

        if (text[start] == '$' && position < text.Length && text[position] == '$')
            position++;
        else
            while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
                position++;

        var name = text[start..position];
        if (!names.Add(name) && names.TryGetValue(name, out var known))
            name = known;

        Add(TokenKind.Identifier, start, position, name);
    }

    private void ReadSymbol()
    {
        foreach (var symbol in Symbols)
        {
            if (!StartsWith(symbol, position))
                continue;

            if (symbol == "{")
                braces++;
            else if (symbol == "}" && braces > 0)
                braces--;

            Add(TokenKind.Symbol, position, position + symbol.Length, symbol);
            position += symbol.Length;
            return;
        }

        source.Error(source.Span(position, position + 1), $"The character `{text[position]}` has no meaning here.");
        position++;
    }

    private bool StartsWith(string value, int at) =>
        at + value.Length <= text.Length && string.CompareOrdinal(text, at, value, 0, value.Length) == 0;
}
