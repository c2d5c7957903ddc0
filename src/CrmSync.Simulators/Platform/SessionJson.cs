using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Platform;

/// <summary>
/// Puts a plot into the keys of a session metadata file (Google's "Session metadata file" and the call and chat object pages). The
/// first version lacks what becomes known later: ticket, dispositions, CSAT, wrap-up, recording link.
/// </summary>
internal static class SessionJson
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ReadOnlyMemory<byte> Write(Plot plot, bool isFinal)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            Root(plot, isFinal).WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }

    public static string? Time(DateTimeOffset? instant) =>
        instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture);

    public static JsonObject MenuPath(Queue queue) => new()
    {
        ["items_count"] = queue.Depth,
        ["name"] = queue.Path,
        ["materialized_path"] = queue.Ids,
    };

    public static JsonObject Person(Agent agent, string instance) => new()
    {
        ["id"] = agent.Id,
        ["name"] = agent.Name,
        ["avatar_url"] = $"https://avatar.example.com/agents/{agent.Id}/avatar.png",
        ["email"] = agent.MailAt(instance),
        ["first_name"] = agent.FirstName,
        ["last_name"] = agent.LastName,
        ["agent_number"] = agent.Number,
    };

    private static JsonObject Root(Plot plot, bool isFinal)
    {
        var root = new JsonObject();
        Add(root, Identity(plot));
        Add(root, Times(plot, isFinal));
        Add(root, plot.IsChat ? ChatFields(plot) : CallFields(plot, isFinal));
        Add(root, Ending(plot, isFinal));
        Add(root, SessionRows.All(plot, isFinal));
        return root;
    }

    private static void Add(JsonObject root, JsonObject part)
    {
        foreach (var (key, value) in part.ToArray())
        {
            part.Remove(key);
            root[key] = value;
        }
    }

    private static JsonObject Identity(Plot plot) => new()
    {
        ["id"] = plot.Id,
        ["lang"] = plot.Language,
        [$"{plot.Kind}_type"] = plot.Type,
        ["session_type"] = plot.Type,
        ["session_type_v2"] = plot.Type,
        ["status"] = plot.Unattended?.Status ?? "finished",
        ["sub_status"] = null,
    };

    private static JsonObject Times(Plot plot, bool isFinal) => new()
    {
        ["created_at"] = Time(plot.CreatedAt),
        ["assigned_at"] = Time(plot.Legs.Count > 0 ? plot.Legs[0].ConnectedAt.AddSeconds(-4) : null),
        ["ends_at"] = Time(plot.EndsAt),
        ["updated_at"] = Time(isFinal ? plot.FinalAt : plot.EndsAt.AddSeconds(8)),
        ["wait_duration"] = plot.WaitSeconds,
        ["queue_duration"] = plot.WaitSeconds,
        [$"{plot.Kind}_duration"] = plot.Legs.Sum(leg => leg.TalkSeconds),
        ["hold_duration"] = plot.IsChat ? null : plot.Legs.Sum(leg => leg.HoldSeconds),
    };

    private static JsonObject CallFields(Plot plot, bool isFinal) => new()
    {
        ["parent_id"] = null,
        ["queued_at"] = Time(plot.CreatedAt.AddSeconds(3)),
        ["connected_at"] = Time(plot.Legs.Count > 0 ? plot.Legs[0].ConnectedAt : null),
        ["scheduled_at"] = null,
        ["answer_type"] = plot.Legs.Count > 0 ? "manual" : null,
        ["voip_provider"] = "voip_provider_twilio",
        ["voicemail_reason"] = "not_voicemail",
        ["recording_permission"] = plot.Recording switch
        {
            Recording.Granted => "granted",
            Recording.Denied => "denied",
            _ => "not_asked",
        },
        ["recording_url"] = isFinal && plot.Recording is Recording.Granted
            ? $"https://storage.example.com/{plot.Instance}.uc1/recordings/call-{plot.Id}.mp3"
            : null,
        ["support_number"] = "+12025550190",
    };

    private static JsonObject ChatFields(Plot plot) => new()
    {
        ["first_msg_sent_at"] = Time(plot.CreatedAt.AddSeconds(3)),
        ["last_msg_sent_at"] = Time(plot.EndsAt.AddSeconds(-9)),
        ["message_count"] = 4 + (plot.Legs.Sum(leg => leg.TalkSeconds) / 30),
        ["average_response_time"] = 22,
        ["longest_response_time"] = 75,
        ["transcript"] = true,
    };

    private static JsonObject Ending(Plot plot, bool isFinal) => new()
    {
        ["rating"] = isFinal ? plot.Rating : null,
        ["has_feedback"] = isFinal && plot.Feedback is not null,
        ["feedback"] = isFinal ? plot.Feedback : null,
        ["out_ticket_id"] = isFinal ? plot.Ticket.Id : null,
        ["out_ticket_url"] = isFinal ? plot.Ticket.Url?.AbsoluteUri : null,
        ["verified"] = false,
        ["deflection"] = plot.Unattended?.Deflection ?? "no_deflection",
        ["disconnected_by"] = plot.IsChat ? null : "disconnected_by_end_user",
        ["fail_reason"] = plot.Unattended?.FailReason ?? "nothing",
        ["fail_details"] = null,
        ["outbound_number"] = null,
        ["queue_priority_level"] = 3,
        ["selected_menu"] = new JsonObject
        {
            ["id"] = plot.FirstQueue.Id,
            ["name"] = plot.FirstQueue.Name,
            ["position"] = 1,
            ["deleted"] = false,
            ["hidden"] = false,
            ["menu_type"] = plot.IsChat ? "web_menu" : "ivr_menu",
        },
        ["menu_path"] = MenuPath(plot.FirstQueue),
        ["agent_info"] = plot.Legs.Count > 0 ? Person(plot.Legs[^1].Agent, plot.Instance) : null,
        ["virtual_agent"] = null,
        ["end_user"] = new JsonObject { ["id"] = plot.RowIds, ["identifier"] = plot.Customer, ["out_contact_id"] = null },
    };
}
