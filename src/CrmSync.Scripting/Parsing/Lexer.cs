namespace CrmSync.Scripting.Parsing;

/// <summary>
/// Cuts a template into tokens: text, escape blocks (<c>{%{ }%}</c>) and the tokens of code blocks, with the white space
/// that <c>{{-</c>, <c>{{~</c> and their counterparts take away already removed.
/// </summary>
internal sealed partial class Lexer(SourceText source, ParseOptions options)
{
    private const string FrontMatterLine = "+++";

    private readonly string text = source.Text;
    private readonly List<Token> tokens = [];
    private int position;
    private char trimAfter;

    /// <summary>All tokens of a template; the last one is <see cref="TokenKind.EndOfFile"/>.</summary>
    /// <param name="frontMatterEnd">Number of tokens that belong to the front matter.</param>
    public List<Token> ReadTemplate(out int frontMatterEnd)
    {
        frontMatterEnd = options.FrontMatter ? ReadFrontMatter() : 0;

        while (position < text.Length)
        {
            var open = FindBlock(position, out var percents);
            ReadText(open);

            if (open < text.Length && percents == 0)
                ReadCodeBlock();
            else if (open < text.Length)
                ReadEscapeBlock(percents);
        }

        Add(TokenKind.EndOfFile, position, position, "");
        return tokens;
    }

    /// <summary>The tokens of bare code, as in a route condition.</summary>
    public List<Token> ReadExpression()
    {
        ReadCode(endsWithFile: true);
        Add(TokenKind.EndOfFile, position, position, "");
        return tokens;
    }

    private int ReadFrontMatter()
    {
        if (!text.StartsWith(FrontMatterLine, StringComparison.Ordinal) || LineEnd(0) != FrontMatterLine.Length)
            return 0;

        position = FrontMatterLine.Length;
        Add(TokenKind.CodeStart, position, position, "");

        while (position < text.Length && !AtFrontMatterEnd())
            ReadCodeToken();

        if (position >= text.Length)
            source.Error(source.Span(0, FrontMatterLine.Length), "The front matter is not closed.", "End it with a line that holds only +++.");

        Add(TokenKind.CodeEnd, position, position, "}}");
        position = Math.Min(text.Length, position + FrontMatterLine.Length);

        if (position < text.Length)
            position = SkipNewLine(position);

        return tokens.Count;
    }

    private bool AtFrontMatterEnd() =>
        string.CompareOrdinal(text, position, FrontMatterLine, 0, FrontMatterLine.Length) == 0
        && text[position - 1] == '\n'
        && LineEnd(position) == position + FrontMatterLine.Length;

    private int LineEnd(int from)
    {
        var end = text.IndexOf('\n', from);
        end = end < 0 ? text.Length : end;
        return end > from && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>Finds the next <c>{{</c> (no percents) or <c>{%{</c>, <c>{%%{</c>, ...; the end of the text when there is none.</summary>
    private int FindBlock(int from, out int percents)
    {
        percents = 0;

        for (var i = text.IndexOf('{', from); i >= 0; i = text.IndexOf('{', i + 1))
        {
            var next = i + 1;
            while (next < text.Length && text[next] == '%')
                next++;

            if (next < text.Length && text[next] == '{')
            {
                percents = next - i - 1;
                return i;
            }

            i = next - 1;
        }

        return text.Length;
    }

    private void ReadText(int open)
    {
        var start = TrimStart(position, open, trimAfter);
        var trimBefore = MarkerAfterOpening(open);
        var end = TrimEnd(start, open, trimBefore);

        if (end > start)
            Add(TokenKind.Text, start, end, text[start..end]);

        var isOwnLine = trimAfter != '-' || start == position;
        pendingIndent = options.AutoIndent && trimBefore == '\0' && isOwnLine ? Indentation(start, end) : "";
        trimAfter = '\0';
        position = open;
    }

    private char MarkerAfterOpening(int open)
    {
        var marker = open + 1;
        while (marker < text.Length && text[marker] == '%')
            marker++;

        marker++;
        return marker < text.Length && text[marker] is '-' or '~' ? text[marker] : '\0';
    }

    /// <summary>The spaces between the start of the line and a code block, if nothing else stands there.</summary>
    private string Indentation(int start, int end)
    {
        var from = end;
        while (from > start && text[from - 1] is ' ' or '\t')
            from--;

        var atLineStart = from == 0 || text[from - 1] == '\n';
        return atLineStart && from < end ? text[from..end] : "";
    }

    private void ReadEscapeBlock(int percents)
    {
        var start = position;
        position += percents + 2;
        if (position < text.Length && text[position] is '-' or '~')
            position++;

        var closing = "}" + new string('%', percents) + "}";
        var end = text.IndexOf(closing, Math.Min(position, text.Length), StringComparison.Ordinal);

        if (end < 0)
        {
            source.Error(source.Span(start, start + 1), "The escape block is not closed.", $"End it with {closing}.");
            end = text.Length;
        }

        var contentEnd = end;
        if (end > position && end < text.Length && text[end - 1] is '-' or '~')
        {
            trimAfter = text[end - 1];
            contentEnd--;
        }

        if (contentEnd > position)
            Add(TokenKind.Text, position, contentEnd, text[position..contentEnd]);

        position = Math.Min(text.Length, end + closing.Length);
    }

    /// <summary><c>-</c> takes all white space; <c>~</c> takes white space up to and with the first line end.</summary>
    private int TrimStart(int start, int end, char marker)
    {
        if (marker == '\0')
            return start;

        while (start < end && char.IsWhiteSpace(text[start]))
        {
            if (marker == '~' && text[start] is '\n' or '\r')
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

        while (end > start && char.IsWhiteSpace(text[end - 1]) && !(marker == '~' && text[end - 1] is '\n' or '\r'))
            end--;

        return end;
    }

    private int SkipNewLine(int at)
    {
        if (text[at] == '\r')
            at++;

        return at < text.Length && text[at] == '\n' ? at + 1 : at;
    }

    private void Add(TokenKind kind, int start, int end, string value, object? number = null) =>
        tokens.Add(new Token(kind, source.Span(start, end), value, number, start > 0 && char.IsWhiteSpace(text[start - 1])));
}
