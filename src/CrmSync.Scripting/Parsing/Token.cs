using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Parsing;

internal enum TokenKind
{
    /// <summary>Text outside code.</summary>
    Text,

    /// <summary><c>{{</c>; <see cref="Token.Text"/> is the indentation it stands behind.</summary>
    CodeStart,

    CodeEnd,
    NewLine,
    Identifier,

    /// <summary><see cref="Token.Value"/> is the number.</summary>
    Number,

    /// <summary><see cref="Token.Text"/> is the text without quotes and escapes.</summary>
    String,

    InterpolationStart,
    HoleStart,
    HoleEnd,
    InterpolationEnd,

    /// <summary>An operator, bracket or separator: <see cref="Token.Text"/>.</summary>
    Symbol,

    EndOfFile,
}

/// <param name="SpaceBefore">White space stands before it: tells <c>f [1]</c> from <c>f[1]</c>.</param>
internal readonly record struct Token(TokenKind Kind, SourceSpan Span, string Text, object? Value = null, bool SpaceBefore = false)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Identifier && Text == word;

    /// <summary>As an error message names it.</summary>
    public string Shown => Kind switch
    {
        TokenKind.CodeEnd => "`}}`",
        TokenKind.NewLine => "the end of the line",
        TokenKind.EndOfFile => "the end of the template",
        TokenKind.Text or TokenKind.CodeStart => "text",
        TokenKind.String => "a text",
        TokenKind.InterpolationStart => "an interpolated text",
        TokenKind.InterpolationEnd => "the end of the interpolated text",
        TokenKind.HoleStart => "`{`",
        TokenKind.HoleEnd => "`}`",
        _ => $"`{Text}`",
    };
}
