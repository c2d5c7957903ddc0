namespace CrmSync.Core.Sessions;

/// <summary>What reading a file came to. The list is closed.</summary>
public abstract record ReadResult
{
    private ReadResult() { }

    /// <summary>A session, possibly with fields that could not be read: see <see cref="SessionMetadata.FieldNotes"/>.</summary>
    public sealed record Session(SessionMetadata Metadata) : ReadResult;

    /// <summary>Not a session file; nothing of it can be delivered. The fault tells positions and sizes, never content.</summary>
    public sealed record Unreadable(Fault Fault) : ReadResult;
}
