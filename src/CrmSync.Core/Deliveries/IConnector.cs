using CrmSync.Core.Sessions;

namespace CrmSync.Core.Deliveries;

/// <summary>Everything CrmSync knows about one configured CRM.</summary>
public interface IConnector
{
    /// <summary>As configured: <c>salesforce-eu</c>.</summary>
    string Name { get; }

    ConnectorTraits Traits { get; }

    /// <summary>
    /// The record a session says it belongs to, normalised so that two spellings of one record are equal (Salesforce: 15 and 18
    /// characters). No I/O. Null when the session names none.
    /// </summary>
    string? LaneOf(SessionMetadata session);

    /// <summary>Finds the records the shipments are bound for. One resolution each, in order; throws only for our own bugs.</summary>
    Task<IReadOnlyList<Resolution>> ResolveAsync(IReadOnlyList<Shipment> shipments, CancellationToken cancel);

    /// <summary>Writes a batch. One outcome per parcel, in order; throws only for our own bugs.</summary>
    /// <remarks>
    /// No two parcels of a batch share a ticket. On cancellation, parcels whose bytes may have left are <see cref="Outcome.InDoubt"/>,
    /// the others <see cref="Outcome.Deferred"/> without spending an attempt.
    /// </remarks>
    Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel);

    /// <summary>
    /// Asks whether parcels in doubt arrived. Sends no note; may finish what follows one that arrived, if repeating that is harmless. One
    /// answer each, in order; throws only for our own bugs.
    /// </summary>
    Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel);

    /// <summary>Would it work? What an admin reads: reachable, authenticated as whom, rights, quota, what is missing and how to fix it.</summary>
    Task<CheckReport> CheckAsync(CancellationToken cancel);
}

/// <summary>How sure a connector can be that a note is not delivered twice.</summary>
public enum DedupeTier
{
    /// <summary>A unique key at the server: repeating the same request is harmless.</summary>
    UniqueKey,

    /// <summary>A compare-and-set or a time-limited idempotency key.</summary>
    CompareAndSet,

    /// <summary>A marker that can be read back: settle, probe, then send again.</summary>
    ReadableMarker,

    /// <summary>Nothing can be read back (mail): a policy decides.</summary>
    None,
}

/// <summary>What a connector can do; fixed once it is configured.</summary>
/// <param name="Kind"><c>Salesforce</c>, <c>Zendesk</c>, <c>Email</c>; also the folder of its templates in lower case.</param>
/// <param name="BatchMax">Most parcels <see cref="IConnector.DeliverAsync"/> takes at once.</param>
/// <param name="NoteParts">Names of the templates to render, e.g. <c>internal-note</c>; the extension is the template file's.</param>
public sealed record ConnectorTraits(string Kind, DedupeTier Tier, int BatchMax, IReadOnlyList<NotePartSpec> NoteParts)
{
    /// <summary>Parts that other settings would ask for: their templates may lie there unused without being strays.</summary>
    public IReadOnlyList<NotePartSpec> OtherParts { get; init; } = [];

    /// <summary>
    /// Deliveries that are claimed, resolved and rendered at once, to be sent <see cref="BatchMax"/> at a time; each such batch is begun and
    /// settled by itself.
    /// </summary>
    public int ClaimMax { get; init; } = BatchMax;

    /// <summary>Batches that may be under way at the same time.</summary>
    public int ConcurrencyMax { get; init; } = 1;

    /// <summary>A later revision changes what an earlier one delivered, rather than adding to it.</summary>
    public bool UpdatesDelivered { get; init; }

    /// <summary>How long an in-doubt request may still commit at the other side; the probe waits this long. Zero for <see cref="DedupeTier.UniqueKey"/>.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Two "absent" answers this far apart are needed before sending again; null: one is enough.</summary>
    public TimeSpan? SecondProbeAfter { get; init; }

    /// <summary>How long a first delivery may wait for company, so that a batch fills.</summary>
    public TimeSpan Linger { get; init; }
}

/// <summary>A part of a note that a connector wants rendered.</summary>
/// <param name="Name">Template file name without extension, e.g. <c>case-comment</c>.</param>
/// <param name="Html">The template is <c>.sbn-html</c> and every expression is escaped; else <c>.sbn-txt</c>.</param>
public sealed record NotePartSpec(string Name, bool Html)
{
    /// <summary>The template itself, where it stands in the settings; a file of that name goes before it. Null: files only.</summary>
    public string? Text { get; init; }
}
