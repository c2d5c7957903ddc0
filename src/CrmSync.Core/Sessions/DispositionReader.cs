using System.Globalization;
using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>
/// Finds codes and notes. Google documents that the file has them, not where: the admin's places are looked at first, then every
/// spelling that neighbouring interfaces use (webhook, disposition API), at the root and in the rows of agents.
/// </summary>
internal static class DispositionReader
{
    private static readonly string[] Keys = ["dispositions", "disposition_codes", "disposition"];

    public static IReadOnlyList<Disposition> Read(JsonFields root, SessionMetadata session, IReadOnlyList<JsonPath> places)
    {
        var found = new List<Disposition>();
        foreach (var place in places)
        {
            var index = 0;
            foreach (var value in place.Select(root.Element))
            {
                Add(found, value, $"{place.Text}#{(index++).ToString(CultureInfo.InvariantCulture)}", agentId: null, root.Trace);
            }
        }

        AddKnown(found, root, agentId: null);
        AddRows(found, root, "handle_durations"u8, "agent_id"u8);
        AddRows(found, root, "participants"u8, "user_id"u8);
        AddRootNotes(found, root);

        return Finish(found, new AgentNames(session));
    }

    private static void AddKnown(List<Disposition> found, JsonFields fields, long? agentId)
    {
        foreach (var key in Keys)
        {
            if (fields.TryGet(System.Text.Encoding.UTF8.GetBytes(key), out var value))
            {
                var path = fields.Path.Length == 0 ? key : $"{fields.Path}.{key}";
                Add(found, value, path, agentId, fields.Trace);
            }
        }
    }

    private static void AddRows(List<Disposition> found, JsonFields root, ReadOnlySpan<byte> key, ReadOnlySpan<byte> agentKey)
    {
        if (!root.Element.TryGetProperty(key, out var rows) || rows.ValueKind is not JsonValueKind.Array)
        {
            return;
        }

        var name = System.Text.Encoding.UTF8.GetString(key);
        var index = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var path = $"{name}[{(index++).ToString(CultureInfo.InvariantCulture)}]";
            if (row.ValueKind is JsonValueKind.Object && Keys.Any(known => row.TryGetProperty(known, out _)))
            {
                var fields = new JsonFields(row, path, root.Trace);
                AddKnown(found, fields, fields.Integer(agentKey));
            }
        }
    }

    private static void AddRootNotes(List<Disposition> found, JsonFields root)
    {
        var note = DispositionEntry.NoteOf(root, "disposition_notes"u8) ?? DispositionEntry.NoteOf(root, "notes"u8);
        if (note is not null && found.All(entry => entry.Note != note))
        {
            found.Add(new Disposition { Note = note, FoundAt = "notes" });
        }
    }

    private static void Add(List<Disposition> found, JsonElement value, string path, long? agentId, ReadTrace trace)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            var index = 0;
            foreach (var row in value.EnumerateArray())
            {
                Add(found, row, $"{path}[{(index++).ToString(CultureInfo.InvariantCulture)}]", agentId, trace);
            }

            return;
        }

        if (value.ValueKind is JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
        {
            found.Add(new Disposition { Code = value.GetString()!.Replace('\0', '\uFFFD'), AgentId = agentId, FoundAt = path });
        }
        else if (value.ValueKind is JsonValueKind.Object)
        {
            AddObject(found, new JsonFields(value, path, trace), agentId);
        }
    }

    private static void AddObject(List<Disposition> found, JsonFields fields, long? agentId)
    {
        var entry = DispositionEntry.Read(fields, agentId);
        AddKnown(found, fields, entry.AgentId);
        if (entry.Path is not null || entry.Note is not null)
        {
            found.Add(entry);
        }
    }

    /// <summary>Oldest first, each once, with names, and the earlier of two by one agent marked as superseded.</summary>
    private static List<Disposition> Finish(List<Disposition> found, AgentNames names)
    {
        var distinct = found.DistinctBy(entry => (entry.AgentId, entry.Path, entry.Note)).ToList();
        var ordered = distinct.All(entry => entry.SubmittedAt is not null)
            ? distinct.OrderBy(entry => entry.SubmittedAt).ToList()
            : distinct;

        return
        [
            .. ordered.Select((entry, at) => entry with
            {
                AgentName = entry.AgentName ?? names.Of(entry.AgentId),
                Superseded = entry.AgentId is not null && ordered.Skip(at + 1).Any(later => later.AgentId == entry.AgentId),
            }),
        ];
    }
}
