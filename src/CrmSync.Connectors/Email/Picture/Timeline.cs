using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Email.Picture;

internal enum TimelineKind
{
    Waiting,
    Handling,
    WrapUp,
}

/// <param name="Lane">0 for the queue, 1 for the first agent, 2 for the next.</param>
internal sealed record TimelineStretch(TimelineKind Kind, int Lane, DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}

/// <summary>Who was busy with a session when.</summary>
internal sealed record Timeline(IReadOnlyList<TimelineStretch> Stretches)
{
    // A picture is for a look, not for an audit.
    private const int LanesMax = 8;
    private const int StretchesMax = 200;

    public DateTimeOffset From => Stretches.Min(s => s.From);

    public DateTimeOffset To => Stretches.Max(s => s.To);

    public int Lanes => Stretches.Max(s => s.Lane) + 1;

    /// <summary>Null when the session's file tells no times of its parts.</summary>
    public static Timeline? Of(SessionMetadata session)
    {
        var agents = session.HandleDurations.Select(row => row.AgentId).OfType<long>().Distinct().ToList();
        var waiting = session.QueueDurations.Select(row => Stretch(TimelineKind.Waiting, 0, row.StartedAt, row.EndedAt));
        var handling = session.HandleDurations.Select(row => Stretch(
            row.IsWrapUp ? TimelineKind.WrapUp : TimelineKind.Handling,
            row.AgentId is { } agent ? agents.IndexOf(agent) + 1 : 1,
            row.StartedAt,
            row.EndedAt ?? row.StartedAt + (row.IsWrapUp ? row.AcwDuration : row.Duration)));

        List<TimelineStretch> stretches = [.. waiting.Concat(handling).OfType<TimelineStretch>().Where(s => s.Lane < LanesMax).Take(StretchesMax)];
        return stretches.Count == 0 ? null : new Timeline(stretches);
    }

    private static TimelineStretch? Stretch(TimelineKind kind, int lane, DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } start && to > start ? new TimelineStretch(kind, lane, start, to.Value) : null;
}
