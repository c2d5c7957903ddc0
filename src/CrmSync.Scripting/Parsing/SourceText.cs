using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Parsing;

/// <summary>Template text that knows its lines and collects what is wrong with it.</summary>
internal sealed class SourceText
{
    private const int DiagnosticsMax = 20;

    private readonly List<int> _lineStarts = [0];
    private readonly List<Diagnostic> _diagnostics = [];

    public SourceText(string file, string text)
    {
        File = file;
        Text = text;

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
                _lineStarts.Add(i + 1);
        }
    }

    public string File { get; }

    public string Text { get; }

    public bool HasErrors => _diagnostics.Count > 0;

    /// <summary>Further mistakes are most likely echoes of the first ones.</summary>
    public bool IsHopeless => _diagnostics.Count >= DiagnosticsMax;

    public IReadOnlyList<Diagnostic> Diagnostics => [.. _diagnostics.OrderBy(d => d.Line).ThenBy(d => d.Column)];

    public SourceSpan Span(int start, int end)
    {
        var index = _lineStarts.BinarySearch(start);
        var line = index >= 0 ? index : ~index - 1;
        return new SourceSpan(start, end, line + 1, start - _lineStarts[line] + 1);
    }

    /// <summary>From the start of one piece to the end of another.</summary>
    public static SourceSpan Join(SourceSpan first, SourceSpan last) => first with { End = Math.Max(first.End, last.End) };

    public void Error(SourceSpan at, string message, string? hint = null)
    {
        if (!IsHopeless && !_diagnostics.Exists(d => d.Line == at.Line && d.Column == at.Column))
            _diagnostics.Add(new Diagnostic(File, at.Line, at.Column, message, hint));
    }
}
