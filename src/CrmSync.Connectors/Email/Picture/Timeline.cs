using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Email.Picture;

internal enum TimelineKind
{
    Waiting,
    Handling,
    WrapUp,
}

/// <param name="Lane">Index into <see cref="Timeline.Lanes"/>.</param>
internal sealed record TimelineStretch(TimelineKind Kind, int Lane, DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}

/// <param name="Agent">Number of the agent, from 1; null for the queue.</param>
/// <param name="Name">As the session's file tells it; null for the queue and for an agent whose name it does not tell.</param>
internal sealed record TimelineLane(int? Agent, string? Name);

/// <summary>Who was busy with a session when: the queue, where somebody waited in it, and each agent in a lane of their own.</summary>
internal sealed record Timeline(IReadOnlyList<TimelineLane> Lanes, IReadOnlyList<TimelineStretch> Stretches)
{
    // A picture is for a look, not for an audit.
    private const int LanesMax = 8;
    private const int StretchesMax = 200;

    public DateTimeOffset From => Stretches.Min(s => s.From);

    public DateTimeOffset To => Stretches.Max(s => s.To);

    /// <summary>Null when the session's file tells no times of its parts.</summary>
    public static Timeline? Of(SessionMetadata session)
    {
        List<TimelineStretch> waiting = [.. session.QueueDurations.Select(row => Stretch(TimelineKind.Waiting, 0, row.StartedAt, row.EndedAt)).OfType<TimelineStretch>()];
        var agents = session.HandleDurations.Select(row => row.AgentId).Distinct().ToList();
        var first = waiting.Count > 0 ? 1 : 0;
        var handling = session.HandleDurations.Select(row => Stretch(
            row.IsWrapUp ? TimelineKind.WrapUp : TimelineKind.Handling,
            first + agents.IndexOf(row.AgentId),
            row.StartedAt,
            row.EndedAt ?? row.StartedAt + (row.IsWrapUp ? row.AcwDuration : row.Duration)));

        List<TimelineStretch> stretches = [.. waiting.Concat(handling.OfType<TimelineStretch>()).Where(s => s.Lane < LanesMax).Take(StretchesMax)];
        return stretches.Count == 0
            ? null
            : new Timeline([.. LanesOf(first > 0, agents, session).Take(stretches.Max(s => s.Lane) + 1)], stretches);
    }

    private static IEnumerable<TimelineLane> LanesOf(bool queue, List<long?> agents, SessionMetadata session) =>
    [
        .. queue ? [new TimelineLane(null, null)] : Array.Empty<TimelineLane>(),
        .. agents.Select((id, i) => new TimelineLane(i + 1, NameOf(id, session))),
    ];

    private static string? NameOf(long? id, SessionMetadata session) => id is null
        ? null
        : session.Participants.FirstOrDefault(party => party.IsAgent && party.UserId == id)?.Name
            ?? session.Dispositions.FirstOrDefault(disposition => disposition.AgentId == id)?.AgentName;

    private static TimelineStretch? Stretch(TimelineKind kind, int lane, DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } start && to > start ? new TimelineStretch(kind, lane, start, to.Value) : null;
}
