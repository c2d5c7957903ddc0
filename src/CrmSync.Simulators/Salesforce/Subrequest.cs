using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>One node of a composite call or graph.</summary>
internal sealed record Subrequest(string Method, string Url, string ReferenceId, JsonNode? Body, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly string[] Forbidden = ["Accept", "Authorization", "Content-Type"];

    /// <exception cref="ApiException">Whatever is illegal in a node fails the whole call.</exception>
    public static IReadOnlyList<Subrequest> ReadAll(JsonNode? owner, bool allowHeaders)
    {
        var nodes = owner?["compositeRequest"] as JsonArray
            ?? throw ApiException.Malformed("compositeRequest is missing or not a list");
        List<Subrequest> all = [.. nodes.Select(n => Read(n as JsonObject, allowHeaders))];
        if (all.DistinctBy(s => s.ReferenceId, StringComparer.Ordinal).Count() < all.Count)
        {
            throw new ApiException(400, "INVALID_INPUT", "referenceId is not unique in the request");
        }

        return all;
    }

    public JsonObject Answered(ApiAnswer answer)
    {
        var headers = new JsonObject();
        if (answer.Location is not null)
        {
            headers["Location"] = answer.Location;
        }

        return new JsonObject
        {
            ["body"] = answer.Body?.DeepClone(),
            ["httpHeaders"] = headers,
            ["httpStatusCode"] = answer.Status,
            ["referenceId"] = ReferenceId,
        };
    }

    private static Subrequest Read(JsonObject? node, bool allowHeaders)
    {
        var referenceId = (string?)node?["referenceId"];
        References.EnsureLegal(referenceId);
        var headers = node!["httpHeaders"] as JsonObject;
        if (headers is not null && (!allowHeaders || headers.Any(h => Forbidden.Contains(h.Key, StringComparer.OrdinalIgnoreCase))))
        {
            throw ApiException.Malformed("httpHeaders is not allowed here");
        }

        return new Subrequest(
            (string?)node["method"] ?? throw ApiException.Malformed("method is missing"),
            (string?)node["url"] ?? throw ApiException.Malformed("url is missing"),
            referenceId!,
            node["body"],
            headers?.ToDictionary(h => h.Key, h => (string?)h.Value ?? string.Empty, StringComparer.OrdinalIgnoreCase) ?? []);
    }
}
