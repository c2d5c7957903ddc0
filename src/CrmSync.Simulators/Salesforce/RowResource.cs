using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>Single records: create, read, update, delete, upsert by an external id.</summary>
internal sealed class RowResource(Org org)
{
    private readonly Dml _dml = new(org);

    public ApiAnswer Create(ApiRequest request, SObjectType type)
    {
        var row = _dml.Insert(type, request.Object, request.WriteOptions);
        return new ApiAnswer(201, Saved(row), $"/services/data/{request.Version}/sobjects/{type.Name}/{row.Id}");
    }

    public ApiAnswer ById(ApiRequest request, SObjectType type, string id)
    {
        using var transaction = org.Begin();
        var answer = Apply(request, Existing(type, id));
        transaction.Commit();
        return answer;
    }

    public ApiAnswer ByExternalId(ApiRequest request, SObjectType type, string fieldName, string value)
    {
        var field = org.Visible(type, fieldName);
        if (field is not ({ ExternalId: true } or { IdLookup: true }))
        {
            throw ApiException.NotFound($"Provided external ID field does not exist or is not accessible: {fieldName}");
        }

        using var transaction = org.Begin();
        var found = org.Rows(type).Where(r => !r.IsDeleted && string.Equals(r.Text(field.Name), value, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        var answer = (request.Method, found) switch
        {
            (_, { Count: 2 }) => new ApiAnswer(300, new JsonArray([.. found.Select(r => (JsonNode)$"/services/data/{request.Version}/sobjects/{type.Name}/{r.Id}")])),
            ("PATCH", []) when request.Query.GetValueOrDefault("updateOnly") != "true" => Insert(request, type, field, value),
            ("PATCH", [var row]) => Upsert(request, row),
            (_, [var row]) => Apply(request, row),
            _ => throw ApiException.NotFound(),
        };
        transaction.Commit();
        return answer;
    }

    public ApiAnswer Download(SObjectType type, string id)
    {
        using var transaction = org.Begin();
        return new ApiAnswer(200, Bytes: Existing(type, id)["VersionData"] as byte[] ?? throw ApiException.NotFound());
    }

    /// <summary>Ids of what changed, or was deleted, between <c>start</c> and <c>end</c>.</summary>
    public ApiAnswer Changed(ApiRequest request, SObjectType type, bool deleted)
    {
        var (start, end) = (Instant(request.Required("start")), Instant(request.Required("end")));
        using var transaction = org.Begin();
        var rows = org.Rows(type).Where(r => r.IsDeleted == deleted && (DateTimeOffset)r["LastModifiedDate"]! >= start && (DateTimeOffset)r["LastModifiedDate"]! <= end);
        var covered = FieldValue.ToJson(end);
        return ApiAnswer.Ok(deleted
            ? new JsonObject
            {
                ["deletedRecords"] = new JsonArray([.. rows.Select(r => new JsonObject { ["id"] = r.Id, ["deletedDate"] = FieldValue.ToJson(r["LastModifiedDate"]) })]),
                ["earliestDateAvailable"] = FieldValue.ToJson(start),
                ["latestDateCovered"] = covered,
            }
            : new JsonObject { ["ids"] = new JsonArray([.. rows.Select(r => (JsonNode)r.Id)]), ["latestDateCovered"] = covered });
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.TryParse(
        text.Replace(' ', '+'), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var instant)
        ? instant
        : throw new ApiException(400, "INVALID_REPLICATION_DATE", $"not a date: {text}");

    private ApiAnswer Apply(ApiRequest request, Row row)
    {
        switch (request.Method)
        {
            case "GET":
                return ApiAnswer.Ok(Records.Of(org, row, request.Version, request.Fields));

            case "PATCH":
                _dml.Update(row, request.Object, request.WriteOptions);
                return ApiAnswer.NoContent;

            case "DELETE":
                _dml.Delete(row);
                return ApiAnswer.NoContent;

            default:
                throw new ApiException(405, "METHOD_NOT_ALLOWED", $"HTTP Method '{request.Method}' not allowed. Allowed are HEAD,GET,PATCH,DELETE");
        }
    }

    private ApiAnswer Insert(ApiRequest request, SObjectType type, Field field, string value)
    {
        var values = (JsonObject)request.Object.DeepClone();
        values[field.Name] = value;
        var saved = Saved(_dml.Insert(type, values, request.WriteOptions));
        saved["created"] = true;
        return new ApiAnswer(201, saved);
    }

    private ApiAnswer Upsert(ApiRequest request, Row row)
    {
        _dml.Update(row, request.Object, request.WriteOptions);
        var saved = Saved(row);
        saved["created"] = false;
        return ApiAnswer.Ok(saved);
    }

    private Row Existing(SObjectType type, string id)
    {
        if (!RecordId.TryNormalize(id, out _))
        {
            throw new ApiException(400, "MALFORMED_ID", $"malformed id {id}");
        }

        return org.Find(type, id) switch
        {
            null => throw ApiException.NotFound(),
            { IsDeleted: true } => throw new ApiException(404, "ENTITY_IS_DELETED", "entity is deleted"),
            var row => row,
        };
    }

    private static JsonObject Saved(Row row) => new() { ["id"] = row.Id, ["success"] = true, ["errors"] = new JsonArray() };
}
