using CrmSync.Core.Deliveries;

namespace CrmSync.Core.Reading;

/// <param name="From">Begin of the first step.</param>
/// <param name="Step">Length of a step: an hour, a day.</param>
/// <param name="Steps">How many.</param>
public sealed record OverviewWindow(DateTimeOffset From, TimeSpan Step, int Steps)
{
    public DateTimeOffset To => From + (Step * Steps);
}

/// <summary>What happened in a window, step by step, and what stands now.</summary>
/// <param name="Steps">One for each step of the window, oldest first, zeros included.</param>
/// <param name="Connectors">Connectors that the ledger has deliveries or a pause of, by name.</param>
/// <param name="NeedsPerson">Parked and failed deliveries by connector and reason, most first.</param>
public sealed record LedgerOverview(
    IReadOnlyList<OverviewStep> Steps,
    IReadOnlyList<ConnectorActivity> Connectors,
    IReadOnlyList<ReasonCount> NeedsPerson,
    IReadOnlyList<SourceStatus> Sources,
    long SessionsNotFinal,
    long FilesQuarantined);

/// <summary>One step of the window.</summary>
/// <param name="PickedUp">Sessions that were new.</param>
/// <param name="Delivered">Deliveries that ended well.</param>
/// <param name="Waiting">Deliveries planned in this step that still wait.</param>
/// <param name="NeedsPerson">Deliveries that were parked or given up in this step, and still are.</param>
public sealed record OverviewStep(DateTimeOffset From, long PickedUp, long Delivered, long Waiting, long NeedsPerson);

/// <summary>How busy one connector is.</summary>
/// <param name="Waiting">Everything that will still be sent, due or not.</param>
/// <param name="Due">Of those, what could have gone out by now.</param>
/// <param name="OldestDueAt">Since when the first of those is due; null when none is.</param>
/// <param name="InDoubt">Sent, and nobody knows yet whether it arrived.</param>
/// <param name="Troubled">Waiting after a try that did not work.</param>
public sealed record ConnectorActivity(
    string Connector,
    long Waiting,
    long Due,
    DateTimeOffset? OldestDueAt,
    long InDoubt,
    long Troubled,
    long NeedsPerson,
    long DeliveredLastHour,
    long DeliveredLastDay,
    ConnectorPause? Pause);

/// <summary>Deliveries that wait for a person for the same reason.</summary>
public sealed record ReasonCount(string Connector, ReasonCode Reason, long Count);
