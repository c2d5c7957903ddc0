using CrmSync.Core.Deliveries;
using Quartz;

namespace CrmSync.Hosting;

/// <summary>What an orchestrator asks. A CRM that is down is no reason to restart the worker: neither answer depends on one.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup(string.Empty).WithMetadata(new ControlDoor()).AllowAnonymous();
        health.MapGet("/livez", async (ISchedulerFactory schedulers, CancellationToken cancel) =>
            Answer((await schedulers.GetScheduler(cancel)).Status is SchedulerStatus.Running ? null : "The schedule does not run."));
        health.MapGet("/readyz", async (ILedger ledger, CancellationToken cancel) =>
            await ledger.HealthAsync(cancel) is { Writable: false } health ? Answer(health.Trouble) : Answer(null));
    }

    private static IResult Answer(string? trouble) => trouble is null
        ? Results.Text("ok")
        : Results.Text(trouble, statusCode: StatusCodes.Status503ServiceUnavailable);
}
