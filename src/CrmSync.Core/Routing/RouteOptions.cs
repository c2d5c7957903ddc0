namespace CrmSync.Core.Routing;

/// <summary>One entry of the list <c>Routes</c>. The first that matches a session decides where it goes.</summary>
public sealed class RouteOptions
{
    public const string Section = "Routes";

    /// <summary>Its name in the ledger, in logs and in <c>crmsync preview</c>. Default <c>route 1</c>, <c>route 2</c>, …</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// A Scriban expression over what templates see (docs/template-model.md), e.g. <c>session.kind == "chat"</c>. Redaction does not
    /// apply here. Default empty: every session.
    /// </summary>
    public string When { get; set; } = string.Empty;

    /// <summary>Names of the connectors that get the session, each for itself. At least one.</summary>
    public List<string> Connectors { get; set; } = [];

    /// <summary>The connector that gets what one of <see cref="Connectors"/> refuses or has no ticket for. Default none.</summary>
    public string? Fallback { get; set; }

    /// <summary>
    /// Whether such sessions should have a ticket. False: without one they are skipped silently; true: they are parked for a person.
    /// Default unset: by the session (deflected and abandoned ones need none).
    /// </summary>
    public bool? TicketExpected { get; set; }
}
