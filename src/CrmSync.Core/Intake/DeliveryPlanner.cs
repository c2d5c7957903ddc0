using CrmSync.Core.Deliveries;
using CrmSync.Core.Routing;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Intake;

/// <summary>Turns a decision into the deliveries it leads to.</summary>
/// <param name="choose">Asks the routes: <see cref="RouteTable.Choose"/>.</param>
/// <param name="laneOf">Asks a connector, by name, for its own spelling of the record a session names: <see cref="IConnector.LaneOf"/>.</param>
/// <param name="installation">Names this installation in every delivery's key; known once the ledger is open.</param>
public sealed class DeliveryPlanner(
    Func<SessionMetadata, RouteChoice> choose, Func<string, SessionMetadata, string?> laneOf, Func<string> installation)
{
    /// <summary>One delivery for each connector of the session's route, or the fault that says why there is none.</summary>
    public DeliveryPlan Plan(SessionMetadata session, IntakeDecision decision, DateTimeOffset now)
    {
        if (decision.Fault is { } fault && fault.Reason != ReasonCodes.BeforeStartDate)
        {
            return new DeliveryPlan([], fault);
        }

        var choice = choose(session);
        if (choice.Route is not { } route)
        {
            return new DeliveryPlan([], choice.Fault);
        }

        // Sessions before the start date are shown as skipped, so that an admin sees what the date left out.
        return new DeliveryPlan(
            [.. route.Connectors.Select(connector => Delivery(session, route.Name, connector, decision, now))],
            decision.Fault);
    }

    private PlannedDelivery Delivery(SessionMetadata session, string route, string connector, IntakeDecision decision, DateTimeOffset now) => new(
        connector,
        DeliveryKey.For(installation(), session.Key, session.Revision.SemanticSha256),
        route,
        laneOf(connector, session),
        (session.EndsAt ?? session.UpdatedAt ?? decision.DueAt ?? now).ToUnixTimeMilliseconds(),
        decision.Fault is null ? DeliveryState.Ready : DeliveryState.Skipped,
        (decision.DueAt ?? now) - now,
        decision.Fault);
}

/// <param name="Fault">Why nothing is delivered; null when something is.</param>
public sealed record DeliveryPlan(IReadOnlyList<PlannedDelivery> Deliveries, Fault? Fault);
