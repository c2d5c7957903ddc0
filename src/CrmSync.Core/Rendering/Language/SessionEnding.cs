using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Language;

/// <summary>How a session ended, as an agent would say it.</summary>
public enum EndingKind
{
    /// <summary>A person of the contact centre handled it.</summary>
    Handled,

    /// <summary>The virtual agent handled it alone and says it solved the matter.</summary>
    VirtualAgentResolved,

    /// <summary>The virtual agent was the only one who handled it.</summary>
    VirtualAgentEnded,

    Voicemail,

    /// <summary>The customer left while waiting.</summary>
    Abandoned,

    /// <summary>The customer left before choosing a queue.</summary>
    AbandonedInMenu,

    /// <summary>The contact centre sent the customer elsewhere.</summary>
    Deflected,

    /// <summary>The customer of a chat never answered.</summary>
    NoResponse,

    Cancelled,

    Failed,

    /// <summary>It ended and nobody handled it.</summary>
    Unattended,

    /// <summary>The status is not final.</summary>
    Unfinished,
}

/// <param name="After">Talk or chat time of what was handled, waiting time of what was not; null when the file does not say.</param>
/// <param name="Detail">Name of the virtual agent, or the platform's word for the deflection, the failure or the status.</param>
public sealed record SessionEnding(EndingKind Kind, SessionKind Session, TimeSpan? After, string? Detail)
{
    /// <summary>Stable, for conditions in templates and routes: <c>abandoned_in_menu</c>.</summary>
    public string Code => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(Kind.ToString());

    public static SessionEnding Of(SessionMetadata session)
    {
        var kind = KindOf(session);
        return new SessionEnding(kind, session.Key.Kind, AfterOf(kind, session), DetailOf(kind, session));
    }

    private static EndingKind KindOf(SessionMetadata session) => session switch
    {
        { IsFinal: false } => EndingKind.Unfinished,
        _ when session.Status?.Name.StartsWith("voicemail", StringComparison.Ordinal) is true => EndingKind.Voicemail,
        { HasHumanAgent: true } when session.Status?.Name is not ("failed" or "no_response") => EndingKind.Handled,
        _ when session.FailReason is "eu_in_menu_abandoned" => EndingKind.AbandonedInMenu,
        _ when session.FailReason is "eu_abandoned" || session.Status?.Name is "abandoned" => EndingKind.Abandoned,
        _ when session.Status?.Name is "no_response" => EndingKind.NoResponse,
        _ when session.Status?.Name is "canceled" or "cancelled" || session.FailReason is "eu_canceled" => EndingKind.Cancelled,
        _ when session.Status?.Name is "failed" => EndingKind.Failed,
        { IsDeflected: true } => EndingKind.Deflected,
        _ when session.VirtualAgentHandleDurations.Any(stretch => stretch.FinishReason is "resolved") => EndingKind.VirtualAgentResolved,
        _ when session.VirtualAgentHandleDurations.Count > 0 || session.VirtualAgent is not null => EndingKind.VirtualAgentEnded,
        _ => EndingKind.Unattended,
    };

    private static TimeSpan? AfterOf(EndingKind kind, SessionMetadata session) => kind switch
    {
        EndingKind.Handled or EndingKind.VirtualAgentEnded or EndingKind.VirtualAgentResolved => Positive(session.Duration),
        EndingKind.Abandoned or EndingKind.Voicemail => Positive(session.WaitDuration ?? session.QueueDuration),
        _ => null,
    };

    private static TimeSpan? Positive(TimeSpan? duration) => duration > TimeSpan.Zero ? duration : null;

    private static string? DetailOf(EndingKind kind, SessionMetadata session) => kind switch
    {
        EndingKind.VirtualAgentResolved or EndingKind.VirtualAgentEnded => VirtualAgentName(session),
        EndingKind.Deflected => session.Deflection,
        EndingKind.Failed => session.FailReason is null or "nothing" ? null : session.FailReason,
        EndingKind.Unfinished => session.Status?.Name,
        _ => null,
    };

    private static string? VirtualAgentName(SessionMetadata session) =>
        session.VirtualAgentHandleDurations.Select(stretch => stretch.VirtualAgent)
            .Append(session.VirtualAgent)
            .Select(agent => agent?.VaAlias ?? agent?.Name)
            .FirstOrDefault(name => name is not null);
}

/// <summary>What may differ between two revisions and matters to an agent.</summary>
public enum ChangedFact
{
    Ticket,
    Disposition,
    Note,
    Rating,
    Comment,
    Recording,
    Status,
}
