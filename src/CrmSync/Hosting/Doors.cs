namespace CrmSync.Hosting;

/// <summary>Marks the endpoints that belong to the control address. Every other endpoint belongs to the console's.</summary>
internal sealed class ControlDoor;

/// <summary>
/// The worker listens at two addresses: one for the command line and health probes, one for the console's users. What belongs to one
/// is not found at the other, so that a firewall or proxy that opens the console opens nothing else.
/// </summary>
internal sealed class Doors
{
    /// <summary>Known once the server listens; until then nobody comes in by the console's door.</summary>
    public int? ConsolePort { get; set; }

    public bool IsConsole(HttpContext context) => context.Connection.LocalPort == ConsolePort;

    /// <summary>Needs routing before it. Answers 404 to a request whose endpoint belongs to the other door.</summary>
    public Task FilterAsync(HttpContext context, RequestDelegate next)
    {
        var wantsControl = context.GetEndpoint()?.Metadata.GetMetadata<ControlDoor>() is not null;
        if (wantsControl == IsConsole(context) && context.GetEndpoint() is not null)
        {
            context.SetEndpoint(null);
        }

        return next(context);
    }
}
