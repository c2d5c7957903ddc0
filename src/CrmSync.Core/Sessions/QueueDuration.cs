namespace CrmSync.Core.Sessions;

/// <summary>A row of <c>queue_durations</c>: one wait in one queue.</summary>
public sealed record QueueDuration
{
    public long? Id { get; init; }

    public long? AgentId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Lang { get; init; }

    public long? MenuPathId { get; init; }

    public string? MenuPath { get; init; }

    /// <summary><c>queue_duration</c>.</summary>
    public TimeSpan? Duration { get; init; }

    public bool? Transfer { get; init; }

    public long? TransferId { get; init; }

    public bool? TransferCold { get; init; }

    /// <summary><c>in_sla</c> or <c>not_in_sla</c>.</summary>
    public string? ServiceLevelEvent { get; init; }

    public decimal? ServiceLevelTargetPercent { get; init; }

    public TimeSpan? ServiceLevelTargetTime { get; init; }

    public TimeSpan? ServiceLevelAbandonTimeThreshold { get; init; }

    internal static QueueDuration Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        AgentId = fields.Integer("agent_id"u8),
        StartedAt = fields.Time("started_at"u8),
        EndedAt = fields.Time("ended_at"u8),
        Lang = fields.Text("lang"u8),
        MenuPathId = fields.Integer("menu_path_id"u8),
        MenuPath = fields.Text("menu_path"u8),
        Duration = fields.Seconds("queue_duration"u8),
        Transfer = fields.Flag("transfer"u8),
        TransferId = fields.Integer("transfer_id"u8),
        TransferCold = fields.Flag("transfer_cold"u8),
        ServiceLevelEvent = fields.Text("service_level_event"u8),
        ServiceLevelTargetPercent = fields.Number("service_level_target_percent"u8),
        ServiceLevelTargetTime = fields.Seconds("service_level_target_time"u8),
        ServiceLevelAbandonTimeThreshold = fields.Seconds("service_level_abandon_time_threshold"u8),
    };
}
