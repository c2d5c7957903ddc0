using CrmSync.Core.Deliveries;

namespace CrmSync.Core.Rendering;

/// <summary>Renders the note and prepares the attachment. The worker, the preview and the console call the same one.</summary>
public interface IPacker
{
    /// <summary>Pure: no I/O, and no fault of a template or of the session's text throws (see <see cref="Note.Problem"/>).</summary>
    Parcel Pack(Shipment shipment, TicketRef ticket, ConnectorTraits traits);
}
