using System.Diagnostics.CodeAnalysis;

namespace CrmSync.Scripting;

/// <summary>The rendered text, or why there is none. A template that fails half way yields no text.</summary>
public sealed record RenderResult(string? Text, Diagnostic? Error)
{
    [MemberNotNullWhen(true, nameof(Text))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;
}

/// <summary>The value of an expression, or why there is none. Nothing (null) is a value.</summary>
public sealed record EvaluationResult(object? Value, Diagnostic? Error)
{
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;

    /// <summary>Only nothing (null) and <c>false</c> count as false (Scriban language reference, 9.3).</summary>
    public bool IsTrue => Ok && Runtime.Values.Truth(Value);
}
