using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Tests.Simulators.Shared;

/// <summary>The smallest CRM: <c>POST /things/{name}</c> stores a thing and costs two calls.</summary>
internal sealed class CounterCrm : ISimulatedCrm
{
    private int _things;
    private int _expiries;

    public int Things => Volatile.Read(ref _things);

    public int Expiries => Volatile.Read(ref _expiries);

    public IReadOnlyList<AdminAction> Actions => [];

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/things/{name}", async context =>
    {
        context.Charge(2);
        Interlocked.Increment(ref _things);
        await context.Response.WriteAsync(context.HasFault("grumpy") ? "stored, grumbling" : "stored", context.RequestAborted);
    });

    public Task RefuseAsync(HttpContext context, Fault fault) =>
        context.Response.WriteAsync($"<h1>{fault.Status}</h1>", context.RequestAborted);

    public void ExpireTokens() => Interlocked.Increment(ref _expiries);

    public JsonNode ReadBack() => new JsonObject { ["things"] = Things };

    public IEnumerable<RecordDigest> Digest() => [new RecordDigest("things", Things, [])];

    public void Reset() => Volatile.Write(ref _things, 0);
}
