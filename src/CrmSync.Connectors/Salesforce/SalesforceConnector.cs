using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Salesforce;

/// <summary>One Salesforce org.</summary>
internal sealed class SalesforceConnector : IConnector, IMailWitness, IQuotaTold
{
    /// <summary>What one Case-field call takes; three calls of 67 graphs, or one of collections, follow it.</summary>
    private const int BatchMax = 200;

    /// <summary>Where a session costs a call or two, a batch must end well within its lease.</summary>
    private const int OneByOneMax = 10;

    private readonly SalesforceResolver _resolver;
    private readonly SalesforceCaseFields _fields;
    private readonly ISalesforceTransport _transport;
    private readonly SalesforceCheck _check;
    private readonly SalesforceMailWitness _mailWitness;
    private readonly SalesforceClient _client;
    private readonly double _quotaShare;

    public SalesforceConnector(string name, SalesforceOptions options, SalesforceClient client, TimeProvider clock, ILogger<SalesforceConnector> logger)
    {
        Name = name;
        var address = SalesforceHosts.ApiAddress(options.Url!);
        var objects = new SalesforceObjects(client, clock);
        var merges = new SalesforceMerges(client);
        var notes = new SalesforceNotes(options);
        var ledger = new SalesforceLedger(client, clock);
        var nodes = new SalesforceNodes(options, notes, ledger, client.Root);
        _resolver = new SalesforceResolver(
            client, merges, objects, new SalesforceLookup(options.Lookup, client), new SalesforceHosts(address, options.Hosts), address);
        _fields = new SalesforceCaseFields(options, client, objects, logger);
        _transport = Transport(options, client, nodes, ledger, merges, new SalesforceMarkers(client, notes), clock);
        _check = new SalesforceCheck(name, options, client, new SalesforceWriteProbe(name, options, client, nodes, _resolver, clock));
        _mailWitness = new SalesforceMailWitness(client, address);
        Traits = TraitsOf(options);
        (_client, _quotaShare) = (client, options.QuotaShare);
    }

    public string Name { get; }

    public ConnectorTraits Traits { get; }

    public QuotaReading? Quota => _client.Quota is { Max: > 0 } quota ? new QuotaReading(quota.Used, quota.Max, _quotaShare, QuotaPeriod.Day) : null;

    public string? LaneOf(SessionMetadata session) => SalesforceTargets.LaneOf(session.OutTicket);

    public Task<IReadOnlyList<Resolution>> ResolveAsync(IReadOnlyList<Shipment> shipments, CancellationToken cancel) =>
        _resolver.ResolveAsync(shipments, cancel);

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var outcomes = (await _fields.WriteAsync(parcels, cancel)).ToArray();
        var ready = outcomes.Index().Where(o => o.Item is null).Select(o => o.Index).ToList();
        if (ready.Count > 0)
        {
            var delivered = await _transport.DeliverAsync([.. ready.Select(i => parcels[i])], cancel);
            ready.Index().ToList().ForEach(r => outcomes[r.Item] = delivered[r.Index]);
            await _fields.FollowAsync([.. parcels.Zip(outcomes, Moved).OfType<Parcel>()], cancel);
        }

        return outcomes!;
    }

    // The fields went to a Case that was merged into another meanwhile; note and file followed it.
    private static Parcel? Moved(Parcel parcel, Outcome? outcome) =>
        outcome is Outcome.Delivered(var receipt) && receipt.RecordId != parcel.Ticket.RecordId
            ? parcel with { Ticket = parcel.Ticket with { RecordId = receipt.RecordId } }
            : null;

    public Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) => _transport.ProbeAsync(parcels, cancel);

    public Task<IReadOnlyList<ProbeAnswer>> LookForAsync(IReadOnlyList<SentMail> mails, CancellationToken cancel) =>
        _mailWitness.LookForAsync(mails, cancel);

    public Task<CheckReport> CheckAsync(CancellationToken cancel) => _check.RunAsync(cancel);

    private static ISalesforceTransport Transport(
        SalesforceOptions options,
        SalesforceClient client,
        SalesforceNodes nodes,
        SalesforceLedger ledger,
        SalesforceMerges merges,
        SalesforceMarkers markers,
        TimeProvider clock)
    {
        var probe = new SalesforceProbe(options, ledger, markers, merges);
        var files = new SalesforceFiles(options, client);
        var rounds = new SalesforceRounds(files, merges, ledger);
        var composite = new CompositeTransport(client, nodes, rounds, probe);
        return options.Transport switch
        {
            SalesforceTransport.Graph => new GraphTransport(options, client, nodes, rounds, probe, clock),
            SalesforceTransport.Composite => composite,
            SalesforceTransport.Collections => new CollectionsTransport(options, client, nodes, composite, rounds, probe, clock),
            SalesforceTransport.Singles => new SinglesTransport(client, nodes, files, markers, merges, probe),
            var other => throw new InvalidOperationException($"No transport {other}."),
        };
    }

    private static ConnectorTraits TraitsOf(SalesforceOptions options) => new(
        SalesforceKind.Name,
        options.UsesPackage ? DedupeTier.UniqueKey : DedupeTier.ReadableMarker,
        options.Transport is SalesforceTransport.Graph or SalesforceTransport.Collections ? BatchMax : OneByOneMax,
        [
            new NotePartSpec(SalesforceNotes.CommentPart, Html: false),
            new NotePartSpec(SalesforceNotes.TaskPart, Html: false),
            new NotePartSpec(SalesforceNotes.SubjectPart, Html: false),
            .. options.CaseFields.Select(f => new NotePartSpec(SalesforceCaseFields.PartPrefix + f.Key, Html: false) { Text = f.Value is { Length: > 0 } text ? text : null }),
        ])
    {
        ConcurrencyMax = options.Concurrency,
        UpdatesDelivered = true,
        Linger = options.Linger,
        Settle = options.UsesPackage ? TimeSpan.Zero : options.Settle,
    };
}
