using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>Tells a call from a chat by the keys of the root object. The file's name is no witness: <c>metadata-135.json</c> fits both.</summary>
internal static class SessionRoot
{
    /// <summary>Some exports wrap the session: <c>{"call": {...}}</c>. Only a wrapper without an id of its own is one.</summary>
    public static (JsonElement Session, SessionKind? Kind) Unwrap(JsonElement root)
    {
        if (!root.TryGetProperty("id"u8, out _))
        {
            if (root.TryGetProperty("call"u8, out var call) && call.ValueKind is JsonValueKind.Object)
            {
                return (call, SessionKind.Call);
            }

            if (root.TryGetProperty("chat"u8, out var chat) && chat.ValueKind is JsonValueKind.Object)
            {
                return (chat, SessionKind.Chat);
            }
        }

        return (root, null);
    }

    /// <summary>Root key <c>id</c>; null unless it is a positive integer, spelled as a number or as text.</summary>
    public static long? IdOf(JsonFields fields) => fields.Integer("id"u8) is > 0 and var id ? id : null;

    /// <summary>By the keys that only one kind has; values count before mere presence, then the words of the session type.</summary>
    public static SessionKind? KindOf(JsonFields fields)
    {
        var call = Weight(fields, "call_type"u8, "call_duration"u8) + Weight(fields, "call_id"u8, "call_uuid"u8);
        var chat = Weight(fields, "chat_type"u8, "chat_duration"u8) + Weight(fields, "chat_id"u8, "chat_uuid"u8);
        if (call != chat)
        {
            return call > chat ? SessionKind.Call : SessionKind.Chat;
        }

        var type = SessionType.Parse(fields.Text("session_type_v2"u8) ?? fields.Text("session_type"u8));
        return type?.Channel switch
        {
            SessionChannel.Voice => SessionKind.Call,
            SessionChannel.Messaging => SessionKind.Chat,
            _ => null,
        };
    }

    private static int Weight(JsonFields fields, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        Weight(fields, first) + Weight(fields, second);

    private static int Weight(JsonFields fields, ReadOnlySpan<byte> key) =>
        fields.TryGet(key, out _) ? 10 : fields.Element.TryGetProperty(key, out _) ? 1 : 0;
}
