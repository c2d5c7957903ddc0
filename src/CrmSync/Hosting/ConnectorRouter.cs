using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Routing;
using CrmSync.Core.Sessions;

namespace CrmSync.Hosting;

/// <summary>The configured routes, with each connector's own idea of which record a session names.</summary>
internal sealed class ConnectorRouter(RouteTable routes, IReadOnlyList<IConnector> connectors) : Core.Intake.IRouter
{
    private readonly Dictionary<string, IConnector> _connectors = connectors.ToDictionary(connector => connector.Name, StringComparer.Ordinal);

    public IReadOnlyList<RoutedTo> Route(SessionMetadata session) => routes.Choose(session).Route is { } route
        ? [.. route.Connectors.Select(name => new RoutedTo(route.Name, name, _connectors[name].LaneOf(session)))]
        : [];
}
