using System.Diagnostics.CodeAnalysis;

namespace CrmSync.Scripting;

/// <summary>A template, or the reasons why there is none.</summary>
public sealed record ParseResult(Template? Template, IReadOnlyList<Diagnostic> Diagnostics)
{
    [MemberNotNullWhen(true, nameof(Template))]
    public bool Ok => Template is not null;
}

/// <summary>An expression, or the reasons why there is none.</summary>
public sealed record ExpressionResult(Expression? Expression, IReadOnlyList<Diagnostic> Diagnostics)
{
    [MemberNotNullWhen(true, nameof(Expression))]
    public bool Ok => Expression is not null;
}
