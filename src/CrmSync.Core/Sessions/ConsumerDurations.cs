namespace CrmSync.Core.Sessions;

/// <summary>A row of <c>consumer_handle_durations</c>: the session as the customer lived it. Does not add up with the agents' rows.</summary>
public sealed record ConsumerHandleDuration
{
    public long? Id { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>call_duration</c> or <c>chat_duration</c>.</summary>
    public TimeSpan? Duration { get; init; }

    public TimeSpan? HoldDuration { get; init; }

    public long? MessageCount { get; init; }

    public long? ResponseCount { get; init; }

    public TimeSpan? ResponseTimeTotal { get; init; }

    public TimeSpan? ResponseTimeMax { get; init; }

    public TimeSpan? ResponseTimeAvg { get; init; }

    internal static ConsumerHandleDuration Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        StartedAt = fields.Time("started_at"u8),
        EndedAt = fields.Time("ended_at"u8),
        Duration = fields.Seconds("call_duration"u8) ?? fields.Seconds("chat_duration"u8),
        HoldDuration = fields.Seconds("hold_duration"u8),
        MessageCount = fields.Integer("message_count"u8),
        ResponseCount = fields.Integer("response_count"u8),
        ResponseTimeTotal = fields.Seconds("response_time_total"u8),
        ResponseTimeMax = fields.Seconds("response_time_max"u8),
        ResponseTimeAvg = fields.Seconds("response_time_avg"u8),
    };
}

/// <summary>
/// A row of <c>consumer_in_menu_durations</c> (time in the menu) or <c>consumer_event_durations</c> (such as the survey, where
/// <see cref="Type"/> is <c>csat</c>).
/// </summary>
public sealed record ConsumerEventDuration
{
    public long? Id { get; init; }

    public string? Type { get; init; }

    public string? Event { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public TimeSpan? Duration { get; init; }

    public long? MenuPathId { get; init; }

    public string? MenuPath { get; init; }

    public string? Lang { get; init; }

    internal static ConsumerEventDuration Read(JsonFields fields) => new()
    {
        Id = fields.Integer("id"u8),
        Type = fields.Text("type"u8),
        Event = fields.Text("event"u8),
        StartedAt = fields.Time("started_at"u8),
        EndedAt = fields.Time("ended_at"u8),
        Duration = fields.Seconds("duration"u8),
        MenuPathId = fields.Integer("menu_path_id"u8),
        MenuPath = fields.Text("menu_path"u8),
        Lang = fields.Text("lang"u8),
    };
}
