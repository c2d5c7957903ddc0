using System.Text.Json;

namespace CrmSync.Core.Sessions;

/// <summary>A row of <c>participants</c>: one joining of one party. Somebody who comes back has another row.</summary>
public sealed record Participant
{
    public long? Id { get; init; }

    /// <summary><c>end_user</c>, <c>agent</c>, <c>virtual_agent</c>, <c>task_virtual_agent</c> or a third party.</summary>
    public string? Type { get; init; }

    public string? EntryType { get; init; }

    public string? Status { get; init; }

    public string? FailReason { get; init; }

    /// <summary>The agent's id, as <c>agent_id</c> in the rows of <c>handle_durations</c>.</summary>
    public long? UserId { get; init; }

    public long? EndUserId { get; init; }

    public long? VirtualAgentId { get; init; }

    /// <summary><c>virtual_agent.conversation_id</c>.</summary>
    public string? ConversationId { get; init; }

    public string? PhoneNumber { get; init; }

    public string? Email { get; init; }

    public string? FirstName { get; init; }

    public string? MiddleName { get; init; }

    public string? LastName { get; init; }

    public IReadOnlyList<string> Teams { get; init; } = [];

    public string? Location { get; init; }

    public long? LocationId { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary><c>ended_at</c> of calls, <c>finished_at</c> of chats.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>call_duration</c> or <c>chat_duration</c>.</summary>
    public TimeSpan? Duration { get; init; }

    public TimeSpan? HoldDuration { get; init; }

    public string? AdapterFailCode { get; init; }

    public string? AdapterFailMessage { get; init; }

    /// <summary><c>sip_headers</c>, <c>agent_assist</c>, <c>virtual_agent_params</c> and whatever else the row holds.</summary>
    public JsonElement Json { get; init; }

    public bool IsAgent => Type == "agent";

    public bool IsVirtualAgent => Type is "virtual_agent" or "task_virtual_agent";

    public bool IsEndUser => Type == "end_user";

    /// <summary>First and last name as far as there are any.</summary>
    public string? Name => string.Join(' ', new[] { FirstName, LastName }.OfType<string>()) is { Length: > 0 } name ? name : null;

    internal static Participant Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        Type = fields.Text("type"u8),
        EntryType = fields.Text("entry_type"u8),
        Status = fields.Text("status"u8),
        FailReason = fields.Text("fail_reason"u8),
        UserId = fields.Integer("user_id"u8),
        EndUserId = fields.Integer("end_user_id"u8),
        VirtualAgentId = fields.Integer("virtual_agent_id"u8),
        ConversationId = fields.One("virtual_agent"u8, agent => agent.Text("conversation_id"u8) ?? string.Empty) is { Length: > 0 } id ? id : null,
        PhoneNumber = fields.Text("phone_number"u8),
        Email = fields.Text("email"u8),
        FirstName = fields.Text("first_name"u8),
        MiddleName = fields.Text("middle_name"u8),
        LastName = fields.Text("last_name"u8),
        Teams = fields.Texts("teams"u8),
        Location = fields.Text("location"u8),
        LocationId = fields.Integer("location_id"u8),
        ConnectedAt = fields.Time("connected_at"u8),
        EndedAt = fields.Time("ended_at"u8) ?? fields.Time("finished_at"u8),
        Duration = fields.Seconds("call_duration"u8) ?? fields.Seconds("chat_duration"u8),
        HoldDuration = fields.Seconds("hold_duration"u8),
        AdapterFailCode = fields.Text("adapter_fail_code"u8),
        AdapterFailMessage = fields.Text("adapter_fail_message"u8),
        Json = fields.Element,
    };
}
