using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>Compares a file's keys with those the reader looked for.</summary>
internal static class InspectKeys
{
    /// <summary>Enough to see what is new; a hostile file may have very many.</summary>
    private const int UnknownMax = 200;

    /// <summary>Other spellings of keys that have a usual one: that they are missing says nothing.</summary>
    private static readonly HashSet<string> Aliases = new(StringComparer.Ordinal)
    {
        "ended_at", "subStatus", "session_type", "disposition_codes", "disposition", "disposition_notes", "notes",
        "text_input", "incall_sms", "wait_sms", "call_id", "chat_id", "call_uuid", "chat_uuid",
    };

    private static readonly HashSet<string> OfCalls = new(StringComparer.Ordinal)
    {
        "call_type", "call_duration", "queued_at", "connected_at", "scheduled_at", "parent_id", "recording_permission", "recording_url",
        "recordings", "support_number", "voip_provider", "voicemail_reason", "in_call_sms", "wait_time_sms", "consumer_in_menu_durations",
    };

    private static readonly HashSet<string> OfChats = new(StringComparer.Ordinal)
    {
        "chat_type", "chat_duration", "first_msg_sent_at", "last_msg_sent_at", "message_count", "average_response_time",
        "longest_response_time", "transcript",
    };

    public static IEnumerable<string> Missing(SessionKind kind, ReadTrace trace) => trace.SoughtKeys
        .Where(key => !trace.FoundKeys.Contains(key) && !key.AsSpan().ContainsAny('.', '['))
        .Where(key => !Aliases.Contains(key) && !(kind is SessionKind.Call ? OfChats : OfCalls).Contains(key))
        .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Unknown(JsonElement session, ReadTrace trace) =>
        Unknown(session, string.Empty, trace.SoughtKeys).Distinct(StringComparer.Ordinal).Take(UnknownMax);

    private static IEnumerable<string> Unknown(JsonElement element, string path, IReadOnlySet<string> known)
    {
        foreach (var property in element.EnumerateObject())
        {
            var key = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!known.Contains(key))
            {
                yield return key;
                continue;
            }

            foreach (var inner in Inside(property.Value, key, known))
            {
                yield return inner;
            }
        }
    }

    /// <summary>Looks into values whose own keys the reader knows; others are taken as they are.</summary>
    private static IEnumerable<string> Inside(JsonElement value, string key, IReadOnlySet<string> known) => value.ValueKind switch
    {
        JsonValueKind.Object when known.Any(other => other.StartsWith($"{key}.", StringComparison.Ordinal)) => Unknown(value, key, known),
        JsonValueKind.Array when known.Any(other => other.StartsWith($"{key}[].", StringComparison.Ordinal)) =>
            value.EnumerateArray().Where(row => row.ValueKind is JsonValueKind.Object).SelectMany(row => Unknown(row, $"{key}[]", known)),
        _ => [],
    };
}
