using System.Text.Json;
using CrmSync.Core.Sessions;
using CrmSync.Scripting;

namespace CrmSync.Core.Rendering.Model;

/// <content>The session's own facts, named as in its file (Google, "Session metadata file").</content>
public static partial class NoteSchema
{
    private static void Session(RecordMap<SessionView> record)
    {
        Identity(record);
        Moments(record);
        Durations(record);
        Paths(record);
        Outcome(record);
        Messaging(record);
    }

    private static void Identity(RecordMap<SessionView> record) => record
        .Member("id", s => s.Metadata.Key.Id, "The platform's number; calls and chats are numbered apart.", "48211")
        .Member("kind", s => SessionKey.Word(s.Metadata.Key.Kind), "`call` or `chat`.", "call")
        .Member("key", s => s.Metadata.Key.Local, "Kind and number.", "call-48211")
        .Member("instance", s => s.Metadata.Key.Instance, "The contact-centre instance, as the source names it.", "aldergrove")
        .Member("call_uuid", s => s.Line("call_uuid", s.Metadata.CallUuid), "Another id of calls.", "0b9f6c1e-…")
        .Member("chat_uuid", s => s.Line("chat_uuid", s.Metadata.ChatUuid), "Another id of chats.", "7d21aa40-…")
        .Member("parent_id", s => s.Metadata.ParentId, "The scheduled or API call that this one came from.", "48199")
        .Member("lang", s => s.Line("lang", s.Metadata.Lang), "Language of the session.", "es")
        .Member("type", s => s.Line("session_type", s.Metadata.Type?.Text), "`session_type_v2`, else the deprecated value.", "Voice Inbound (IVR)")
        .Member("channel", s => Word(s.Metadata.Type?.Channel), "`voice`, `messaging` or `other`, from the type.", "voice")
        .Member("direction", s => Word(s.Metadata.Type?.Direction), "`inbound`, `outbound`, `scheduled`, `callback`, `campaign`, `internal` or `other`.", "inbound")
        .Member("medium", s => s.Line("session_type", s.Metadata.Type?.Medium), "What the brackets of the type say, in today's words.", "IVR")
        .Member("call_type", s => s.Line("call_type", s.Metadata.CallType), "Deprecated vocabulary of calls.", "Voice Inbound (App)")
        .Member("chat_type", s => s.Line("chat_type", s.Metadata.ChatType), "Deprecated vocabulary of chats.", "Messaging Inbound (Web Chat)")
        .Member("session_type", s => s.Line("session_type", s.Metadata.SessionType), "Deprecated twin of the two above.", "Voice Inbound (App)")
        .Member("session_type_v2", s => s.Line("session_type_v2", s.Metadata.SessionTypeV2), "Current vocabulary.", "Voice Inbound (Mobile)");

    private static void Moments(RecordMap<SessionView> record) => record
        .Member("created_at", s => s.Metadata.CreatedAt, "May be days before the session, when it was scheduled.", "2026-03-05T10:02:11-08:00")
        .Member("queued_at", s => s.Metadata.QueuedAt, "Entered the first queue.", "2026-03-05T10:02:47-08:00")
        .Member("assigned_at", s => s.Metadata.AssignedAt, "Given to an agent.", "2026-03-05T10:03:29-08:00")
        .Member("connected_at", s => s.Metadata.ConnectedAt, "Connected; a virtual agent may make it earlier than `queued_at`.", "2026-03-05T10:03:33-08:00")
        .Member("ends_at", s => s.Metadata.EndsAt, "The end on the agents' side.", "2026-03-05T10:16:42-08:00")
        .Member("scheduled_at", s => s.Metadata.ScheduledAt, "The time the customer booked.", "2026-03-09T09:30:00-07:00")
        .Member("updated_at", s => s.Metadata.UpdatedAt, "When the platform last wrote the file.", "2026-03-05T10:33:51-08:00")
        .Member("first_msg_sent_at", s => s.Metadata.FirstMsgSentAt, "Chats: the first message.", "2026-03-07T15:48:33-08:00")
        .Member("last_msg_sent_at", s => s.Metadata.LastMsgSentAt, "Chats: the last message.", "2026-03-07T16:13:47-08:00");

    private static void Durations(RecordMap<SessionView> record) => record
        .Member("duration", s => NoteScope.Seconds(s.Metadata.Duration), "`call_duration` or `chat_duration`, in seconds.", "739")
        .Member("call_duration", s => NoteScope.Seconds(s.Metadata.CallDuration), "Calls: duration reported by the platform, in seconds.", "739")
        .Member("chat_duration", s => NoteScope.Seconds(s.Metadata.ChatDuration), "Chats: duration reported by the platform, in seconds.", "1436")
        .Member("hold_duration", s => NoteScope.Seconds(s.Metadata.HoldDuration), "On hold, in seconds.", "84")
        .Member("wait_duration", s => NoteScope.Seconds(s.Metadata.WaitDuration), "Waiting, in seconds (older key).", "87")
        .Member("queue_duration", s => NoteScope.Seconds(s.Metadata.QueueDuration), "Waiting in all queues, in seconds.", "87")
        .Member("average_response_time", s => NoteScope.Seconds(s.Metadata.AverageResponseTime), "Chats: in seconds.", "22")
        .Member("longest_response_time", s => NoteScope.Seconds(s.Metadata.LongestResponseTime), "Chats: in seconds.", "75");

    private static void Paths(RecordMap<SessionView> record) => record
        .Member("menu_path", s => s.MenuPath, "The way through the menus to the queue.")
        .Member("selected_menu", s => s.SelectedMenu, "The queue the customer chose.")
        .Member("queue_priority_level", s => s.Metadata.QueuePriorityLevel, "1 is the highest.", "2")
        .Member("support_number", s => s.Line("support_number", s.Metadata.SupportNumber), "The number the customer called.", "+12025550123")
        .Member("outbound_number", s => s.Line("outbound_number", s.Metadata.OutboundNumber), "The number of an outbound session.", "+1 202-555-0188")
        .Member("agent_info", s => s.AgentInfo, "The last handler, human or virtual; for the people use `agents`.")
        .Member("virtual_agent", s => s.VirtualAgent, "The virtual agent the file names at its root.")
        .Member("end_user", s => s.EndUser, "The customer, as the file has it.")
        .Member("participants", s => s.Participants, "Who joined, one entry for each joining.");

    private static void Outcome(RecordMap<SessionView> record) => record
        .Member("status", s => s.Line("status", s.Metadata.Status?.Name), "The platform's word.", "finished")
        .Member("sub_status", s => s.Line("sub_status", s.Metadata.SubStatus), "The platform's word.", "in_queue")
        .Member("has_human_agent", s => s.Metadata.HasHumanAgent, "Whether a person of the contact centre took part.", "true")
        .Member("is_deflected", s => s.Metadata.IsDeflected, "Whether the customer was sent elsewhere.", "false")
        .Member("answer_type", s => s.Line("answer_type", s.Metadata.AnswerType), "`manual`, `auto`, …", "manual")
        .Member("out_ticket_id", s => s.Line("out_ticket_id", s.Metadata.OutTicket?.Id), "The CRM record, as the platform names it.", "884213")
        .Member("out_ticket_url", s => s.Line("out_ticket_url", s.Metadata.OutTicket?.Url), "Its address; not verified, do not make a link of it.", "https://aldergrove.zendesk.example/agent/tickets/884213")
        .Member("recording_permission", s => s.Line("recording_permission", Word(s.Metadata.RecordingPermission)), "`granted`, `denied`, `not_asked` or `other`.", "granted")
        .Member("deflection", s => s.Line("deflection", s.Metadata.Deflection), "The platform's word.", "no_deflection")
        .Member("voicemail_reason", s => s.Line("voicemail_reason", s.Metadata.VoicemailReason), "The platform's word.", "not_voicemail")
        .Member("disconnected_by", s => s.Line("disconnected_by", s.Metadata.DisconnectedBy), "The platform's word.", "disconnected_by_end_user")
        .Member("fail_reason", s => s.Line("fail_reason", s.Metadata.FailReason), "The platform's word.", "eu_abandoned")
        .Member("fail_details", s => s.Block("fail_details", s.Metadata.FailDetails), "The platform's words.", "Carrier error")
        .Member("voip_provider", s => s.Line("voip_provider", s.Metadata.VoipProvider), "The platform's word.", "voip_provider_twilio")
        .Member("offer_type", s => s.Line("offer_type", s.Metadata.OfferType), "How agents were offered the session.", "cascade")
        .Member("verified", s => s.Metadata.Verified, "Whether the customer's identity was verified.", "true")
        .Member("rating", s => CsatView.Normal(s.Metadata.Rating), "The customer's rating; no scale is known.", "4")
        .Member("has_feedback", s => s.Metadata.HasFeedback, "Whether the customer was asked and answered.", "true")
        .Member("feedback", s => s.Block("feedback", s.Metadata.Feedback), "The customer's comment.", "Sorted in the end.");

    private static void Messaging(RecordMap<SessionView> record) => record
        .Member("transcript", s => s.Metadata.Transcript, "Chats: whether a transcript exists.", "true")
        .Member("message_count", s => s.Metadata.MessageCount, "Chats: number of messages.", "41")
        .Member("in_queue_wait_time_va", s => s.Line("in_queue_wait_time_va", s.Metadata.InQueueWaitTimeVa), "The platform's word.", "12");

    private static void Menus(ModelMap map) => map
        .Record<MenuPathView>(r => r
            .Member("name", p => p.Name, "Menu names.", "Support/Orders/Returns")
            .Member("materialized_path", p => p.MaterializedPath, "Their ids.", "2420/4563/6205")
            .Member("items_count", p => p.ItemsCount, "How many menus.", "3"))
        .Record<SelectedMenuView>(r => r
            .Member("id", m => m.Id, "The queue's number.", "6205")
            .Member("name", m => m.Name, "Its name.", "Returns")
            .Member("menu_type", m => m.MenuType, "`ivr_menu`, `mobile_menu` or `web_menu`.", "ivr_menu")
            .Member("parent_id", m => m.ParentId, "The menu above.", "4563"));

    private static void People(ModelMap map) => map
        .Record<AgentInfoView>(r => r
            .Member("id", a => a.Id, "The agent's number.", "219")
            .Member("name", a => a.Name, "Name.", "Tomás Echeverría")
            .Member("email", a => a.Email, "Mail address; virtual agents have none.", "tomas.echeverria@aldergrove.example")
            .Member("agent_number", a => a.AgentNumber, "The contact centre's own number.", "1047")
            .Member("va_alias", a => a.VaAlias, "What a virtual agent calls itself.", "Robin"))
        .Record<RootVirtualAgentView>(r => r
            .Member("id", a => a.Id, "The virtual agent's number.", "17")
            .Member("name", a => a.Name, "Its technical name.", "order-status-bot")
            .Member("va_alias", a => a.VaAlias, "What it calls itself.", "Robin"))
        .Record<EndUserView>(r => r
            .Member("id", u => u.Id, "The platform's number.", "90871")
            .Member("identifier", u => u.Identifier, "A telephone number, a mail address or an app's user id.", "+12025550147")
            .Member("out_contact_id", u => u.OutContactId, "The contact in the CRM.", "003Hs00002aLmXbIAK"))
        .Record<ParticipantView>(r => r
            .Member("type", p => p.Type, "`end_user`, `agent`, `virtual_agent`, …", "agent")
            .Member("name", p => p.Name, "First and last name, of agents.", "Priya Raman")
            .Member("status", p => p.Status, "The platform's word.", "finished")
            .Member("location", p => p.Location, "Of agents.", "Lisbon")
            .Member("teams", p => p.Teams, "Of agents.")
            .Member("connected_at", p => p.ConnectedAt, "Joined.", "2026-03-05T10:03:33-08:00")
            .Member("ended_at", p => p.EndedAt, "Left.", "2026-03-05T10:09:10-08:00"));

    private static string? Word<T>(T? value)
        where T : struct, Enum => value is { } known ? JsonNamingPolicy.SnakeCaseLower.ConvertName(known.ToString()) : null;
}
