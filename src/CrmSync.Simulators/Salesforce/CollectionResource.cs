using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary><c>/composite/sobjects</c>: up to 200 records, one result each in order; <c>allOrNone</c> is false unless asked for.</summary>
internal sealed class CollectionResource(Org org)
{
    private const int RecordsMax = 200;
    private const int ChunksMax = 10;

    private readonly Dml _dml = new(org);

    public ApiAnswer Answer(ApiRequest request) => (request.Method, request.Path) switch
    {
        ("POST", [_, _]) => Write(request, (type, values) => _dml.Insert(type, values, request.WriteOptions), created: null),
        ("PATCH", [_, _]) => Write(request, (_, values) => Update(request, values), created: null),
        ("PATCH", [_, _, _, var field]) => Upsert(request, field),
        ("DELETE", [_, _]) => Delete(request),
        ("POST", [_, _, var type]) => Retrieve(request, org.Type(type), Strings(request.Object["ids"]), Strings(request.Object["fields"])),
        ("GET", [_, _, var type]) => Retrieve(request, org.Type(type), request.Required("ids").Split(','), request.Required("fields").Split(',')),
        _ => throw new ApiException(405, "METHOD_NOT_ALLOWED", $"HTTP Method '{request.Method}' not allowed."),
    };

    private Row Update(ApiRequest request, JsonObject values)
    {
        var id = (string?)values.FirstOrDefault(v => v.Key.Equals("Id", StringComparison.OrdinalIgnoreCase)).Value
            ?? throw new ApiException(400, "MISSING_ARGUMENT", "Id not specified in an update call");
        var row = org.Find(id) ?? throw new ApiException(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        if (row.IsDeleted)
        {
            throw new ApiException(400, "ENTITY_IS_DELETED", "entity is deleted");
        }

        _dml.Update(row, Without(values, "Id"), request.WriteOptions);
        return row;
    }

    private ApiAnswer Upsert(ApiRequest request, string fieldName)
    {
        bool created = false;
        return Write(
            request,
            (type, values) =>
            {
                var value = (string?)values[fieldName];
                var row = value is null ? null : org.Rows(type).FirstOrDefault(r => !r.IsDeleted && string.Equals(r.Text(fieldName), value, StringComparison.OrdinalIgnoreCase));
                created = row is null;
                if (row is null)
                {
                    return _dml.Insert(type, values, request.WriteOptions);
                }

                _dml.Update(row, Without(values, fieldName), request.WriteOptions);
                return row;
            },
            () => created);
    }

    private ApiAnswer Write(ApiRequest request, Func<SObjectType, JsonObject, Row> write, Func<bool>? created)
    {
        var records = (request.Object["records"] as JsonArray)?.OfType<JsonObject>().ToList()
            ?? throw ApiException.Malformed("records is missing or not a list");
        EnsureLimits(records, request.Method == "PATCH");
        return Each(request, records, record =>
        {
            var type = org.Type((string?)record["attributes"]?["type"] ?? throw ApiException.Malformed("attributes.type is missing"));
            var saved = new JsonObject { ["id"] = write(type, record).Id, ["success"] = true, ["errors"] = new JsonArray() };
            if (created is not null)
            {
                saved["created"] = created();
            }

            return saved;
        });
    }

    private ApiAnswer Delete(ApiRequest request) => Each(request, request.Required("ids").Split(','), id =>
    {
        var row = org.Find(id) is { IsDeleted: false } found ? found : throw new ApiException(404, "ENTITY_IS_DELETED", "entity is deleted");
        _dml.Delete(row);
        return new JsonObject { ["id"] = row.Id, ["success"] = true, ["errors"] = new JsonArray() };
    });

    private ApiAnswer Each<T>(ApiRequest request, IReadOnlyList<T> records, Func<T, JsonObject> act)
    {
        var allOrNone = (bool?)(request.Body as JsonObject)?["allOrNone"] ?? request.Query.GetValueOrDefault("allOrNone") == "true";
        using var transaction = org.Begin();
        var results = records.Select(r => Try(r, act)).ToList();
        if (allOrNone && results.Exists(r => !(bool)r["success"]!))
        {
            var rolledBack = new ApiException(400, "ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back because not all records were valid and the request was using AllOrNone header");
            results = [.. results.Select(r => (bool)r["success"]! ? rolledBack.ToSaveResult() : r)];
        }
        else
        {
            transaction.Commit();
        }

        return ApiAnswer.Ok(new JsonArray([.. results]));
    }

    private static JsonObject Try<T>(T record, Func<T, JsonObject> act)
    {
        try
        {
            return act(record);
        }
        catch (ApiException e)
        {
            return e.ToSaveResult();
        }
    }

    private ApiAnswer Retrieve(ApiRequest request, SObjectType type, IEnumerable<string> ids, IReadOnlyCollection<string> fields)
    {
        using var transaction = org.Begin();
        return ApiAnswer.Ok(new JsonArray([.. ids.Select(id => org.Find(type, id) is { IsDeleted: false } row ? Records.Of(org, row, request.Version, fields) : null)]));
    }

    private static void EnsureLimits(List<JsonObject> records, bool update)
    {
        if (records.Count > RecordsMax)
        {
            throw new ApiException(400, "EXCEEDED_ID_LIMIT", $"record limit reached. cannot submit more than {RecordsMax} records in this operation");
        }

        var types = records.Select(r => (string?)r["attributes"]?["type"]).ToList();
        if (types.Where((type, i) => i == 0 || type != types[i - 1]).Count() > ChunksMax)
        {
            throw new ApiException(400, "LIMIT_EXCEEDED", $"Limit of {ChunksMax} chunks of different object types reached");
        }

        var ids = records.Select(r => (string?)r["Id"] ?? (string?)r["id"]).Where(id => id is not null).ToList();
        if (update && ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
        {
            throw new ApiException(400, "DUPLICATE_VALUE", "duplicate id in list");
        }
    }

    private static JsonObject Without(JsonObject values, string name) =>
        new(values.Where(v => !v.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone())));

    private static List<string> Strings(JsonNode? list) => [.. (list as JsonArray ?? []).Select(s => (string?)s ?? string.Empty)];
}
