using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Salesforce;

/// <summary>One Salesforce org.</summary>
internal sealed class SalesforceConnector : IConnector, IMailWitness, IQuotaTold
{
    /// <summary>What one Case-field call takes; four calls of fifty graphs follow it.</summary>
    private const int BatchMax = 200;

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
        _resolver = new SalesforceResolver(client, merges, objects, new SalesforceHosts(address, options.Hosts), address);
        _fields = new SalesforceCaseFields(options, client, objects, logger);
        _transport = Transport(options, client, merges, clock);
        _check = new SalesforceCheck(name, options, client);
        _mailWitness = new SalesforceMailWitness(client, address);
        Traits = TraitsOf(options, _transport);
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
        }

        return outcomes!;
    }

    public Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel) => _transport.ProbeAsync(parcels, cancel);

    public Task<IReadOnlyList<ProbeAnswer>> LookForAsync(IReadOnlyList<SentMail> mails, CancellationToken cancel) =>
        _mailWitness.LookForAsync(mails, cancel);

    public Task<CheckReport> CheckAsync(CancellationToken cancel) => _check.RunAsync(cancel);

    private static ISalesforceTransport Transport(SalesforceOptions options, SalesforceClient client, SalesforceMerges merges, TimeProvider clock)
    {
        var notes = new SalesforceNotes(options);
        var ledger = new SalesforceLedger(client, clock);
        var nodes = new SalesforceNodes(options, notes, ledger, client.Root);
        var markers = new SalesforceMarkers(client, notes);
        return options.Transport switch
        {
            SalesforceTransport.Graph => new GraphTransport(options, client, nodes, ledger, merges, clock),
            SalesforceTransport.Composite => new CompositeTransport(client, nodes, markers),
            SalesforceTransport.Singles => new SinglesTransport(client, nodes, markers),
            var other => throw new InvalidOperationException($"No transport {other}."),
        };
    }

    private static ConnectorTraits TraitsOf(SalesforceOptions options, ISalesforceTransport transport) => new(
        SalesforceKind.Name,
        transport.Tier,
        transport.Tier is DedupeTier.UniqueKey ? BatchMax : 10,
        [
            new NotePartSpec(SalesforceNotes.CommentPart, Html: false),
            new NotePartSpec(SalesforceNotes.TaskPart, Html: false),
            new NotePartSpec(SalesforceNotes.SubjectPart, Html: false),
            .. options.CaseFields.Select(f => new NotePartSpec(SalesforceCaseFields.PartPrefix + f, Html: false)),
        ])
    {
        ConcurrencyMax = options.Concurrency,
        UpdatesDelivered = true,
        Linger = options.Linger,
        Settle = transport.Tier is DedupeTier.UniqueKey ? TimeSpan.Zero : options.Settle,
    };
}
