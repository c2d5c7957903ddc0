using CrmSync.Console.Texts;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Reading;
using CrmSync.Core.Rendering;
using CrmSync.Core.Sessions;

namespace CrmSync.Console.Views;

/// <summary>Lays out everything there is about one session.</summary>
internal sealed class SessionDesk(ILedger ledger, IConsoleReading reading, SessionReaders readers, IPacker packer, IReadOnlyList<IConnector> connectors)
{
    /// <summary>A session that was written more often than this shows its latest contents.</summary>
    private const int RevisionsMax = 20;

    /// <summary>Null when the ledger does not know the session.</summary>
    public async Task<SessionSheet?> LoadAsync(SessionKey key, Privacy privacy, Speech say, CancellationToken cancel)
    {
        if (await ledger.HistoryAsync(key, cancel) is not { } history)
        {
            return null;
        }

        var revisions = history.Revisions.TakeLast(RevisionsMax).ToList();
        var files = await reading.ReadFilesAsync([.. revisions.Select(row => new SessionRevision(key, row.Revision))], cancel);
        var contents = revisions.Zip(files)
            .Select(pair => (pair.First.Revision, Session: pair.Second is { } file ? readers.Read(file, key.Instance) : null))
            .Where(entry => entry.Session is not null)
            .ToDictionary(entry => entry.Revision, entry => entry.Session!);
        var current = contents.GetValueOrDefault(history.Revisions[^1].Revision);
        return new SessionSheet(
            history,
            current,
            current is null ? null : SessionTimeline.Of(current, privacy, say),
            [.. Changes(revisions, contents).Reverse()],
            [.. Sheets(history, contents, privacy)],
            current is null || !privacy.MaySee ? null : JsonText.Of(current.Json));
    }

    private static IEnumerable<RevisionSheet> Changes(List<RevisionRow> revisions, Dictionary<int, SessionMetadata> contents)
    {
        foreach (var row in revisions)
        {
            var changes = contents.GetValueOrDefault(row.Revision) is { } now && contents.GetValueOrDefault(row.Revision - 1) is { } before
                ? RevisionChanges.Between(before.Json, now.Json)
                : null;
            yield return new RevisionSheet(row, changes);
        }
    }

    private IEnumerable<DeliverySheet> Sheets(SessionHistory history, Dictionary<int, SessionMetadata> contents, Privacy privacy)
    {
        var attempts = history.Attempts.ToLookup(attempt => attempt.DeliveryId);
        foreach (var delivery in history.Deliveries.OrderByDescending(d => d.Revision).ThenBy(d => d.Connector, StringComparer.Ordinal))
        {
            yield return new DeliverySheet(
                delivery,
                [.. attempts[delivery.Id]],
                privacy.MaySee && contents.GetValueOrDefault(delivery.Revision) is { } session ? Render(delivery, session, contents) : null,
                IsConfigured: connectors.Any(connector => connector.Name == delivery.Connector));
        }
    }

    // The worker's own packer: what is shown is what is sent, but for templates that changed since.
    private NoteSheet? Render(Delivery delivery, SessionMetadata session, Dictionary<int, SessionMetadata> contents)
    {
        if (connectors.FirstOrDefault(connector => connector.Name == delivery.Connector) is not { } connector)
        {
            return null;
        }

        var previous = delivery.ReplacesRevision is { } replaced ? contents.GetValueOrDefault(replaced) : null;
        var ticket = delivery.Ticket ?? new TicketRef("record", connector.LaneOf(session) ?? "-");
        var parcel = packer.Pack(new Shipment(delivery, session) { Previous = previous }, ticket, connector.Traits);
        return NoteSheet.Of(parcel.Note, connector.Traits);
    }
}

/// <param name="Current">Null when the retention dropped the file.</param>
/// <param name="Revisions">Newest first.</param>
/// <param name="Json">Null without the right to see it.</param>
public sealed record SessionSheet(
    SessionHistory History,
    SessionMetadata? Current,
    SessionTimeline? Timeline,
    IReadOnlyList<RevisionSheet> Revisions,
    IReadOnlyList<DeliverySheet> Deliveries,
    JsonText? Json)
{
    public RevisionRow Latest => History.Revisions[^1];
}

/// <param name="Changes">Null for the first one, and where a file is not kept any more.</param>
public sealed record RevisionSheet(RevisionRow Row, IReadOnlyList<ValueChange>? Changes);

/// <param name="Note">Null without the right to see it, or when it cannot be rendered any more.</param>
public sealed record DeliverySheet(Delivery Delivery, IReadOnlyList<AttemptRow> Attempts, NoteSheet? Note, bool IsConfigured)
{
    public bool MayRetry => Delivery.State is DeliveryState.Parked or DeliveryState.Failed or DeliveryState.Skipped or DeliveryState.Cancelled;

    public bool MayCancel => Delivery.State is DeliveryState.Ready or DeliveryState.InDoubt or DeliveryState.Parked or DeliveryState.Failed;

    public bool MayPark => Delivery.State is DeliveryState.Ready or DeliveryState.InDoubt;

    /// <summary>A person says where it belongs only while nothing of it left.</summary>
    public bool MaySetTicket => Delivery is { MayHaveArrived: false, State: DeliveryState.Ready or DeliveryState.Parked or DeliveryState.Failed or DeliveryState.Skipped };
}

/// <param name="Problem">Why the built-in plain note stands in the template's place.</param>
public sealed record NoteSheet(IReadOnlyList<NotePart> Parts, Fault? Problem)
{
    public static NoteSheet Of(Note note, ConnectorTraits traits) => new(
        [.. traits.NoteParts.Where(part => note.Part(part.Name) is not null).Select(part => new NotePart(part.Name, part.Html, note.Part(part.Name)!))],
        note.Problem);
}

/// <param name="Html">Shown in a frame of its own, without scripts and without our address.</param>
public sealed record NotePart(string Name, bool Html, string Text);
