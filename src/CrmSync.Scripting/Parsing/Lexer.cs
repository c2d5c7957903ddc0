namespace CrmSync.Scripting.Parsing;

/// <summary>
/// Cuts a template into tokens: text, escape blocks (<c>{%{ }%}</c>) and the tokens of code blocks, with the white space
/// that <c>{{-</c>, <c>{{~</c> and their counterparts take away already removed.
/// </summary>
internal sealed partial class Lexer(SourceText source, ParseOptions options)
{
    private const string FrontMatterLine = "+++";

    private readonly string _text = source.Text;
    private readonly List<Token> _tokens = [];
    private int _position;
    private char _trimAfter;

    /// <summary>All tokens of a template; the last one is <see cref="TokenKind.EndOfFile"/>.</summary>
    /// <param name="frontMatterEnd">Number of tokens that belong to the front matter.</param>
    public List<Token> ReadTemplate(out int frontMatterEnd)
    {
        frontMatterEnd = options.FrontMatter ? ReadFrontMatter() : 0;

        while (_position < _text.Length)
        {
            var open = FindBlock(_position, out var percents);
            ReadText(open);

            if (open < _text.Length && percents == 0)
                ReadCodeBlock();
            else if (open < _text.Length)
                ReadEscapeBlock(percents);
        }

        Add(TokenKind.EndOfFile, _position, _position, "");
        return _tokens;
    }

    /// <summary>The tokens of bare code, as in a route condition.</summary>
    public List<Token> ReadExpression()
    {
        ReadCode(endsWithFile: true);
        Add(TokenKind.EndOfFile, _position, _position, "");
        return _tokens;
    }

    private int ReadFrontMatter()
    {
        if (!_text.StartsWith(FrontMatterLine, StringComparison.Ordinal) || LineEnd(0) != FrontMatterLine.Length)
            return 0;

        _position = FrontMatterLine.Length;
        Add(TokenKind.CodeStart, _position, _position, "");

        while (_position < _text.Length && !AtFrontMatterEnd())
            ReadCodeToken();

        if (_position >= _text.Length)
            source.Error(source.Span(0, FrontMatterLine.Length), "The front matter is not closed.", "End it with a line that holds only +++.");

        Add(TokenKind.CodeEnd, _position, _position, "}}");
        _position = Math.Min(_text.Length, _position + FrontMatterLine.Length);

        if (_position < _text.Length)
            _position = SkipNewLine(_position);

        return _tokens.Count;
    }

    private bool AtFrontMatterEnd() =>
        string.CompareOrdinal(_text, _position, FrontMatterLine, 0, FrontMatterLine.Length) == 0
        && _text[_position - 1] == '\n'
        && LineEnd(_position) == _position + FrontMatterLine.Length;

    private int LineEnd(int from)
    {
        var end = _text.IndexOf('\n', from);
        end = end < 0 ? _text.Length : end;
        return end > from && _text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>Finds the next <c>{{</c> (no percents) or <c>{%{</c>, <c>{%%{</c>, ...; the end of the text when there is none.</summary>
    private int FindBlock(int from, out int percents)
    {
        percents = 0;

        for (var i = _text.IndexOf('{', from); i >= 0; i = _text.IndexOf('{', i + 1))
        {
            var next = i + 1;
            while (next < _text.Length && _text[next] == '%')
                next++;

            if (next < _text.Length && _text[next] == '{')
            {
                percents = next - i - 1;
                return i;
            }

            i = next - 1;
        }

        return _text.Length;
    }

    private void ReadText(int open)
    {
        var start = TrimStart(_position, open, _trimAfter);
        var trimBefore = MarkerAfterOpening(open);
        var end = TrimEnd(start, open, trimBefore);

        if (end > start)
            Add(TokenKind.Text, start, end, _text[start..end]);

        var isOwnLine = _trimAfter != '-' || start == _position;
        _pendingIndent = options.AutoIndent && trimBefore == '\0' && isOwnLine ? Indentation(start, end) : "";
        _trimAfter = '\0';
        _position = open;
    }

    private char MarkerAfterOpening(int open)
    {
        var marker = open + 1;
        while (marker < _text.Length && _text[marker] == '%')
            marker++;

        marker++;
        return marker < _text.Length && _text[marker] is '-' or '~' ? _text[marker] : '\0';
    }

    /// <summary>The spaces between the start of the line and a code block, if nothing else stands there.</summary>
    private string Indentation(int start, int end)
    {
        var from = end;
        while (from > start && _text[from - 1] is ' ' or '\t')
            from--;

        var atLineStart = from == 0 || _text[from - 1] == '\n';
        return atLineStart && from < end ? _text[from..end] : "";
    }

    private void ReadEscapeBlock(int percents)
    {
        var start = _position;
        _position += percents + 2;
        if (_position < _text.Length && _text[_position] is '-' or '~')
            _position++;

        var closing = "}" + new string('%', percents) + "}";
        var end = _text.IndexOf(closing, Math.Min(_position, _text.Length), StringComparison.Ordinal);

        if (end < 0)
        {
            source.Error(source.Span(start, start + 1), "The escape block is not closed.", $"End it with {closing}.");
            end = _text.Length;
        }

        var contentEnd = end;
        if (end > _position && end < _text.Length && _text[end - 1] is '-' or '~')
        {
            _trimAfter = _text[end - 1];
            contentEnd--;
        }

        if (contentEnd > _position)
            Add(TokenKind.Text, _position, contentEnd, _text[_position..contentEnd]);

        _position = Math.Min(_text.Length, end + closing.Length);
    }

    /// <summary><c>-</c> takes all white space; <c>~</c> takes white space up to and with the first line end.</summary>
    private int TrimStart(int start, int end, char marker)
    {
        if (marker == '\0')
            return start;

        while (start < end && char.IsWhiteSpace(_text[start]))
        {
            if (marker == '~' && _text[start] is '\n' or '\r')
                return Math.Min(end, SkipNewLine(start));

            start++;
        }

        return start;
    }

    /// <summary><c>-</c> takes all white space; <c>~</c> takes white space down to the line end, which stays.</summary>
    private int TrimEnd(int start, int end, char marker)
    {
        if (marker == '\0')
            return end;

        while (end > start && char.IsWhiteSpace(_text[end - 1]) && !(marker == '~' && _text[end - 1] is '\n' or '\r'))
            end--;

        return end;
    }

    private int SkipNewLine(int at)
    {
        if (_text[at] == '\r')
            at++;

        return at < _text.Length && _text[at] == '\n' ? at + 1 : at;
    }

    private void Add(TokenKind kind, int start, int end, string value, object? number = null) =>
        _tokens.Add(new Token(kind, source.Span(start, end), value, number, start > 0 && char.IsWhiteSpace(_text[start - 1])));
}
