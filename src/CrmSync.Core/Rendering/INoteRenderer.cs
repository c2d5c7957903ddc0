using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering;

/// <summary>Makes a note of a session. The worker and the preview call the same one.</summary>
public interface INoteRenderer
{
    /// <summary>Pure: no I/O. A template that fails does not throw: the built-in plain note stands in, and <see cref="Note.Problem"/> says so.</summary>
    Note Render(NoteRequest request);
}

/// <param name="Connector">As configured; may have templates of its own.</param>
/// <param name="Traits">Which parts, of which kind's templates.</param>
public sealed record NoteRequest(SessionMetadata Session, string Connector, ConnectorTraits Traits)
{
    /// <summary>Counted from 1 within the session.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Null for a note that is not delivered.</summary>
    public DeliveryKey? Key { get; init; }

    /// <summary>Null when no file is attached.</summary>
    public string? FileName { get; init; }

    /// <summary>The revision that was delivered before: what <c>changes</c> compares with.</summary>
    public SessionMetadata? Previous { get; init; }
}
