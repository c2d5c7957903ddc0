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
    private readonly Stack<(char Quote, int Braces, int Start)> _holes = new();

    /// <summary>Equal names share one string, so that looking a variable up mostly compares references.</summary>
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private string _pendingIndent = "";
    private int _braces;

    private void ReadCodeBlock()
    {
        var start = _position;
        _position += 2;
        if (_position < _text.Length && _text[_position] is '-' or '~')
            _position++;

        Add(TokenKind.CodeStart, start, _position, _pendingIndent);

        // An unclosed text swallows the end of its block: one mistake, one message.
        if (!ReadCode(endsWithFile: false) && !source.HasErrors)
            source.Error(source.Span(start, start + 2), "The code block is not closed.", "End it with }}.");
    }

    /// <returns>False when the text ended before the block did.</returns>
    private bool ReadCode(bool endsWithFile)
    {
        _braces = 0;
        _holes.Clear();

        while (_position < _text.Length)
        {
            if (!endsWithFile && TryReadCodeEnd())
                return true;

            ReadCodeToken();
        }

        return endsWithFile;
    }

    private bool TryReadCodeEnd()
    {
        var marker = _text[_position] is '-' or '~' ? 1 : 0;

        if (_braces > 0 || _holes.Count > 0 || !StartsWith("}}", _position + marker))
            return false;

        _trimAfter = marker == 1 ? _text[_position] : '\0';
        Add(TokenKind.CodeEnd, _position, _position + marker + 2, "}}");
        _position += marker + 2;
        return true;
    }

    private void ReadCodeToken()
    {
        var c = _text[_position];

        if (c == '\n')
            ReadNewLine();
        else if (char.IsWhiteSpace(c))
            _position++;
        else if (c == '#')
            SkipComment();
        else if (c is '"' or '\'')
            ReadString();
        else if (c == '`')
            ReadVerbatimString();
        else if (c == '$' && _position + 1 < _text.Length && _text[_position + 1] is '"' or '\'')
            ReadInterpolationStart();
        else if (char.IsAsciiDigit(c))
            ReadNumber();
        else if (char.IsLetter(c) || c is '_' or '$')
            ReadIdentifier();
        else if (c == '}' && _holes.Count > 0 && _holes.Peek().Braces == _braces)
            ReadHoleEnd();
        else
            ReadSymbol();
    }

    private void ReadNewLine()
    {
        if (_holes.Count > 0)
        {
            source.Error(source.Span(_position, _position), "An interpolated expression must be closed on the line it begins.", "Put its } on the same line.");
            _braces = 0;
            _holes.Clear();
        }

        Add(TokenKind.NewLine, _position, _position + 1, "\n");
        _position++;
    }

    /// <summary><c>#</c> to the end of the line, <c>##</c> to the next <c>##</c>; both end with the code block at the latest.</summary>
    private void SkipComment()
    {
        var isBlock = StartsWith("##", _position);
        _position += isBlock ? 2 : 1;

        while (_position < _text.Length && !StartsWith("}}", _position) && !IsTrimmedEnd(_position))
        {
            if (isBlock && StartsWith("##", _position))
            {
                _position += 2;
                return;
            }

            if (!isBlock && _text[_position] == '\n')
                return;

            _position++;
        }

        // A comment ends the block even inside brackets, so that an error names the bracket and not the rest of the template.
        if (_position < _text.Length)
            _braces = 0;
    }

    private bool IsTrimmedEnd(int at) => _text[at] is '-' or '~' && StartsWith("}}", at + 1);

    private void ReadIdentifier()
    {
        var start = _position++;

        if (_text[start] == '$' && _position < _text.Length && _text[_position] == '$')
            _position++;
        else
            while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] == '_'))
                _position++;

        var name = _text[start.._position];
        if (!_names.Add(name) && _names.TryGetValue(name, out var known))
            name = known;

        Add(TokenKind.Identifier, start, _position, name);
    }

    private void ReadSymbol()
    {
        foreach (var symbol in Symbols)
        {
            if (!StartsWith(symbol, _position))
                continue;

            if (symbol == "{")
                _braces++;
            else if (symbol == "}" && _braces > 0)
                _braces--;

            Add(TokenKind.Symbol, _position, _position + symbol.Length, symbol);
            _position += symbol.Length;
            return;
        }

        source.Error(source.Span(_position, _position + 1), $"The character `{_text[_position]}` has no meaning here.");
        _position++;
    }

    private bool StartsWith(string value, int at) =>
        at + value.Length <= _text.Length && string.CompareOrdinal(_text, at, value, 0, value.Length) == 0;
}
