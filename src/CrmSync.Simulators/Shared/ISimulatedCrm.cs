using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Simulators.Shared;

/// <summary>What is one CRM's own in a simulator. <see cref="SimulatorHost"/> adds sockets, faults, counters and the admin surface.</summary>
public interface ISimulatedCrm
{
    /// <summary>Maps the CRM's API. The pattern of each route is its name in <see cref="RequestLog"/>.</summary>
    void Map(IEndpointRouteBuilder routes);

    /// <summary>Words an injected refusal (429, 5xx) as this CRM would; <see cref="Fault.Status"/> says which.</summary>
    Task RefuseAsync(HttpContext context, Fault fault);

    /// <summary>What can be done to it through the admin surface, by name.</summary>
    IReadOnlyList<AdminAction> Actions { get; }

    /// <summary>Makes every access token given out so far invalid.</summary>
    void ExpireTokens();

    /// <summary>What is stored, for a test to compare with what it expects: per record the notes and files on it.</summary>
    JsonNode ReadBack();

    /// <summary>The same in short: every record with something on it, the files by hash.</summary>
    IEnumerable<RecordDigest> Digest();

    /// <summary>Forgets all records and tokens, and returns to the initial ones.</summary>
    void Reset();
}
