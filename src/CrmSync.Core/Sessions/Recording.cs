namespace CrmSync.Core.Sessions;

/// <summary>A row of <c>recordings</c>. A call may have several.</summary>
public sealed record Recording
{
    public long? Id { get; init; }

    public long? CallId { get; init; }

    public string? ConferenceSid { get; init; }

    public string? RecordingType { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>When the recording was paused.</summary>
    public IReadOnlyList<RedactionTime> RedactionTimes { get; init; } = [];

    internal static Recording Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        CallId = fields.Integer("call_id"u8),
        ConferenceSid = fields.Text("conference_sid"u8),
        RecordingType = fields.Text("recording_type"u8),
        StartedAt = fields.Time("started_at"u8),
        EndedAt = fields.Time("ended_at"u8),
        Duration = fields.Seconds("duration"u8),
        RedactionTimes = fields.Many("redaction_times"u8, RedactionTime.Read),
    };
}

/// <summary>A row of <c>redaction_times</c>: one pause of a recording.</summary>
public sealed record RedactionTime(DateTimeOffset? Start, long? StartAgentId, DateTimeOffset? End, long? EndAgentId, TimeSpan? Duration)
{
    internal static RedactionTime Read(JsonFields fields) => new(
        fields.Time("start"u8),
        fields.Integer("start_agent_id"u8),
        fields.Time("end"u8),
        fields.Integer("end_agent_id"u8),
        fields.Seconds("duration"u8));
}

/// <summary>What the customer said to being recorded. Not asked is not denied.</summary>
public enum RecordingPermission
{
    /// <summary>A value that is not one of the published ones (raw exports write numbers).</summary>
    Other,
    Granted,
    Denied,
    NotAsked,
}
