using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrmSync.Simulators.Salesforce;

/// <summary>
/// <c>POST /composite/graph</c>: each graph is one transaction. Limits of "Composite Graph Limits": 75 graphs, 500 nodes, 15 kinds
/// of node (method and object), depth 15; after more than 14 failed graphs the rest is not attempted.
/// </summary>
internal sealed partial class GraphResource(Org org, RestApi api)
{
    private const int GraphsMax = 75;
    private const int NodesMax = 500;
    private const int KindsMax = 15;
    private const int DepthMax = 15;
    private const int FailuresMax = 14;

    public ApiAnswer Answer(ApiRequest request)
    {
        var graphs = Read(request);
        var failures = 0;
        var answers = new JsonArray();
        foreach (var (id, nodes) in graphs)
        {
            var (answer, isSuccessful) = failures > FailuresMax ? (Halted(nodes), false) : Run(nodes);
            failures += isSuccessful ? 0 : 1;
            answers.Add(new JsonObject
            {
                ["graphId"] = id,
                ["graphResponse"] = new JsonObject { ["compositeResponse"] = answer },
                ["isSuccessful"] = isSuccessful,
            });
        }

        return ApiAnswer.Ok(new JsonObject { ["graphs"] = answers });
    }

    private static List<(string Id, IReadOnlyList<Subrequest> Nodes)> Read(ApiRequest request)
    {
        var graphs = request.Object["graphs"] as JsonArray ?? throw ApiException.Malformed("graphs is missing or not a list");
        Limit(graphs.Count, GraphsMax, "graphs");
        var read = graphs.Select(g => (GraphId(g), Subrequest.ReadAll(g, allowHeaders: false))).ToList();
        if (read.DistinctBy(g => g.Item1, StringComparer.Ordinal).Count() < read.Count)
        {
            throw new ApiException(400, "INVALID_INPUT", "graphId is not unique in the request");
        }

        Limit(read.Sum(g => g.Item2.Count), NodesMax, "nodes");
        Limit(read.SelectMany(g => g.Item2).Select(Kind).Distinct(StringComparer.OrdinalIgnoreCase).Count(), KindsMax, "different kinds of node");
        foreach (var (_, nodes) in read)
        {
            Limit(Depth(nodes), DepthMax, "levels of reference");
        }

        return read;
    }

    private (JsonArray Answer, bool IsSuccessful) Run(IReadOnlyList<Subrequest> nodes)
    {
        using var transaction = org.Begin();
        var references = new References();
        for (var i = 0; i < nodes.Count; i++)
        {
            var answer = Answer(nodes[i], references);
            if (!answer.IsSuccess)
            {
                return (RolledBack(nodes, i, answer), false);
            }

            references.Add(nodes[i].ReferenceId, answer);
        }

        transaction.Commit();
        return (new JsonArray([.. nodes.Select(n => n.Answered(references[n.ReferenceId]))]), true);
    }

    private ApiAnswer Answer(Subrequest node, References references)
    {
        try
        {
            return api.Answer(ApiRequest.Sub(node.Method, references.Resolve(node.Url), references.Resolve(node.Body)));
        }
        catch (ApiException e)
        {
            return ApiAnswer.Of(e);
        }
    }

    private static JsonArray RolledBack(IReadOnlyList<Subrequest> nodes, int culprit, ApiAnswer answer) => new(
        [.. nodes.Select((n, i) => n.Answered(i == culprit ? answer : ApiAnswer.Of(ApiException.RolledBack())))]);

    private static JsonArray Halted(IReadOnlyList<Subrequest> nodes) => new(
        [.. nodes.Select(n => n.Answered(ApiAnswer.Of(new ApiException(400, "PROCESSING_HALTED", "The graph was not processed: too many graphs of the request failed."))))]);

    private static string GraphId(JsonNode? graph) => (string?)graph?["graphId"] is { } id && LegalGraphId().IsMatch(id)
        ? id
        : throw new ApiException(400, "INVALID_INPUT", "graphId must start with a letter or digit, be shorter than 40 characters and hold no period");

    // Only records and records by external id, and no more than one record a node.
    private static string Kind(Subrequest node)
    {
        var match = NodeUrl().Match(node.Url);
        return match.Success && node.Method is "GET" or "POST" or "PATCH" or "DELETE"
            ? $"{node.Method} {match.Groups["version"].Value} {match.Groups["type"].Value}"
            : throw new ApiException(400, "INVALID_INPUT", $"{node.Method} {node.Url} is not allowed in a graph");
    }

    private static int Depth(IReadOnlyList<Subrequest> nodes)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var text = node.Url + node.Body?.ToJsonString();
            depths[node.ReferenceId] = 1 + depths
                .Where(d => text.Contains($"@{{{d.Key}.", StringComparison.Ordinal))
                .Select(d => d.Value)
                .DefaultIfEmpty(0)
                .Max();
        }

        return depths.Values.DefaultIfEmpty(0).Max();
    }

    private static void Limit(int count, int max, string what)
    {
        if (count > max)
        {
            throw new ApiException(400, "LIMIT_EXCEEDED", $"The request has {count} {what}; the limit is {max}");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][^.]{0,38}$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LegalGraphId();

    [GeneratedRegex(@"^/services/data/(?<version>v\d+\.0)/sobjects/(?<type>\w+)(/[^/]+){0,2}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NodeUrl();
}
