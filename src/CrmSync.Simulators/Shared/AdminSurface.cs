using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Simulators.Shared;

/// <summary>
/// <c>/_sim/</c>: what a script or a person may ask of a running simulator. Needs no token, meets no faults, is not counted.
/// <c>GET counters</c>, <c>GET requests</c>, <c>GET|POST|DELETE faults</c>, <c>GET actions</c>, <c>POST actions/{name}</c>,
/// <c>GET records</c>, <c>GET digest</c>, <c>POST reset</c>, and with a clock that can be moved <c>POST clock/{seconds}</c>, which sets it
/// forward. Bodies are JSON whatever their content type says: curl says another one.
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
        admin.MapPost("/faults", context => OrRefuseAsync(context, async () =>
        {
            plan.Add(FaultRuleReader.Read(await ReadAsync(context)));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }));
        admin.MapDelete("/faults", context => Done(context, plan.Clear));
        admin.MapGet("/actions", context => WriteAsync(context, crm.Actions.Select(action => new ActionEntry(action.Name, action.Does, action.Members))));
        admin.MapPost("/actions/{name}", context => OrRefuseAsync(context, () => ActAsync(context, crm)));
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

    private static async Task ActAsync(HttpContext context, ISimulatedCrm crm)
    {
        var name = (string?)context.GetRouteValue("name");
        if (crm.Actions.FirstOrDefault(known => known.Name == name) is not { } action)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, new Refusal($"There is no action '{name}'.", null, [.. crm.Actions.Select(known => known.Name)]));
            return;
        }

        var told = action.Run(AdminArguments.Of(await ReadAsync(context), action.Members));
        await context.Response.WriteAsJsonAsync<JsonNode>(told ?? [], context.RequestAborted);
    }

    private static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            return string.IsNullOrWhiteSpace(text) ? []
                : JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                    ?? throw new AdminRefusalException("The body must be a JSON object.", member: null);
        }
        catch (JsonException e)
        {
            throw new AdminRefusalException($"The body is not JSON: {e.Message}", member: null);
        }
    }

    private static async Task OrRefuseAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (AdminRefusalException e)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, new Refusal(e.Message, e.Member, e.Allowed));
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, Refusal refusal)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, refusal);
    }

    private static Task Done(HttpContext context, Action action)
    {
        action();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task WriteAsync<T>(HttpContext context, T value) =>
        context.Response.WriteAsJsonAsync(value, typeof(T), AdminJson.Readable, contentType: null, context.RequestAborted);
}

/// <summary>Body of <c>GET /_sim/counters</c>.</summary>
internal sealed record Counters(int Total, int Calls, IReadOnlyList<RequestCount> Requests);

/// <summary>One entry of <c>GET /_sim/actions</c>.</summary>
internal sealed record ActionEntry(string Name, string Does, IReadOnlyList<AdminMember> Members);

/// <summary>Body of a 400 or 404.</summary>
internal sealed record Refusal(string Error, string? Member, IReadOnlyList<string> Allowed);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Counters))]
[JsonSerializable(typeof(FaultRule))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(IEnumerable<ActionEntry>))]
[JsonSerializable(typeof(IReadOnlyList<FaultRule>))]
[JsonSerializable(typeof(IReadOnlyList<RequestEntry>))]
[JsonSerializable(typeof(IEnumerable<RecordDigest>))]
internal sealed partial class AdminJson : JsonSerializerContext
{
    /// <summary>For people: quotes are not written as numbers. No page shows it as HTML.</summary>
    public static AdminJson Readable => field ??= new AdminJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
