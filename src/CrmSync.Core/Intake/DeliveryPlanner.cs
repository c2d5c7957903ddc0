using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Core.Intake;

/// <summary>Turns a decision into the deliveries it leads to.</summary>
/// <param name="installation">Names this installation in every delivery's key; known once the ledger is open.</param>
public sealed class DeliveryPlanner(IRouter router, Func<string> installation)
{
    /// <summary>One delivery for each connector the session is routed to; none when it is not to be delivered or no route matches.</summary>
    public IReadOnlyList<PlannedDelivery> Plan(SessionMetadata session, IntakeDecision decision, DateTimeOffset now)
    {
        if (decision.Fault is { } fault)
        {
            // Sessions before the start date are shown as skipped, so that an admin sees what the date left out.
            return fault.Reason == ReasonCodes.BeforeStartDate
                ? [.. router.Route(session).Select(to => Delivery(session, to, DeliveryState.Skipped, now, fault))]
                : [];
        }

        return decision.DueAt is { } dueAt
            ? [.. router.Route(session).Select(to => Delivery(session, to, DeliveryState.Ready, dueAt, fault: null))]
            : [];
    }

    private PlannedDelivery Delivery(SessionMetadata session, RoutedTo to, DeliveryState state, DateTimeOffset dueAt, Fault? fault) => new(
        to.Connector,
        DeliveryKey.For(installation(), session.Key, session.Revision.SemanticSha256),
        to.Route,
        to.Lane,
        (session.EndsAt ?? session.UpdatedAt ?? dueAt).ToUnixTimeMilliseconds(),
        state,
        dueAt,
        fault);
}
