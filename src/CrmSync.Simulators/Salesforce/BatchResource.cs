using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary><c>POST /composite/batch</c>: up to 25 independent requests, each counted as one API call.</summary>
internal sealed class BatchResource(RestApi api)
{
    private const int RequestsMax = 25;

    /// <summary>API calls the body costs.</summary>
    public static int Cost(JsonNode? body) => (body?["batchRequests"] as JsonArray)?.Count ?? 1;

    public ApiAnswer Answer(ApiRequest request)
    {
        var requests = request.Object["batchRequests"] as JsonArray ?? throw ApiException.Malformed("batchRequests is missing or not a list");
        if (requests.Count > RequestsMax)
        {
            throw new ApiException(400, "LIMIT_EXCEEDED", $"Limit of {RequestsMax} reached for number of requests");
        }

        var answers = requests.Select(r => Answer(r as JsonObject ?? throw ApiException.Malformed("a batch request is not an object"))).ToList();
        return ApiAnswer.Ok(new JsonObject
        {
            ["hasErrors"] = answers.Exists(a => !a.IsSuccess),
            ["results"] = new JsonArray([.. answers.Select(a => new JsonObject { ["statusCode"] = a.Status, ["result"] = a.Body })]),
        });
    }

    // Batch urls start with the version, e.g. "v67.0/sobjects/Case/500...".
    private ApiAnswer Answer(JsonObject entry) => api.Answer(ApiRequest.Sub(
        (string?)entry["method"] ?? throw ApiException.Malformed("method is missing"),
        $"/services/data/{((string?)entry["url"] ?? throw ApiException.Malformed("url is missing")).Replace("/services/data/", string.Empty, StringComparison.OrdinalIgnoreCase).TrimStart('/')}",
        entry["richInput"]?.DeepClone()));
}
