using CrmSync.Core.Intake;

namespace CrmSync.Core.Deliveries;

/// <summary>Where a delivery goes that its connector cannot take: the fallback connector of its route.</summary>
public interface IFallback
{
    /// <summary>The delivery to plan instead; null when the route names none, or this already is the fallback's.</summary>
    PlannedDelivery? For(Delivery delivery, Fault fault);
}
