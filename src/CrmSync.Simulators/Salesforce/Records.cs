using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>Records as JSON.</summary>
internal static class Records
{
    public static JsonObject Attributes(Row row, string version) => new()
    {
        ["attributes"] = new JsonObject
        {
            ["type"] = row.Type.Name,
            ["url"] = $"/services/data/{version}/sobjects/{row.Type.Name}/{row.Id}",
        },
    };

    /// <summary>All fields, or those named.</summary>
    public static JsonObject Of(Org org, Row row, string version, IReadOnlyCollection<string>? fields = null)
    {
        var record = Attributes(row, version);
        IEnumerable<Field> chosen = fields is null
            ? org.Visible(row.Type)
            : fields.Select(f => org.Visible(row.Type, f) ?? throw ApiException.NoSuchColumn(f, row.Type));
        foreach (var field in chosen)
        {
            record[field.Name] = Value(row, field, version);
        }

        return record;
    }

    /// <summary>A blob is answered by the address of its bytes.</summary>
    public static JsonNode? Value(Row row, Field field, string version) => field.Kind == FieldKind.Base64
        ? $"/services/data/{version}/sobjects/{row.Type.Name}/{row.Id}/{field.Name}"
        : FieldValue.ToJson(row[field.Name]);
}
