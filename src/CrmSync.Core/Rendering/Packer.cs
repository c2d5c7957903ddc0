using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering.Redaction;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering;

/// <inheritdoc cref="IPacker"/>
public sealed class Packer(INoteRenderer notes, Redactor redactor) : IPacker
{
    private const string Json = "application/json";

    public Parcel Pack(Shipment shipment, TicketRef ticket, ConnectorTraits traits)
    {
        var delivery = shipment.Delivery;
        var attachment = Attach(shipment.Session, delivery.Key);
        var note = notes.Render(new NoteRequest(shipment.Session, delivery.Connector, traits)
        {
            Revision = delivery.Revision,
            Key = delivery.Key,
            FileName = attachment.FileName,
            Previous = shipment.Previous,
        });
        return new Parcel(shipment, ticket, note, attachment);
    }

    /// <summary><c>call-48211-9f86d081884c.json</c></summary>
    public static string FileNameOf(SessionMetadata session, DeliveryKey key) => $"{session.Key.Local}-{key.Marker}.json";

    /// <summary>The platform's own bytes, unless the attached file is to be redacted too.</summary>
    private Attachment Attach(SessionMetadata session, DeliveryKey key) =>
        new(FileNameOf(session, key), Json, redactor.Attachment ? JsonRedaction.Apply(session.Bytes, redactor).Content : session.Bytes);
}
