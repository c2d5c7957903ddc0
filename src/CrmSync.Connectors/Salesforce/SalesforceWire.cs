using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CrmSync.Connectors.Salesforce;

// The shapes Salesforce sends and expects. They never leave this folder.
internal sealed record JwtClaims(string Iss, string Sub, string Aud, long Exp);

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("instance_url")] Uri? InstanceUrl,
    [property: JsonPropertyName("id")] string? Identity);

internal sealed record OAuthError(string? Error, [property: JsonPropertyName("error_description")] string? Description);

/// <summary>The error of REST and composite entries; collections call the code <c>statusCode</c>.</summary>
internal sealed record ApiError(string? ErrorCode, string? StatusCode, string? Message, IReadOnlyList<string>? Fields)
{
    /// <summary>In place of an error that a failed answer does not hold.</summary>
    public static ApiError Unknown { get; } = new("UNKNOWN_EXCEPTION", null, null, null);

    public string Code => ErrorCode ?? StatusCode ?? "UNKNOWN";
}

internal sealed record SaveResult(string? Id, bool Success, IReadOnlyList<ApiError>? Errors);

/// <summary>One node of a composite call or graph.</summary>
/// <param name="ReferenceId">Names the node's answer for later nodes: <c>@{file.id}</c>.</param>
internal sealed record Node(string Method, string Url, string ReferenceId, JsonObject? Body = null);

internal sealed record Graph(string GraphId, [property: JsonPropertyName("compositeRequest")] IReadOnlyList<Node> Nodes);

internal sealed record GraphAnswers(IReadOnlyList<GraphAnswer>? Graphs);

internal sealed record GraphAnswer(string GraphId, CompositeAnswer? GraphResponse, bool IsSuccessful);

internal sealed record CompositeRequest(bool AllOrNone, [property: JsonPropertyName("compositeRequest")] IReadOnlyList<Node> Nodes);

internal sealed record CollectionNode(string Method, string Url, string ReferenceId, CollectionRequest Body);

/// <summary>A composite call of collections.</summary>
internal sealed record CollectionsRequest(bool AllOrNone, [property: JsonPropertyName("compositeRequest")] IReadOnlyList<CollectionNode> Nodes);

internal sealed record CompositeAnswer([property: JsonPropertyName("compositeResponse")] IReadOnlyList<NodeAnswer>? Nodes);

/// <param name="Body">The resource's own answer: a record, a save result, or a list of errors; null after 204.</param>
internal sealed record NodeAnswer(JsonElement? Body, int HttpStatusCode, string ReferenceId)
{
    public bool IsSuccess => HttpStatusCode is >= 200 and < 300;

    /// <summary>The first error; null when there is none, or when the answer is a collection's, with errors record by record.</summary>
    public ApiError? Error => !IsSuccess && Body is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 && !list[0].TryGetProperty("success", out _)
        ? list[0].Deserialize(SalesforceJson.Wire.ApiError)
        : null;

    /// <summary>The answer that failed by itself; the others of its transaction only say that they were rolled back.</summary>
    public static NodeAnswer? Culprit(IReadOnlyList<NodeAnswer> answers) =>
        answers.FirstOrDefault(a => a.Error is { } error && !SalesforceFaults.IsDerived(error));

    /// <summary>A text property of the answer, by exact name.</summary>
    public string? Text(string name) =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

internal sealed record CollectionRequest(bool AllOrNone, IReadOnlyList<JsonObject> Records);

internal sealed record QueryAnswer(int TotalSize, bool Done, string? NextRecordsUrl, IReadOnlyList<JsonElement>? Records);

/// <param name="SearchRecords">Of any object; <c>attributes.type</c> tells which.</param>
internal sealed record SearchAnswer(IReadOnlyList<JsonElement>? SearchRecords);

internal sealed record VersionAnswer(string? Version, string? Label);

internal sealed record LimitAnswer(long Max, long Remaining);

internal sealed record GlobalAnswer(IReadOnlyList<ObjectAnswer>? Sobjects);

internal sealed record ObjectAnswer(string Name, string? KeyPrefix, bool Createable, bool Updateable, IReadOnlyList<FieldAnswer>? Fields);

internal sealed record FieldAnswer(
    string Name, string Type, int Length, bool Createable, bool Updateable, bool Unique, bool RestrictedPicklist, IReadOnlyList<PicklistValue>? PicklistValues);

internal sealed record PicklistValue(bool Active, string Value);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JwtClaims))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(OAuthError))]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(IReadOnlyList<ApiError>))]
[JsonSerializable(typeof(SaveResult))]
[JsonSerializable(typeof(IReadOnlyList<SaveResult>))]
[JsonSerializable(typeof(Graph))]
[JsonSerializable(typeof(GraphAnswers))]
[JsonSerializable(typeof(CompositeRequest))]
[JsonSerializable(typeof(CollectionsRequest))]
[JsonSerializable(typeof(CompositeAnswer))]
[JsonSerializable(typeof(CollectionRequest))]
[JsonSerializable(typeof(QueryAnswer))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(IReadOnlyList<VersionAnswer>))]
[JsonSerializable(typeof(Dictionary<string, LimitAnswer>))]
[JsonSerializable(typeof(GlobalAnswer))]
[JsonSerializable(typeof(ObjectAnswer))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ReadOnlyMemory<byte>))]
internal sealed partial class SalesforceJson : JsonSerializerContext
{
    /// <summary>Base64 and accents as they are: the default encoder would write every + as six characters, for the sake of HTML.</summary>
    public static SalesforceJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
