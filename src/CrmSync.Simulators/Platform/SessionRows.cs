using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Platform;

/// <summary>The arrays of a session file: who took part, which agent for how long, what was handed on, what was written down.</summary>
internal static class SessionRows
{
    public static JsonObject All(Plot plot, bool isFinal)
    {
        var id = plot.RowIds;
        return new JsonObject
        {
            ["photos"] = new JsonArray(),
            ["videos"] = new JsonArray(),
            ["transfers"] = Rows(plot.Legs.Skip(1).Select((leg, index) => Transfer(plot, plot.Legs[index], leg, ++id))),
            ["deflection_details"] = new JsonArray(),
            ["participants"] = Rows(plot.Legs.Select(leg => AgentRow(plot, leg, ++id)).Prepend(CustomerRow(plot, ++id))),
            ["handle_durations"] = Rows(plot.Legs.SelectMany(leg => HandleRows(plot, leg, isFinal, ref id))),
            ["queue_durations"] = Rows(plot.Legs.Select(leg => QueueRow(plot, leg, ++id))),
            ["consumer_handle_durations"] = Rows([ConsumerRow(plot, ++id)]),
            ["virtual_agent_handle_durations"] = new JsonArray(),
            ["recordings"] = Rows(plot.Recording is Recording.Granted ? [RecordingRow(plot, ++id)] : []),
            ["dispositions"] = Rows(isFinal ? plot.Legs.Where(leg => leg.Remark is not null).Select(leg => DispositionRow(leg, ++id)) : []),
            ["automation_redirection"] = null,
        };
    }

    private static JsonArray Rows(IEnumerable<JsonObject> rows) => [.. rows];

    private static JsonObject Transfer(Plot plot, Leg from, Leg to, long id) => new()
    {
        ["id"] = id,
        ["status"] = "transferred",
        ["fail_reason"] = "nothing",
        ["created_at"] = SessionJson.Time(from.EndsAt),
        ["connected_at"] = SessionJson.Time(to.ConnectedAt),
        ["updated_at"] = SessionJson.Time(to.EndsAt),
        [$"{plot.Kind}_duration"] = to.TalkSeconds,
        ["wait_duration"] = (int)(to.ConnectedAt - from.EndsAt).TotalSeconds,
        ["deflection"] = "no_deflection",
        ["answer_type_path"] = "manual_to_manual",
        ["from_menu_path"] = SessionJson.MenuPath(from.Queue),
        ["to_menu_path"] = SessionJson.MenuPath(to.Queue),
        ["from_agent"] = SessionJson.Person(from.Agent, plot.Instance),
        ["to_agent"] = SessionJson.Person(to.Agent, plot.Instance),
        ["from_queue_priority_level"] = 3,
        // Seen as a string in some records: readers must take both.
        ["to_queue_priority_level"] = "3",
    };

    private static JsonObject CustomerRow(Plot plot, long id) => new()
    {
        ["id"] = id,
        ["type"] = "end_user",
        ["entry_type"] = "queue_or_transfer",
        ["status"] = "finished",
        ["fail_reason"] = "nothing",
        ["user_id"] = null,
        ["end_user_id"] = plot.RowIds,
        ["phone_number"] = plot.IsChat ? null : plot.Customer,
        [$"{plot.Kind}_id"] = plot.Id,
        ["connected_at"] = SessionJson.Time(plot.CreatedAt),
        [EndedKey(plot)] = SessionJson.Time(plot.EndsAt),
    };

    private static JsonObject AgentRow(Plot plot, Leg leg, long id) => new()
    {
        ["id"] = id,
        ["type"] = "agent",
        ["entry_type"] = "queue_or_transfer",
        ["status"] = "finished",
        ["fail_reason"] = "nothing",
        ["user_id"] = leg.Agent.Id,
        ["end_user_id"] = null,
        ["phone_number"] = null,
        ["email"] = leg.Agent.MailAt(plot.Instance),
        ["first_name"] = leg.Agent.FirstName,
        ["last_name"] = leg.Agent.LastName,
        ["teams"] = new JsonArray(),
        [$"{plot.Kind}_id"] = plot.Id,
        ["connected_at"] = SessionJson.Time(leg.ConnectedAt),
        [EndedKey(plot)] = SessionJson.Time(leg.EndsAt),
        [$"{plot.Kind}_duration"] = leg.TalkSeconds,
        ["hold_duration"] = plot.IsChat ? null : leg.HoldSeconds,
    };

    /// <summary>A call's wrap-up is a row of its own, a chat's is inside the row of the talk.</summary>
    private static List<JsonObject> HandleRows(Plot plot, Leg leg, bool isFinal, ref long id)
    {
        var rows = new List<JsonObject>
        {
            HandleRow(plot, leg, ++id, leg.ConnectedAt, leg.EndsAt, leg.TalkSeconds, plot.IsChat && isFinal ? leg.WrapUpSeconds : 0),
        };

        if (!plot.IsChat && isFinal)
        {
            rows.Add(HandleRow(plot, leg, ++id, leg.EndsAt, leg.EndsAt.AddSeconds(leg.WrapUpSeconds), talk: 0, leg.WrapUpSeconds));
        }

        return rows;
    }

    private static JsonObject HandleRow(Plot plot, Leg leg, long id, DateTimeOffset from, DateTimeOffset to, int talk, int wrapUp) => new()
    {
        ["id"] = id,
        ["agent_id"] = leg.Agent.Id,
        ["started_at"] = SessionJson.Time(from),
        ["ended_at"] = SessionJson.Time(to),
        [$"{plot.Kind}_duration"] = talk,
        ["hold_duration"] = plot.IsChat || talk == 0 ? null : leg.HoldSeconds,
        ["acw_duration"] = wrapUp,
        ["bcw_duration"] = 0,
        ["menu_path_id"] = leg.Queue.PathId,
        ["menu_path"] = leg.Queue.Path,
        ["lang"] = plot.Language,
        ["barged"] = false,
        ["transfer"] = leg != plot.Legs[0],
        ["transfer_cold"] = leg != plot.Legs[0] ? true : null,
    };

    private static JsonObject QueueRow(Plot plot, Leg leg, long id) => new()
    {
        ["id"] = id,
        ["agent_id"] = leg.Agent.Id,
        ["ended_at"] = SessionJson.Time(leg.ConnectedAt),
        ["lang"] = plot.Language,
        ["menu_path_id"] = leg.Queue.PathId,
        ["menu_path"] = leg.Queue.Path,
        ["queue_duration"] = plot.WaitSeconds,
        ["transfer"] = leg != plot.Legs[0],
        ["service_level_event"] = plot.WaitSeconds <= 60 ? "in_sla" : "not_in_sla",
        ["service_level_target_time"] = 60,
    };

    private static JsonObject ConsumerRow(Plot plot, long id) => new()
    {
        ["id"] = id,
        ["started_at"] = SessionJson.Time(plot.CreatedAt),
        ["ended_at"] = SessionJson.Time(plot.EndsAt),
        [$"{plot.Kind}_duration"] = (int)(plot.EndsAt - plot.CreatedAt).TotalSeconds,
    };

    private static JsonObject RecordingRow(Plot plot, long id) => new()
    {
        ["id"] = id,
        ["call_id"] = plot.Id,
        ["conference_sid"] = $"CF-{plot.Id}-1",
        ["recording_type"] = "default",
        ["started_at"] = SessionJson.Time(plot.Legs[0].ConnectedAt),
        ["ended_at"] = SessionJson.Time(plot.EndsAt),
        ["duration"] = (int)(plot.EndsAt - plot.Legs[0].ConnectedAt).TotalSeconds,
        ["redaction_times"] = new JsonArray(),
    };

    private static JsonObject DispositionRow(Leg leg, long id) => new()
    {
        ["id"] = id,
        ["agent_id"] = leg.Agent.Id,
        ["code"] = leg.Remark!.Code,
        ["custom_code_id"] = leg.Remark.CustomCode,
        ["full_path"] = leg.Remark.Path,
        ["note"] = leg.Remark.Note,
        ["submitted_at"] = SessionJson.Time(leg.EndsAt.AddSeconds(leg.WrapUpSeconds)),
    };

    private static string EndedKey(Plot plot) => plot.IsChat ? "finished_at" : "ended_at";
}
