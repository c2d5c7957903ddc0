using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>
/// One session as its metadata file tells it: a tolerant view over the bytes, which stay as they are. A property is named after
/// its JSON key; absent, null and empty are the same (null, or an empty list). Sources: Google, "Session metadata file",
/// "Call session metadata", "Chat session metadata".
/// </summary>
/// <remarks>Durations are aggregates of different kinds and do not add up: show them, never recompute.</remarks>
public sealed partial record SessionMetadata
{
    /// <summary>Instance, kind and root key <c>id</c>.</summary>
    public required SessionKey Key { get; init; }

    /// <summary>The file as it was found, byte order mark included: what is attached in the CRM.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The session's object, for keys that have no property. Text in it is well-formed, but may hold NUL.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>Fields that are there but could not be taken as they are.</summary>
    public required IReadOnlyList<FieldNote> FieldNotes { get; init; }

    /// <summary><c>call_uuid</c> of calls.</summary>
    public string? CallUuid { get; init; }

    /// <summary><c>chat_uuid</c> of chats.</summary>
    public string? ChatUuid { get; init; }

    /// <summary>The scheduled or API call this one came from.</summary>
    public long? ParentId { get; init; }

    /// <summary>Language of the session: two letters, or with a region.</summary>
    public string? Lang { get; init; }

    /// <summary>Deprecated vocabulary of calls.</summary>
    public string? CallType { get; init; }

    /// <summary>Deprecated vocabulary of chats.</summary>
    public string? ChatType { get; init; }

    /// <summary>Deprecated twin of <c>call_type</c> and <c>chat_type</c>.</summary>
    public string? SessionType { get; init; }

    /// <summary>Current vocabulary.</summary>
    public string? SessionTypeV2 { get; init; }

    /// <summary>The type to show: <c>session_type_v2</c>, else the deprecated value.</summary>
    public SessionType? Type { get; init; }

    /// <summary>The deprecated value, parsed; it may differ from <see cref="Type"/>.</summary>
    public SessionType? LegacyType { get; init; }

    public SessionStatus? Status { get; init; }

    /// <summary><c>waiting_for_agent</c>, <c>in_queue</c>, <c>connected_with_agent</c>.</summary>
    public string? SubStatus { get; init; }

    /// <summary>May be days before the session, when it was scheduled: judge age by <see cref="EndsAt"/>.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? QueuedAt { get; init; }

    public DateTimeOffset? AssignedAt { get; init; }

    /// <summary>May be before <see cref="QueuedAt"/>: a virtual agent picked up first.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary><c>ends_at</c> (also met as <c>ended_at</c>): the end on the agents' side.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>When the platform last wrote the file.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? FirstMsgSentAt { get; init; }

    public DateTimeOffset? LastMsgSentAt { get; init; }

    public TimeSpan? CallDuration { get; init; }

    public TimeSpan? ChatDuration { get; init; }

    public TimeSpan? HoldDuration { get; init; }

    /// <summary>Deprecated in favour of <see cref="QueueDuration"/>; a total over all queues.</summary>
    public TimeSpan? WaitDuration { get; init; }

    public TimeSpan? QueueDuration { get; init; }

    /// <summary><c>manual</c>, <c>auto</c>, ...</summary>
    public string? AnswerType { get; init; }

    /// <summary><c>out_ticket_id</c> and <c>out_ticket_url</c>, cleaned; null when neither is set.</summary>
    public OutTicket? OutTicket { get; init; }

    public RecordingPermission? RecordingPermission { get; init; }

    /// <summary>Never to be shown when <see cref="RecordingPermission"/> is denied; may need a login, may expire.</summary>
    public string? RecordingUrl { get; init; }

    /// <summary>The number the customer called.</summary>
    public string? SupportNumber { get; init; }

    /// <summary>The number an agent called. Not always E.164.</summary>
    public string? OutboundNumber { get; init; }

    public MenuPath? MenuPath { get; init; }

    public SelectedMenu? SelectedMenu { get; init; }

    /// <summary>1 (high) to 8 by the documentation; 0 is met.</summary>
    public long? QueuePriorityLevel { get; init; }

    /// <summary>The customer's rating. Documented as 1-4, met as 1-5: show it without a scale.</summary>
    public decimal? Rating { get; init; }

    public bool? HasFeedback { get; init; }

    /// <summary>The customer's comment. Untrusted.</summary>
    public string? Feedback { get; init; }

    /// <summary>SmartAction: the customer's identity was verified.</summary>
    public bool? Verified { get; init; }

    public IReadOnlyList<Photo> Photos { get; init; } = [];

    public IReadOnlyList<Video> Videos { get; init; } = [];

    public IReadOnlyList<TextInput> TextInputs { get; init; } = [];

    public IReadOnlyList<SmsMessage> InCallSms { get; init; } = [];

    public IReadOnlyList<SmsMessage> WaitTimeSms { get; init; } = [];

    /// <summary>The last handler, human or virtual. Not the author of the notes: see <see cref="Disposition.AgentName"/>.</summary>
    public AgentInfo? AgentInfo { get; init; }

    public VirtualAgent? VirtualAgent { get; init; }

    public EndUser? EndUser { get; init; }

    public IReadOnlyList<Transfer> Transfers { get; init; } = [];

    /// <summary><c>no_deflection</c>, <c>after_hours_message_only</c>, <c>temp_redirection_queue</c>, ...</summary>
    public string? Deflection { get; init; }

    public IReadOnlyList<DeflectionDetail> DeflectionDetails { get; init; } = [];

    /// <summary>Codes and notes of the agents, oldest first.</summary>
    public IReadOnlyList<Disposition> Dispositions { get; init; } = [];

    public IReadOnlyList<Participant> Participants { get; init; } = [];

    public string? VoipProvider { get; init; }

    public string? VoicemailReason { get; init; }

    public string? DisconnectedBy { get; init; }

    /// <summary>A word such as <c>eu_abandoned</c>; raw exports write numbers, which mean different things for calls and chats.</summary>
    public string? FailReason { get; init; }

    public string? FailDetails { get; init; }

    public string? OfferType { get; init; }

    public IReadOnlyList<OfferEvent> OfferEvents { get; init; } = [];

    /// <summary>Whether a transcript of the chat exists.</summary>
    public bool? Transcript { get; init; }

    public long? MessageCount { get; init; }

    public TimeSpan? AverageResponseTime { get; init; }

    public TimeSpan? LongestResponseTime { get; init; }

    public IReadOnlyList<HandleDuration> HandleDurations { get; init; } = [];

    public IReadOnlyList<QueueDuration> QueueDurations { get; init; } = [];

    public IReadOnlyList<ConsumerHandleDuration> ConsumerHandleDurations { get; init; } = [];

    public IReadOnlyList<ConsumerEventDuration> ConsumerInMenuDurations { get; init; } = [];

    public IReadOnlyList<ConsumerEventDuration> ConsumerEventDurations { get; init; } = [];

    public IReadOnlyList<VirtualAgentHandleDuration> VirtualAgentHandleDurations { get; init; } = [];

    public IReadOnlyList<VirtualAgentDeflectedEscalation> VirtualAgentDeflectedEscalations { get; init; } = [];

    public IReadOnlyList<Recording> Recordings { get; init; } = [];

    public AutomationRedirection? AutomationRedirection { get; init; }

    public string? InQueueWaitTimeVa { get; init; }
}
