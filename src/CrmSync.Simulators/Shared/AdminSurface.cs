using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Simulators.Shared;

/// <summary>
/// <c>/_sim/</c>: what a script or a person may ask of a running simulator. Needs no token, meets no faults, is not counted.
/// <c>GET counters</c>, <c>GET requests</c>, <c>GET|POST|DELETE faults</c>, <c>GET records</c>, <c>GET digest</c>, <c>POST reset</c>, and
/// with a clock that can be moved <c>POST clock/{seconds}</c>, which sets it forward.
/// </summary>
internal static class AdminSurface
{
    public const string Prefix = "/_sim";

    public static void Map(IEndpointRouteBuilder routes, ISimulatedCrm crm, FaultPlan plan, RequestLog log, TimeProvider clock)
    {
        var admin = routes.MapGroup(Prefix);
        admin.MapGet("/counters", context => WriteAsync(context, new Counters(log.Total, log.Calls, log.Counts)));
        admin.MapGet("/requests", context => WriteAsync(context, log.Entries));
        admin.MapGet("/records", context => context.Response.WriteAsJsonAsync(crm.ReadBack(), context.RequestAborted));
        admin.MapGet("/digest", context => WriteAsync(context, crm.Digest()));
        admin.MapGet("/faults", context => WriteAsync(context, plan.Rules));
        admin.MapPost("/faults", context => AddFaultAsync(context, plan));
        admin.MapDelete("/faults", context => Done(context, plan.Clear));
        if (clock is VirtualClock virtualClock)
        {
            admin.MapPost("/clock/{seconds:int:min(0)}", context => Done(context, () => virtualClock.Advance(
                TimeSpan.FromSeconds(int.Parse((string)context.GetRouteValue("seconds")!, CultureInfo.InvariantCulture)))));
        }

        admin.MapPost("/reset", context => Done(context, () =>
        {
            crm.Reset();
            plan.Clear();
            log.Clear();
        }));
    }

    private static async Task AddFaultAsync(HttpContext context, FaultPlan plan)
    {
        try
        {
            var rule = await context.Request.ReadFromJsonAsync(AdminJson.Default.FaultRule, context.RequestAborted);
            plan.Add(rule!);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (JsonException e)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"Not a fault rule: {e.Message}", context.RequestAborted);
        }
    }

    private static Task Done(HttpContext context, Action action)
    {
        action();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task WriteAsync<T>(HttpContext context, T value) =>
        context.Response.WriteAsJsonAsync(value, typeof(T), AdminJson.Default, contentType: null, context.RequestAborted);
}

/// <summary>Body of <c>GET /_sim/counters</c>.</summary>
internal sealed record Counters(int Total, int Calls, IReadOnlyList<RequestCount> Requests);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Counters))]
[JsonSerializable(typeof(FaultRule))]
[JsonSerializable(typeof(IReadOnlyList<FaultRule>))]
[JsonSerializable(typeof(IReadOnlyList<RequestEntry>))]
[JsonSerializable(typeof(IEnumerable<RecordDigest>))]
internal sealed partial class AdminJson : JsonSerializerContext;
