using CrmSync.Core.Sessions;

namespace CrmSync.Core.Intake;

/// <summary>Decides where a session goes.</summary>
public interface IRouter
{
    /// <summary>The connectors it goes to, in order; none when no route matches. Pure.</summary>
    IReadOnlyList<RoutedTo> Route(SessionMetadata session);
}

/// <param name="Route">The route that matched.</param>
/// <param name="Lane">The record the session names, in the connector's own spelling; null when it names none.</param>
public sealed record RoutedTo(string Route, string Connector, string? Lane = null);
