using CrmSync.Console.Texts;
using CrmSync.Core.Sessions;

namespace CrmSync.Console.Views;

public enum StretchKind
{
    Menu,
    Waiting,
    Virtual,
    Handling,
    WrapUp,
    Survey,
}

/// <summary>One thing that went on for a while.</summary>
/// <param name="Hold">How much of it the customer was on hold; the file does not say when.</param>
public sealed record Stretch(StretchKind Kind, DateTimeOffset From, DateTimeOffset To, string? Where = null, TimeSpan? Hold = null)
{
    public TimeSpan Length => To - From;

    public Text Word => Kind switch
    {
        StretchKind.Menu => SessionTexts.StretchMenu,
        StretchKind.Waiting => SessionTexts.StretchWaiting,
        StretchKind.Virtual => SessionTexts.StretchVirtual,
        StretchKind.Handling => SessionTexts.StretchHandling,
        StretchKind.WrapUp => SessionTexts.StretchWrapUp,
        _ => SessionTexts.StretchSurvey,
    };
}

/// <summary>One party or place, with what went on there.</summary>
public sealed record TimelineLane(string Name, IReadOnlyList<Stretch> Stretches);

/// <param name="To">Whom the session was handed to.</param>
public sealed record TransferMark(DateTimeOffset At, string? To);

/// <summary>Who had a session when: menu, queue, virtual agent, agents with their wrap-up, survey.</summary>
public sealed record SessionTimeline(IReadOnlyList<TimelineLane> Lanes, IReadOnlyList<TransferMark> Transfers)
{
    // A picture is for a look, not for an audit.
    private const int AgentsMax = 8;
    private const int StretchesMax = 60;

    public DateTimeOffset From => Lanes.SelectMany(lane => lane.Stretches).Min(stretch => stretch.From);

    public DateTimeOffset To => Lanes.SelectMany(lane => lane.Stretches).Max(stretch => stretch.To);

    /// <summary>Everything in the order it began: the same in words.</summary>
    public IEnumerable<(TimelineLane Lane, Stretch Stretch)> InOrder => Lanes
        .SelectMany(lane => lane.Stretches.Select(stretch => (lane, stretch)))
        .OrderBy(entry => entry.stretch.From);

    /// <summary>Null when the file tells no times of its parts.</summary>
    public static SessionTimeline? Of(SessionMetadata session, Privacy privacy, Speech say)
    {
        List<TimelineLane> lanes =
        [
            Lane(say[SessionTexts.LaneCustomer], session.ConsumerInMenuDurations.Select(row => Stretch(StretchKind.Menu, row.StartedAt, row.EndedAt, row.Duration, row.MenuPath))),
            Lane(say[SessionTexts.LaneVirtual], session.VirtualAgentHandleDurations.Select(row => Stretch(StretchKind.Virtual, row.StartedAt, row.EndedAt, row.Duration, row.VirtualAgent?.Name))),
            Lane(say[SessionTexts.LaneQueue], session.QueueDurations.Select(row => Stretch(StretchKind.Waiting, row.StartedAt, row.EndedAt, row.Duration, row.MenuPath))),
            .. Agents(session, privacy, say),
            Lane(say[SessionTexts.LaneSurvey], session.ConsumerEventDurations.Select(row => Stretch(StretchKind.Survey, row.StartedAt, row.EndedAt, row.Duration, row.Event))),
        ];
        lanes.RemoveAll(lane => lane.Stretches.Count == 0);
        return lanes.Count == 0 ? null : new SessionTimeline(lanes, Marks(session, privacy));
    }

    private static IEnumerable<TimelineLane> Agents(SessionMetadata session, Privacy privacy, Speech say) => session.HandleDurations
        .GroupBy(row => row.AgentId)
        .Take(AgentsMax)
        .Select(agent => Lane(
            privacy.Agent(NameOf(session, agent.Key), agent.Key) ?? say[SessionTexts.LaneAgent],
            agent.SelectMany(Handled)));

    // Wrap-up is a row of its own on calls, and a part of the row elsewhere.
    private static IEnumerable<Stretch?> Handled(HandleDuration row)
    {
        if (row.IsWrapUp)
        {
            yield return Stretch(StretchKind.WrapUp, row.StartedAt, row.EndedAt, row.AcwDuration, null);
            yield break;
        }

        var handled = Stretch(StretchKind.Handling, row.StartedAt, row.EndedAt, row.Duration, row.MenuPath);
        yield return handled is null || row.HoldDuration is not { Ticks: > 0 } hold ? handled : handled with { Hold = hold };
        if (handled is not null && row.AcwDuration is { Ticks: > 0 } wrapUp)
        {
            yield return new Stretch(StretchKind.WrapUp, handled.To, handled.To + wrapUp);
        }
    }

    private static string? NameOf(SessionMetadata session, long? agent) =>
        session.Participants.FirstOrDefault(party => party.IsAgent && party.UserId == agent)?.Name
        ?? session.Dispositions.FirstOrDefault(disposition => disposition.AgentId == agent)?.AgentName
        ?? (session.AgentInfo is { IsVirtual: false } info && info.Id == agent ? info.Name : null);

    private static List<TransferMark> Marks(SessionMetadata session, Privacy privacy) =>
    [
        .. session.Transfers
            .Select(transfer => (At: transfer.ConnectedAt ?? transfer.AssignedAt ?? transfer.CreatedAt, Transfer: transfer))
            .Where(entry => entry.At is not null)
            .Take(AgentsMax)
            .Select(entry => new TransferMark(
                entry.At!.Value,
                privacy.Agent(entry.Transfer.ToAgent?.Name, entry.Transfer.ToAgent?.Id) ?? entry.Transfer.ToVirtualAgent?.Name ?? entry.Transfer.ToMenuPath?.Name)),
    ];

    private static TimelineLane Lane(string name, IEnumerable<Stretch?> stretches) =>
        new(name, [.. stretches.OfType<Stretch>().OrderBy(stretch => stretch.From).Take(StretchesMax)]);

    private static Stretch? Stretch(StretchKind kind, DateTimeOffset? from, DateTimeOffset? to, TimeSpan? length, string? where) =>
        from is { } start && (to ?? start + length) is { } end && end > start ? new Stretch(kind, start, end, where) : null;
}
