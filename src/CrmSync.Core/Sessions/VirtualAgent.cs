namespace CrmSync.Core.Sessions;

/// <summary>A virtual agent as transfers, its stretches and the root key <c>virtual_agent</c> name it.</summary>
public sealed record VirtualAgent(long? Id, string? Name, string? VaAlias, string? AvatarUrl)
{
    internal static VirtualAgent Read(JsonFields fields) =>
        new(fields.Integer("id"u8), fields.Text("name"u8), fields.Text("va_alias"u8), fields.Text("avatar_url"u8));
}

/// <summary>A row of <c>virtual_agent_handle_durations</c>: one stretch of one virtual agent.</summary>
public sealed record VirtualAgentHandleDuration
{
    public long? Id { get; init; }

    public VirtualAgent? VirtualAgent { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>call_duration</c> or <c>chat_duration</c>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary><c>by_virtual_agent</c>, <c>unknown</c>, ...</summary>
    public string? EscalationReason { get; init; }

    /// <summary><c>escalated</c>, <c>resolved</c>, <c>consumer_ended</c>, <c>unexpectedly_ended</c>.</summary>
    public string? FinishReason { get; init; }

    public decimal? Sentiment { get; init; }

    public long? ResponseCount { get; init; }

    public long? FallbackResponseCount { get; init; }

    public string? InitiatedBy { get; init; }

    public long? MenuPathId { get; init; }

    public string? MenuPath { get; init; }

    public string? Lang { get; init; }

    public bool? Transfer { get; init; }

    public long? TransferId { get; init; }

    internal static VirtualAgentHandleDuration Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        VirtualAgent = fields.One("virtual_agent"u8, Sessions.VirtualAgent.Read),
        StartedAt = fields.Time("started_at"u8),
        EndedAt = fields.Time("ended_at"u8),
        Duration = fields.Seconds("call_duration"u8) ?? fields.Seconds("chat_duration"u8),
        EscalationReason = fields.Text("escalation_reason"u8),
        FinishReason = fields.Text("finish_reason"u8),
        Sentiment = fields.Number("sentiment"u8),
        ResponseCount = fields.Integer("response_count"u8),
        FallbackResponseCount = fields.Integer("fallback_response_count"u8),
        InitiatedBy = fields.Text("initiated_by"u8),
        MenuPathId = fields.Integer("menu_path_id"u8),
        MenuPath = fields.Text("menu_path"u8),
        Lang = fields.Text("lang"u8),
        Transfer = fields.Flag("transfer"u8),
        TransferId = fields.Integer("transfer_id"u8),
    };
}

/// <summary>A row of <c>virtual_agent_deflected_escalations</c>: the virtual agent wanted a person and the queue was redirected.</summary>
public sealed record VirtualAgentDeflectedEscalation
{
    public long? Id { get; init; }

    public string? Deflection { get; init; }

    public long? EscalationId { get; init; }

    public string? EscalationReason { get; init; }

    public DateTimeOffset? EscalatedAt { get; init; }

    public long? MenuPathId { get; init; }

    public string? MenuPath { get; init; }

    public string? Lang { get; init; }

    public VirtualAgent? VirtualAgent { get; init; }

    internal static VirtualAgentDeflectedEscalation Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        Deflection = fields.Text("deflection"u8),
        EscalationId = fields.Integer("escalation_id"u8),
        EscalationReason = fields.Text("escalation_reason"u8),
        EscalatedAt = fields.Time("escalated_at"u8),
        MenuPathId = fields.Integer("menu_path_id"u8),
        MenuPath = fields.Text("menu_path"u8),
        Lang = fields.Text("lang"u8),
        VirtualAgent = fields.One("virtual_agent"u8, Sessions.VirtualAgent.Read),
    };
}
