using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Rendering;
using CrmSync.Core.Routing;
using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;

namespace CrmSync.Sending;

/// <summary>What would be sent where, and why. The worker's own router and packer, without ledger and network.</summary>
internal sealed class SessionPreview(RouteTable routes, IReadOnlyList<IConnector> connectors, IPacker packer, TimeProvider clock)
{
    // The installation is part of the key only once there is a ledger; the marker in a preview's file name is none that will be sent.
    private const string NoInstallation = "preview";

    public PreviewedFile Of(string file, ReadOnlyMemory<byte> bytes, SourceOptions source)
    {
        switch (SessionReader.Read(bytes, source.ToReaderOptions()))
        {
            case ReadResult.Unreadable(var fault):
                return new PreviewedFile(file, null, fault, null, null, [], []);
            case ReadResult.Session(var session):
                var decision = IntakeDecision.Of(session, known: null, source, clock.GetUtcNow());
                var choice = routes.Choose(session);
                return new PreviewedFile(
                    file,
                    session.Key,
                    decision.Fault ?? choice.Fault,
                    session.OutTicket?.Id,
                    decision.DueAt,
                    choice.Trials,
                    [.. choice.Connectors.Select(name => Pack(session, connectors.Single(c => c.Name == name)))]);
            default:
                throw new InvalidOperationException("No rule for this read result.");
        }
    }

    private PreviewedParcel Pack(SessionMetadata session, IConnector connector)
    {
        var now = clock.GetUtcNow();
        var key = DeliveryKey.For(NoInstallation, session.Key, session.Revision.SemanticSha256);
        var delivery = new Delivery(0, session.Key, 1, connector.Name, key, DeliveryState.Ready, now, now);
        var lane = connector.LaneOf(session);
        var parcel = packer.Pack(new Shipment(delivery, session), new TicketRef("record", lane ?? "unknown"), connector.Traits);
        return new PreviewedParcel(
            connector.Name, connector.Traits.Kind, lane, parcel.Note.Parts, parcel.Note.Problem, parcel.Attachment.FileName, parcel.Attachment.Content.Length);
    }
}

/// <param name="Fault">Why nothing would be sent; null when something would.</param>
/// <param name="DueAt">When it would go out.</param>
internal sealed record PreviewedFile(
    string File,
    SessionKey? Session,
    Fault? Fault,
    string? OutTicket,
    DateTimeOffset? DueAt,
    IReadOnlyList<RouteTrial> Routes,
    IReadOnlyList<PreviewedParcel> Parcels);

/// <param name="Record">The record the session names, as this connector understands it; whether it exists only the CRM knows.</param>
/// <param name="Parts">Rendered templates by name.</param>
internal sealed record PreviewedParcel(
    string Connector,
    string Kind,
    string? Record,
    IReadOnlyDictionary<string, string> Parts,
    Fault? TemplateProblem,
    string FileName,
    int FileBytes);
