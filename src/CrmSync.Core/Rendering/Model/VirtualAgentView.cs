namespace CrmSync.Core.Rendering.Model;

/// <summary>One stretch of a virtual agent.</summary>
public sealed record VirtualAgentView(
    string Name, string? Duration, long? DurationSeconds, string? Result, string? ResultText, string? Reason, string? ReasonText);

internal static class VirtualAgentViews
{
    public static IReadOnlyList<VirtualAgentView> Of(NoteScope scope) =>
    [
        .. scope.Session.VirtualAgentHandleDurations.Select(stretch => new VirtualAgentView(
            NameOf(scope, stretch.VirtualAgent),
            NoteScope.InWords(stretch.Duration),
            NoteScope.Seconds(stretch.Duration),
            scope.Text.Line("finish_reason", stretch.FinishReason),
            stretch.FinishReason is { } result ? scope.Text.Line("finish_reason", scope.Phrases.VirtualAgentResult(result)) : null,
            scope.Text.Line("escalation_reason", Known(stretch.EscalationReason)),
            Known(stretch.EscalationReason) is { } reason ? scope.Text.Line("escalation_reason", scope.Phrases.EscalationReason(reason)) : null)),
    ];

    /// <summary>The alias is the name that customers hear.</summary>
    public static string NameOf(NoteScope scope, Sessions.VirtualAgent? agent) =>
        scope.Text.Line("name", agent?.VaAlias ?? agent?.Name) ?? scope.Phrases.VirtualAgentWithoutName;

    private static string? Known(string? reason) => reason is "unknown" ? null : reason;
}
