namespace CrmSync.Core.Sessions;

/// <summary>A row of <c>handle_durations</c>: one stretch of one agent. On calls wrap-up is a row of its own without talk time.</summary>
public sealed record HandleDuration
{
    public long? Id { get; init; }

    /// <summary>The agent, as <c>user_id</c> of <c>participants</c>.</summary>
    public long? AgentId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>call_duration</c> or <c>chat_duration</c>.</summary>
    public TimeSpan? Duration { get; init; }

    public TimeSpan? HoldDuration { get; init; }

    /// <summary>After-call work: the wrap-up.</summary>
    public TimeSpan? AcwDuration { get; init; }

    /// <summary>Before-call work: the preview of a campaign call.</summary>
    public TimeSpan? BcwDuration { get; init; }

    /// <summary>An integer; not the <c>materialized_path</c> of a menu path.</summary>
    public long? MenuPathId { get; init; }

    public string? MenuPath { get; init; }

    public string? Lang { get; init; }

    public bool? Barged { get; init; }

    public bool? Transfer { get; init; }

    public long? TransferId { get; init; }

    public bool? TransferCold { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public TimeSpan? AssignedConnectionDuration { get; init; }

    public long? ResponseCount { get; init; }

    public TimeSpan? ResponseTimeTotal { get; init; }

    public TimeSpan? ResponseTimeMax { get; init; }

    /// <summary>Arrives as text, such as <c>"41.0"</c>.</summary>
    public TimeSpan? ResponseTimeAvg { get; init; }

    /// <summary>True for a row that holds nothing but wrap-up: not another agent.</summary>
    public bool IsWrapUp => Duration is null or { Ticks: 0 } && AcwDuration is { Ticks: > 0 };

    internal static HandleDuration Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        AgentId = fields.Integer("agent_id"u8),
        StartedAt = fields.Time("started_at"u8),
        EndedAt = fields.Time("ended_at"u8),
        Duration = fields.Seconds("call_duration"u8) ?? fields.Seconds("chat_duration"u8),
        HoldDuration = fields.Seconds("hold_duration"u8),
        AcwDuration = fields.Seconds("acw_duration"u8),
        BcwDuration = fields.Seconds("bcw_duration"u8),
        MenuPathId = fields.Integer("menu_path_id"u8),
        MenuPath = fields.Text("menu_path"u8),
        Lang = fields.Text("lang"u8),
        Barged = fields.Flag("barged"u8),
        Transfer = fields.Flag("transfer"u8),
        TransferId = fields.Integer("transfer_id"u8),
        TransferCold = fields.Flag("transfer_cold"u8),
        ScheduledAt = fields.Time("scheduled_at"u8),
        AssignedConnectionDuration = fields.Seconds("assigned_connection_duration"u8),
        ResponseCount = fields.Integer("response_count"u8),
        ResponseTimeTotal = fields.Seconds("response_time_total"u8),
        ResponseTimeMax = fields.Seconds("response_time_max"u8),
        ResponseTimeAvg = fields.Seconds("response_time_avg"u8),
    };
}
