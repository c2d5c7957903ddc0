namespace CrmSync.Core.Deliveries;

/// <summary>What <c>crmsync check</c> shows for one connector, in order.</summary>
public sealed record CheckReport(string Connector, IReadOnlyList<CheckFinding> Findings)
{
    public bool Ok => Findings.All(f => f.Level is not CheckLevel.Problem);
}

public enum CheckLevel
{
    Ok,
    Warning,
    Problem,
}

/// <param name="Subject">What was looked at: <c>Sign-in</c>, <c>Create files</c>, <c>API calls left</c>.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Fix">What the admin does about it; null when nothing is to be done.</param>
public sealed record CheckFinding(CheckLevel Level, string Subject, string Text, string? Fix = null);
