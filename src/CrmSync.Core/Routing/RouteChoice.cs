namespace CrmSync.Core.Routing;

/// <summary>Where sessions of some sort go.</summary>
/// <param name="TicketExpected">Null: by the session.</param>
public sealed record Route(string Name, string When, IReadOnlyList<string> Connectors, string? Fallback, bool? TicketExpected);

/// <summary>What became of one session at the routes.</summary>
/// <param name="Route">The first that matched; null: none did (NO_ROUTE).</param>
/// <param name="Trials">Every route in order, up to the one that matched.</param>
public sealed record RouteChoice(Route? Route, IReadOnlyList<RouteTrial> Trials)
{
    public IReadOnlyList<string> Connectors => Route?.Connectors ?? [];

    /// <summary>Set when no route matches.</summary>
    public Fault? Fault => Route is not null ? null : new Fault(ReasonCodes.NoRoute, $"None of {Trials.Count} routes matches{Failed}.");

    private string Failed => Trials.Where(trial => trial.Error is not null).Select(trial => trial.Route).ToList() is { Count: > 0 } routes
        ? $"; the conditions of {string.Join(", ", routes)} could not be evaluated"
        : string.Empty;
}

/// <summary>One route that was tried.</summary>
/// <param name="Values">What the condition's members were: <c>session.kind</c> is <c>"call"</c>. May be personal: for preview, not for logs.</param>
/// <param name="Error">Why the condition could not be evaluated; such a route does not match.</param>
public sealed record RouteTrial(string Route, bool Matched, string When, IReadOnlyList<RouteValue> Values, string? Error);

public sealed record RouteValue(string Member, string Value)
{
    public override string ToString() => $"{Member} is {Value}";
}
