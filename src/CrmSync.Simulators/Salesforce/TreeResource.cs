using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary><c>POST /composite/tree/{type}</c>: up to 200 new records with their children, all or none; 5 levels.</summary>
internal sealed class TreeResource(Org org)
{
    private const int RecordsMax = 200;
    private const int LevelsMax = 5;

    private readonly Dml _dml = new(org);

    public ApiAnswer Answer(ApiRequest request, SObjectType type)
    {
        var saved = new JsonArray();
        using var transaction = org.Begin();
        if (Insert(request, request.Object, type, parent: null, level: 1, saved) is { } refusal)
        {
            return new ApiAnswer(400, new JsonObject { ["hasErrors"] = true, ["results"] = new JsonArray(refusal) });
        }

        transaction.Commit();
        return new ApiAnswer(201, new JsonObject { ["hasErrors"] = false, ["results"] = saved });
    }

    private JsonObject? Insert(ApiRequest request, JsonObject list, SObjectType type, Row? parent, int level, JsonArray saved)
    {
        var records = (list["records"] as JsonArray)?.OfType<JsonObject>() ?? throw ApiException.Malformed("records is missing or not a list");
        foreach (var record in records)
        {
            var reference = (string?)record["attributes"]?["referenceId"] ?? throw ApiException.Malformed("attributes.referenceId is missing");
            var (row, refusal) = Insert(request, record, type, parent, reference);
            if (row is null || saved.Count == RecordsMax || level > LevelsMax)
            {
                return refusal ?? Refusal(reference, new ApiException(400, "LIMIT_EXCEEDED", $"A tree has at most {RecordsMax} records and {LevelsMax} levels"));
            }

            saved.Add(new JsonObject { ["referenceId"] = reference, ["id"] = row.Id });
            foreach (var children in record.Select(f => f.Value).OfType<JsonObject>().Where(c => c["records"] is JsonArray { Count: > 0 }))
            {
                var childType = org.Type((string?)children["records"]![0]!["attributes"]?["type"] ?? throw ApiException.Malformed("attributes.type is missing"));
                if (Insert(request, children, childType, row, level + 1, saved) is { } refused)
                {
                    return refused;
                }
            }
        }

        return null;
    }

    private (Row? Row, JsonObject? Refusal) Insert(ApiRequest request, JsonObject record, SObjectType type, Row? parent, string reference)
    {
        var values = new JsonObject(record.Where(f => f.Value is not JsonObject { } child || child["records"] is null).Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone())));
        if (parent is not null && type.Fields.FirstOrDefault(f => f.Createable && f.ReferenceTo.Contains(parent.Type.Name, StringComparer.Ordinal)) is { } link)
        {
            values[link.Name] = parent.Id;
        }

        try
        {
            return (_dml.Insert(type, values, request.WriteOptions), null);
        }
        catch (ApiException e)
        {
            return (null, Refusal(reference, e));
        }
    }

    private static JsonObject Refusal(string reference, ApiException e) => new()
    {
        ["referenceId"] = reference,
        ["errors"] = e.ToSaveResult()["errors"]!.DeepClone(),
    };
}
