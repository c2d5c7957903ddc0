using System.Globalization;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>One answer of the simulated API: status, JSON body and the few headers that differ from answer to answer.</summary>
internal sealed record ZendeskAnswer(int Status, JsonNode? Body = null)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; private init; } = [];

    /// <summary>Replaces the JSON body. Zendesk's front servers answer 429 and 503 in plain text at times.</summary>
    public string? Text { get; init; }

    public static ZendeskAnswer NoContent { get; } = new(204);

    public static ZendeskAnswer NotFound { get; } = Error(404, "RecordNotFound", "Not found");

    public static ZendeskAnswer NoSuchEndpoint { get; } = Error(404, "InvalidEndpoint", "Not found");

    public static ZendeskAnswer Forbidden { get; } =
        Error(403, "Forbidden", "You do not have access to this page. Please contact the account owner of this help desk for further help.");

    public static ZendeskAnswer Unauthorized { get; } = new(401, new JsonObject { ["error"] = "Couldn't authenticate you" });

    public static ZendeskAnswer Conflict { get; } = Error(
        409,
        "UpdateConflict",
        "Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.");

    public static ZendeskAnswer BadJson { get; } = new(400, new JsonObject
    {
        ["error"] = "Unprocessable Entity",
        ["message"] = "Server could not parse JSON",
    });

    public static ZendeskAnswer Ok(JsonNode body) => new(200, body);

    public static ZendeskAnswer Created(JsonNode body, string location) =>
        new ZendeskAnswer(201, body).With("Location", location);

    public static ZendeskAnswer Error(int status, string error, string description) =>
        new(status, new JsonObject { ["error"] = error, ["description"] = description });

    /// <summary>400 whose <c>error</c> is an object, not a string: the shape Zendesk uses for a parameter of the wrong type.</summary>
    public static ZendeskAnswer BadParameter(string name, string demand) => new(400, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["title"] = "Invalid attribute",
            ["message"] = $"You passed an invalid value for the {name} attribute. Invalid parameter: {name} {demand}",
        },
    });

    /// <summary>422 <c>RecordInvalid</c> with one sentence under <c>details.{field}</c>.</summary>
    public static ZendeskAnswer Invalid(string field, string description, string? error = null)
    {
        var detail = new JsonObject { ["description"] = description };

        if (error is not null)
        {
            detail["error"] = error;
        }

        return new ZendeskAnswer(422, new JsonObject
        {
            ["error"] = "RecordInvalid",
            ["description"] = "Record validation errors",
            ["details"] = new JsonObject { [field] = new JsonArray(detail) },
        });
    }

    public static ZendeskAnswer TooMany(TimeSpan wait, bool asText)
    {
        const string Words = "Number of allowed API requests per minute exceeded";
        var answer = asText ? new ZendeskAnswer(429) { Text = Words } : Error(429, "APIRateLimitExceeded", Words);
        return answer.With("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));
    }

    public ZendeskAnswer With(string header, string value) => this with { Headers = [.. Headers, (header, value)] };
}
