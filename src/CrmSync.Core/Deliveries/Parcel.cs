using CrmSync.Core.Rendering;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Deliveries;

/// <summary>A delivery and the session it carries.</summary>
public sealed record Shipment(Delivery Delivery, SessionMetadata Session)
{
    /// <summary>
    /// The session as this connector delivered it last, so that a note can say what changed; null for a first delivery, and when the
    /// retention dropped that file.
    /// </summary>
    public SessionMetadata? Previous { get; init; }
}

/// <summary>A shipment, addressed and packed: everything a connector needs, nothing to look up.</summary>
public sealed record Parcel(Shipment Shipment, TicketRef Ticket, Note Note, Attachment Attachment)
{
    public Delivery Delivery => Shipment.Delivery;

    public SessionMetadata Session => Shipment.Session;
}

/// <summary>The file that goes onto the record: the session's original bytes, or their redacted form where configured.</summary>
/// <param name="FileName">e.g. <c>call-48211-9f86d081884c.json</c>; the marker in it lets a probe find it.</param>
public sealed record Attachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content);
