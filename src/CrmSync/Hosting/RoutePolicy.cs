using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Routing;
using Route = CrmSync.Core.Routing.Route;

namespace CrmSync.Hosting;

/// <summary>The routes as they are configured now; a delivery of a route that is gone has no fallback.</summary>
internal sealed class RoutePolicy(RouteTable table) : IRoutePolicy
{
    private readonly Dictionary<string, Route> _byName = table.Routes.ToDictionary(route => route.Name, StringComparer.Ordinal);

    public PlannedDelivery? FallbackFor(Delivery delivery) =>
        RouteOf(delivery)?.Fallback is { } fallback && fallback != delivery.Connector
            ? new PlannedDelivery(fallback, delivery.Key, delivery.Route, delivery.Lane, delivery.Order, DeliveryState.Ready, TimeSpan.Zero)
            : null;

    public bool? TicketExpected(Delivery delivery) => RouteOf(delivery)?.TicketExpected;

    private Route? RouteOf(Delivery delivery) => delivery.Route is { } name ? _byName.GetValueOrDefault(name) : null;
}
