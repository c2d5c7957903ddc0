namespace CrmSync.Scripting;

/// <summary>What is wrong with a template, and where.</summary>
/// <param name="File">Name the template was parsed under; a partial's own name for a fault inside a partial.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in UTF-16 units.</param>
/// <param name="Hint">How to mend it, when that is known.</param>
public sealed record Diagnostic(string File, int Line, int Column, string Message, string? Hint = null)
{
    public override string ToString() =>
        Hint is null ? $"{File}({Line},{Column}): error: {Message}" : $"{File}({Line},{Column}): error: {Message} {Hint}";
}
