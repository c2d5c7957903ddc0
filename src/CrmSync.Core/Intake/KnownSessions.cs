using CrmSync.Core.Sessions;

namespace CrmSync.Core.Intake;

/// <summary>What is known of the sessions of one batch, the batch's own files included: two of them may hold the same session.</summary>
internal sealed class KnownSessions(IReadOnlyDictionary<SessionKey, KnownSession> recorded)
{
    private readonly Dictionary<SessionKey, KnownSession> _sessions = new(recorded);

    public KnownSession? Of(SessionKey key) => _sessions.GetValueOrDefault(key);

    public void Set(SessionMetadata session, int revision, bool hasUnsent) => _sessions[session.Key] = new KnownSession(
        session.Key,
        revision,
        session.UpdatedAt,
        session.Revision.ContentSha256,
        session.Revision.SemanticSha256,
        session.Revision.RelevantSha256,
        session.IsFinal,
        hasUnsent);
}
