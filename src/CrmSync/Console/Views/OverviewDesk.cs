using CrmSync.Alerts;
using CrmSync.Console.Texts;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Reading;
using CrmSync.Core.Sources;

namespace CrmSync.Console.Views;

/// <summary>Puts the overview together: what the ledger says, for everything that is configured.</summary>
internal sealed class OverviewDesk(
    IConsoleReading reading, IReadOnlyList<IConnector> connectors, IReadOnlyList<ISessionSource> sources, AlertBoard board, Times times)
{
    public async Task<OverviewSheet> LoadAsync(OverviewRange range, Speech say, CancellationToken cancel)
    {
        var overview = await reading.OverviewAsync(range.Window(times), cancel);
        return new OverviewSheet(
            range,
            overview,
            [.. connectors.Select(connector => Card(connector, overview, say))],
            [.. sources.Select(source => new SourceCard(source.Name, overview.Sources.FirstOrDefault(status => status.Name == source.Name)))],
            board.Current);
    }

    private ConnectorCard Card(IConnector connector, LedgerOverview overview, Speech say)
    {
        var activity = overview.Connectors.FirstOrDefault(one => one.Connector == connector.Name);
        return new ConnectorCard(connector.Name, connector.Traits.Kind, activity, ConnectorHealth.Of(activity, times, say), connector is IQuotaTold, (connector as IQuotaTold)?.Quota);
    }
}

public sealed record OverviewSheet(
    OverviewRange Range, LedgerOverview Ledger, IReadOnlyList<ConnectorCard> Connectors, IReadOnlyList<SourceCard> Sources, IReadOnlyList<Alert> Alerts)
{
    public long PickedUp => Ledger.Steps.Sum(step => step.PickedUp);

    public long Delivered => Ledger.Steps.Sum(step => step.Delivered);

    public long Waiting => Ledger.Connectors.Sum(connector => connector.Waiting);

    public long Due => Ledger.Connectors.Sum(connector => connector.Due);

    public long NeedsPerson => Ledger.NeedsPerson.Sum(reason => reason.Count);

    public DateTimeOffset? OldestDueAt => Ledger.Connectors.Min(connector => connector.OldestDueAt);

    /// <summary>Nothing ever came in, as far as this range and what stands now can tell.</summary>
    public bool IsEmpty => PickedUp == 0 && Delivered == 0 && Waiting == 0 && NeedsPerson == 0 && Ledger.Connectors.Count == 0;
}

/// <param name="Activity">Null when the ledger knows nothing of the connector yet.</param>
/// <param name="HasQuota">Whether its CRM tells of a quota at all.</param>
/// <param name="Quota">Null before its first answer.</param>
public sealed record ConnectorCard(string Name, string Kind, ConnectorActivity? Activity, ConnectorHealth Health, bool HasQuota, QuotaReading? Quota)
{
    public string Address => $"/connectors/{Uri.EscapeDataString(Name)}";
}

/// <param name="Status">Null before the first pick-up.</param>
public sealed record SourceCard(string Name, SourceStatus? Status);
