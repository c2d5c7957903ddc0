using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>A refusal in Salesforce's words. Thrown where it is found; unwinds the record, graph or call it belongs to.</summary>
internal sealed class ApiException(int status, string code, string message, params string[] fields) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public IReadOnlyList<string> Fields => fields;

    /// <summary>The shape of REST, composite and graph: key <c>errorCode</c>.</summary>
    public JsonArray ToErrorArray()
    {
        var error = new JsonObject { ["message"] = Message, ["errorCode"] = Code };
        if (fields.Length > 0)
        {
            error["fields"] = Names();
        }

        return new JsonArray(error);
    }

    /// <summary>The shape of collections: key <c>statusCode</c>, inside a SaveResult without <c>id</c>.</summary>
    public JsonObject ToSaveResult() => new()
    {
        ["success"] = false,
        ["errors"] = new JsonArray(new JsonObject { ["statusCode"] = Code, ["message"] = Message, ["fields"] = Names() }),
    };

    public static ApiException NotFound(string message = "The requested resource does not exist") => new(404, "NOT_FOUND", message);

    public static ApiException Malformed(string message) => new(400, "JSON_PARSER_ERROR", message);

    public static ApiException NoSuchColumn(string field, SObjectType type) =>
        new(400, "INVALID_FIELD", $"No such column '{field}' on sobject of type {type.Name}");

    public static ApiException RolledBack() => new(
        400,
        "PROCESSING_HALTED",
        "The transaction was rolled back since another operation in the same transaction failed.");

    private JsonArray Names() => [.. fields.Select(f => (JsonNode)f)];
}

/// <summary>An answer before it becomes HTTP, or one entry of a composite answer.</summary>
/// <param name="Bytes">Raw content instead of JSON: a file's version data.</param>
internal sealed record ApiAnswer(int Status, JsonNode? Body = null, string? Location = null, byte[]? Bytes = null)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public static ApiAnswer Ok(JsonNode body) => new(200, body);

    public static ApiAnswer NoContent { get; } = new(204);

    public static ApiAnswer Of(ApiException e) => new(e.Status, e.ToErrorArray());
}
