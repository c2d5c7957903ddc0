using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <content>Which key fills which property.</content>
public sealed partial record SessionMetadata
{
    internal static SessionMetadata Read(SessionKey key, ReadOnlyMemory<byte> bytes, JsonFields fields, ReaderOptions options)
    {
        var (callType, chatType, sessionType) = (fields.Text("call_type"u8), fields.Text("chat_type"u8), fields.Text("session_type"u8));
        var legacyType = callType ?? chatType ?? sessionType;
        var currentType = fields.Text("session_type_v2"u8);
        var endsAt = fields.Time("ends_at"u8) ?? fields.Time("ended_at"u8);

        var session = new SessionMetadata
        {
            Key = key,
            Bytes = bytes,
            Json = fields.Element,
            FieldNotes = fields.Trace.Notes,
            CallUuid = fields.Text("call_uuid"u8),
            ChatUuid = fields.Text("chat_uuid"u8),
            ParentId = fields.Integer("parent_id"u8),
            Lang = fields.Text("lang"u8),
            CallType = callType,
            ChatType = chatType,
            SessionType = sessionType,
            SessionTypeV2 = currentType,
            Type = Sessions.SessionType.Parse(currentType ?? legacyType),
            LegacyType = Sessions.SessionType.Parse(legacyType),
            Status = SessionStatus.Parse(fields.Text("status"u8), key.Kind, ended: endsAt is not null),
            SubStatus = fields.Text("sub_status"u8) ?? fields.Text("subStatus"u8),
            CreatedAt = fields.Time("created_at"u8),
            QueuedAt = fields.Time("queued_at"u8),
            AssignedAt = fields.Time("assigned_at"u8),
            ConnectedAt = fields.Time("connected_at"u8),
            EndsAt = endsAt,
            ScheduledAt = fields.Time("scheduled_at"u8),
            UpdatedAt = fields.Time("updated_at"u8),
            FirstMsgSentAt = fields.Time("first_msg_sent_at"u8),
            LastMsgSentAt = fields.Time("last_msg_sent_at"u8),
            CallDuration = fields.Seconds("call_duration"u8),
            ChatDuration = fields.Seconds("chat_duration"u8),
            HoldDuration = fields.Seconds("hold_duration"u8),
            WaitDuration = fields.Seconds("wait_duration"u8),
            QueueDuration = fields.Seconds("queue_duration"u8),
            AnswerType = fields.Text("answer_type"u8),
            OutTicket = Sessions.OutTicket.From(fields.Text("out_ticket_id"u8), fields.Text("out_ticket_url"u8)),
            RecordingPermission = PermissionOf(fields.Text("recording_permission"u8)),
            RecordingUrl = fields.Text("recording_url"u8),
            SupportNumber = fields.Text("support_number"u8),
            OutboundNumber = fields.Text("outbound_number"u8),
            MenuPath = Sessions.MenuPath.ReadLenient(fields, "menu_path"u8),
            SelectedMenu = fields.One("selected_menu"u8, Sessions.SelectedMenu.Read),
            QueuePriorityLevel = fields.Integer("queue_priority_level"u8),
            Rating = fields.Number("rating"u8),
            HasFeedback = fields.Flag("has_feedback"u8),
            Feedback = fields.Text("feedback"u8),
            Verified = fields.Flag("verified"u8),
            Photos = fields.Many("photos"u8, Photo.Read),
            Videos = fields.Many("videos"u8, Video.Read),
            TextInputs = Places.Read(fields, options.TextInputPaths, TextInput.Read, "text_inputs"u8, "text_input"u8),
            InCallSms = Places.Read(fields, options.InCallSmsPaths, SmsMessage.Read, "in_call_sms"u8, "incall_sms"u8),
            WaitTimeSms = Places.Read(fields, options.WaitTimeSmsPaths, SmsMessage.Read, "wait_time_sms"u8, "wait_sms"u8),
            AgentInfo = fields.One("agent_info"u8, Sessions.AgentInfo.Read),
            VirtualAgent = fields.One("virtual_agent"u8, Sessions.VirtualAgent.Read),
            EndUser = fields.One("end_user"u8, Sessions.EndUser.Read),
            Transfers = fields.Many("transfers"u8, Transfer.Read),
            Deflection = fields.Text("deflection"u8),
            DeflectionDetails = fields.Many("deflection_details"u8, DeflectionDetail.Read),
            Participants = fields.Many("participants"u8, Participant.Read),
            VoipProvider = fields.Text("voip_provider"u8),
            VoicemailReason = fields.Text("voicemail_reason"u8),
            DisconnectedBy = fields.Text("disconnected_by"u8),
            FailReason = fields.Text("fail_reason"u8),
            FailDetails = fields.Text("fail_details"u8),
            OfferType = fields.Text("offer_type"u8),
            OfferEvents = fields.Many("offer_events"u8, OfferEvent.Read),
            Transcript = fields.Flag("transcript"u8),
            MessageCount = fields.Integer("message_count"u8),
            AverageResponseTime = fields.Seconds("average_response_time"u8),
            LongestResponseTime = fields.Seconds("longest_response_time"u8),
            HandleDurations = fields.Many("handle_durations"u8, HandleDuration.Read),
            QueueDurations = fields.Many("queue_durations"u8, Sessions.QueueDuration.Read),
            ConsumerHandleDurations = fields.Many("consumer_handle_durations"u8, ConsumerHandleDuration.Read),
            ConsumerInMenuDurations = fields.Many("consumer_in_menu_durations"u8, ConsumerEventDuration.Read),
            ConsumerEventDurations = fields.Many("consumer_event_durations"u8, ConsumerEventDuration.Read),
            VirtualAgentHandleDurations = fields.Many("virtual_agent_handle_durations"u8, VirtualAgentHandleDuration.Read),
            VirtualAgentDeflectedEscalations =
                fields.Many("virtual_agent_deflected_escalations"u8, VirtualAgentDeflectedEscalation.Read),
            Recordings = fields.Many("recordings"u8, Recording.Read),
            AutomationRedirection = fields.One("automation_redirection"u8, Sessions.AutomationRedirection.Read),
            InQueueWaitTimeVa = fields.TryGet("in_queue_wait_time_va"u8, out var wait) ? WaitOf(wait) : null,
        };

        return session with { Dispositions = DispositionReader.Read(fields, session, options.DispositionPaths) };
    }

    /// <summary>Files say <c>granted</c>, the API's input <c>recording_permission_granted</c>.</summary>
    private static RecordingPermission? PermissionOf(string? text) =>
        text?.Trim().ToLowerInvariant().Replace("recording_permission_", string.Empty, StringComparison.Ordinal) switch
        {
            null => null,
            "granted" => Sessions.RecordingPermission.Granted,
            "denied" => Sessions.RecordingPermission.Denied,
            "not_asked" => Sessions.RecordingPermission.NotAsked,
            _ => Sessions.RecordingPermission.Other,
        };

    /// <summary>Its shape is not published; kept as it is written.</summary>
    private static string? WaitOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.GetRawText() : value.ToString();
}
