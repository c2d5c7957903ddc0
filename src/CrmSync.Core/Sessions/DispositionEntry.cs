using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>Reads one entry under every spelling that the platform's interfaces use.</summary>
internal static class DispositionEntry
{
    public static Disposition Read(JsonFields fields, long? agentId)
    {
        var code = CodeFields(fields) ?? fields;
        var agent = fields.Element.TryGetProperty("agent"u8, out var value) && value.ValueKind is JsonValueKind.Object
            ? fields.One("agent"u8, AgentInfo.Read)
            : null;
        return new Disposition
        {
            Id = fields.Integer("id"u8),
            Code = Plain(code, "code"u8) ?? Plain(code, "name"u8) ?? Plain(code, "disposition_code"u8),
            FullPath = code.Text("full_path"u8) ?? fields.Text("full_path"u8),
            CustomCodeId = code.Text("custom_code_id"u8) ?? fields.Text("custom_code_id"u8),
            Note = NoteOf(fields, "note"u8) ?? NoteOf(fields, "notes"u8) ?? NoteOf(fields, "disposition_notes"u8),
            AgentId = fields.Integer("agent_id"u8) ?? agent?.Id ?? agentId,
            AgentName = agent?.Name ?? fields.Text("agent_name"u8),
            SubmittedAt = fields.Time("submitted_at"u8) ?? fields.Time("created_at"u8) ?? fields.Time("updated_at"u8),
            FoundAt = fields.Path,
        };
    }

    /// <summary>A note is text, or a list of texts or of objects with a text in them.</summary>
    public static string? NoteOf(JsonFields fields, ReadOnlySpan<byte> key)
    {
        if (!fields.TryGet(key, out var value))
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Array)
        {
            return fields.Text(key);
        }

        var lines = value.EnumerateArray()
            .Select(TextIn)
            .Where(text => !string.IsNullOrWhiteSpace(text))
            .Select(text => text!.Replace('\0', '\uFFFD'));
        return string.Join('\n', lines) is { Length: > 0 } note ? note : null;
    }

    private static string? TextIn(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Object)
        {
            value = value.TryGetProperty("note"u8, out var note) ? note
                : value.TryGetProperty("text"u8, out var text) ? text
                : value.TryGetProperty("body"u8, out var body) ? body
                : default;
        }

        return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }

    /// <summary>The code may be an object of the disposition API: <c>{id, name, full_path}</c>.</summary>
    private static JsonFields? CodeFields(JsonFields fields)
    {
        foreach (var key in new[] { "code", "disposition_code" })
        {
            if (fields.Element.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.Object)
            {
                return new JsonFields(value, $"{fields.Path}.{key}", fields.Trace);
            }
        }

        return null;
    }

    private static string? Plain(JsonFields fields, ReadOnlySpan<byte> key) =>
        fields.Element.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? null
            : fields.Text(key);
}
