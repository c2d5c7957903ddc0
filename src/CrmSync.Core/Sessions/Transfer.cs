namespace CrmSync.Core.Sessions;

/// <summary>A row of <c>transfers</c>.</summary>
public sealed record Transfer
{
    public long? Id { get; init; }

    /// <summary><c>transferring</c>, <c>transferred</c>, ...</summary>
    public string? Status { get; init; }

    public string? FailReason { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? AssignedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary><c>call_duration</c> or <c>chat_duration</c>.</summary>
    public TimeSpan? Duration { get; init; }

    public TimeSpan? WaitDuration { get; init; }

    public string? Deflection { get; init; }

    /// <summary>Such as <c>manual_to_manual</c>.</summary>
    public string? AnswerTypePath { get; init; }

    public MenuPath? FromMenuPath { get; init; }

    public MenuPath? ToMenuPath { get; init; }

    public AgentInfo? FromAgent { get; init; }

    public AgentInfo? ToAgent { get; init; }

    public VirtualAgent? FromVirtualAgent { get; init; }

    public VirtualAgent? ToVirtualAgent { get; init; }

    public long? FromQueuePriorityLevel { get; init; }

    public long? ToQueuePriorityLevel { get; init; }

    internal static Transfer Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        Status = fields.Text("status"u8),
        FailReason = fields.Text("fail_reason"u8),
        CreatedAt = fields.Time("created_at"u8),
        AssignedAt = fields.Time("assigned_at"u8),
        ConnectedAt = fields.Time("connected_at"u8),
        UpdatedAt = fields.Time("updated_at"u8),
        Duration = fields.Seconds("call_duration"u8) ?? fields.Seconds("chat_duration"u8),
        WaitDuration = fields.Seconds("wait_duration"u8),
        Deflection = fields.Text("deflection"u8),
        AnswerTypePath = fields.Text("answer_type_path"u8),
        FromMenuPath = MenuPath.ReadLenient(fields, "from_menu_path"u8),
        ToMenuPath = MenuPath.ReadLenient(fields, "to_menu_path"u8),
        FromAgent = fields.One("from_agent"u8, AgentInfo.Read),
        ToAgent = fields.One("to_agent"u8, AgentInfo.Read),
        FromVirtualAgent = fields.One("from_virtual_agent"u8, VirtualAgent.Read),
        ToVirtualAgent = fields.One("to_virtual_agent"u8, VirtualAgent.Read),
        FromQueuePriorityLevel = fields.Integer("from_queue_priority_level"u8),
        ToQueuePriorityLevel = fields.Integer("to_queue_priority_level"u8),
    };
}
