using CrmSync.Core.Intake;

namespace CrmSync.Core.Deliveries;

/// <summary>What the route that chose a delivery's connector says about its troubles.</summary>
public interface IRoutePolicy
{
    /// <summary>The delivery to plan instead, to the route's fallback connector; null when it names none, or this already is the fallback's.</summary>
    PlannedDelivery? FallbackFor(Delivery delivery);

    /// <summary>Whether sessions of this route should have a ticket; null: judge by the session.</summary>
    bool? TicketExpected(Delivery delivery);
}
