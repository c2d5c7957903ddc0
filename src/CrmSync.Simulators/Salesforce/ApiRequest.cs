using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>A REST request below <c>/services/data/vXX.X/</c>, as it came over HTTP or inside a composite call.</summary>
/// <param name="Path">Unescaped segments after the version, e.g. <c>sobjects</c>, <c>Case</c>, <c>500...</c>.</param>
internal sealed record ApiRequest(
    string Method,
    string Version,
    IReadOnlyList<string> Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    JsonNode? Body)
{
    private const string Root = "/services/data/";

    public WriteOptions WriteOptions => new(
        !string.Equals(Headers.GetValueOrDefault("Sforce-Auto-Assign"), "false", StringComparison.OrdinalIgnoreCase));

    public JsonObject Object => Body as JsonObject
        ?? throw ApiException.Malformed("The HTTP entity body is required, but this request has no entity body.");

    public string Required(string parameter) => Query.GetValueOrDefault(parameter)
        ?? throw new ApiException(400, "MALFORMED_QUERY", $"missing parameter {parameter}");

    /// <summary>The fields asked for by <c>?fields=A,B</c>; null: all.</summary>
    public IReadOnlyCollection<string>? Fields => Query.GetValueOrDefault("fields")?.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>A subrequest of a composite call, by its own url.</summary>
    public static ApiRequest Sub(string method, string url, JsonNode? body, IReadOnlyDictionary<string, string>? headers = null)
    {
        var (path, query) = url.Split('?', 2) is [var before, var after] ? (before, after) : (url, string.Empty);
        if (!path.StartsWith(Root, StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.NotFound();
        }

        var segments = path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
        return new ApiRequest(method, segments[0], segments[1..], QueryOf(query), headers ?? new Dictionary<string, string>(StringComparer.Ordinal), body);
    }

    private static Dictionary<string, string> QueryOf(string query) => query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair.ElementAtOrDefault(1)?.Replace('+', ' ') ?? string.Empty), StringComparer.OrdinalIgnoreCase);
}
