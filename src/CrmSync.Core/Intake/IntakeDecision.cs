using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;

namespace CrmSync.Core.Intake;

/// <summary>What a file that was read means for its session.</summary>
/// <param name="Fault">Why nothing is delivered; null when it is, or when the file tells nothing new.</param>
/// <param name="DueAt">When its notes go out; null when none do.</param>
public sealed record IntakeDecision(IntakeDecisionKind Kind, Fault? Fault = null, DateTimeOffset? DueAt = null)
{
    /// <summary>Whether the session gets a new revision.</summary>
    public bool IsRevision => Kind is IntakeDecisionKind.New or IntakeDecisionKind.Revision;

    /// <summary>
    /// Compares a session with what is known of it. The newest <c>updated_at</c> wins, wherever the file lies and whatever it is
    /// called; equal content is a duplicate, also with its keys in another order.
    /// </summary>
    public static IntakeDecision Of(SessionMetadata session, KnownSession? known, SourceOptions options, DateTimeOffset now)
    {
        if (known is null)
        {
            return Take(IntakeDecisionKind.New, session, options, now);
        }

        var revision = session.Revision;
        if (revision.ContentSha256 == known.ContentSha256 || revision.SemanticSha256 == known.SemanticSha256)
        {
            return new IntakeDecision(IntakeDecisionKind.Duplicate);
        }

        if (revision.UpdatedAt < known.UpdatedAt)
        {
            return new IntakeDecision(IntakeDecisionKind.Older);
        }

        // A delivery that still waits is replaced in any case: the newest file is the one to attach.
        return known is { IsFinal: true, HasUnsent: false } && revision.RelevantSha256 == known.RelevantSha256
            ? new IntakeDecision(IntakeDecisionKind.Revision, new Fault(ReasonCodes.NothingRelevantChanged, "The agents' part of the session is the same."))
            : Take(IntakeDecisionKind.Revision, session, options, now);
    }

    private static IntakeDecision Take(IntakeDecisionKind kind, SessionMetadata session, SourceOptions options, DateTimeOffset now)
    {
        if (!session.IsFinal)
        {
            return new IntakeDecision(kind, new Fault(ReasonCodes.SessionNotFinal, $"Its status is {SafeName.Escape(session.Status?.Name ?? "unknown")}."));
        }

        // created_at may be days before the session, when it was scheduled.
        return (session.EndsAt ?? session.UpdatedAt) < options.StartFrom
            ? new IntakeDecision(kind, new Fault(ReasonCodes.BeforeStartDate, $"The session ended before {options.StartFrom:u}."))
            : new IntakeDecision(kind, DueAt: SettledAt(session, options, now));
    }

    /// <summary>
    /// The session's end and the settle time after it; from now where the end is unknown. A clock that runs ahead delays by no more
    /// than the settle time.
    /// </summary>
    private static DateTimeOffset SettledAt(SessionMetadata session, SourceOptions options, DateTimeOffset now)
    {
        var latest = now + options.SettleAfter;
        var settled = session.EndsAt + options.SettleAfter ?? latest;
        return settled > latest ? latest : settled < now ? now : settled;
    }
}
