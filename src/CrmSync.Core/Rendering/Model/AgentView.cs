using CrmSync.Core.Sessions;

namespace CrmSync.Core.Rendering.Model;

/// <summary>One person of the contact centre, however often they joined.</summary>
public sealed record AgentView
{
    public long? Id { get; init; }

    public required string Name { get; init; }

    /// <summary>False for notes that the file ties to nobody.</summary>
    public bool IsKnown { get; init; }

    public string? Email { get; init; }

    public string? Queue { get; init; }

    public string? Disposition { get; init; }

    public string? DispositionPath { get; init; }

    public string? CustomCode { get; init; }

    public string? Note { get; init; }

    /// <summary>The disposition was changed after it was first submitted.</summary>
    public bool Edited => Earlier.Count > 0;

    public IReadOnlyList<EarlierNoteView> Earlier { get; init; } = [];

    public string? Talk { get; init; }

    public long? TalkSeconds { get; init; }

    public string? Hold { get; init; }

    public long? HoldSeconds { get; init; }

    public string? WrapUp { get; init; }

    public long? WrapUpSeconds { get; init; }

    public string? BeforeCall { get; init; }

    public long? BeforeCallSeconds { get; init; }
}

/// <summary>What a disposition said before it was edited.</summary>
public sealed record EarlierNoteView(string? DispositionPath, string? Note);

/// <summary>
/// Merges the rows of one agent: stretches, joins, dispositions. A stretch that is only wrap-up is no agent of its own, and who
/// comes back is not counted twice.
/// </summary>
internal static class AgentViews
{
    public static IReadOnlyList<AgentView> Of(NoteScope scope)
    {
        var session = scope.Session;
        var names = new AgentNames(session);
        var ids = session.HandleDurations.OrderBy(stretch => stretch.StartedAt ?? DateTimeOffset.MaxValue).Select(stretch => stretch.AgentId)
            .Concat(session.Participants.Where(party => party is { IsAgent: true, ConnectedAt: not null }).Select(party => party.UserId))
            .Concat(session.Dispositions.Select(disposition => disposition.AgentId))
            .OfType<long>()
            .Distinct()
            .ToList();

        var agents = ids.ConvertAll(id => Known(scope, id, names, [.. session.Dispositions.Where(d => OwnerOf(d, ids, names) == id)]));
        var others = session.Dispositions.Where(disposition => OwnerOf(disposition, ids, names) is null);
        return [.. agents, .. others.Select(disposition => Unknown(scope, disposition))];
    }

    // A disposition without an agent belongs to the only agent there is, or to the one of its name.
    private static long? OwnerOf(Disposition disposition, List<long> ids, AgentNames names) =>
        disposition.AgentId ?? (ids is [var only]
            ? only
            : ids.Where(id => disposition.AgentName is { } name && names.Of(id) == name).Select(id => (long?)id).FirstOrDefault());

    private static AgentView Known(NoteScope scope, long id, AgentNames names, IReadOnlyList<Disposition> dispositions)
    {
        var stretches = scope.Session.HandleDurations.Where(stretch => stretch.AgentId == id).ToList();
        var joins = scope.Session.Participants.Where(party => party.IsAgent && party.UserId == id).ToList();
        var talk = Sum(stretches, stretch => stretch.Duration) ?? Sum(joins, join => join.Duration);
        var hold = Sum(stretches, stretch => stretch.HoldDuration) ?? Sum(joins, join => join.HoldDuration);
        var wrapUp = Sum(stretches, stretch => stretch.AcwDuration);
        var beforeCall = Sum(stretches, stretch => stretch.BcwDuration);
        var name = dispositions.Select(disposition => disposition.AgentName).FirstOrDefault(written => written is not null) ?? names.Of(id);

        return Written(scope, dispositions) with
        {
            Id = id,
            Name = scope.Text.Line("name", name) ?? scope.Phrases.AgentWithoutName,
            IsKnown = true,
            Email = scope.Text.Line("email", joins.Select(join => join.Email).FirstOrDefault(email => email is not null)),
            Queue = scope.Text.Line("menu_path", stretches.Select(stretch => stretch.MenuPath).FirstOrDefault(path => path is not null)),
            Talk = NoteScope.InWords(talk),
            TalkSeconds = NoteScope.Seconds(talk),
            Hold = NoteScope.InWords(hold),
            HoldSeconds = NoteScope.Seconds(hold),
            WrapUp = NoteScope.InWords(wrapUp),
            WrapUpSeconds = NoteScope.Seconds(wrapUp),
            BeforeCall = NoteScope.InWords(beforeCall),
            BeforeCallSeconds = NoteScope.Seconds(beforeCall),
        };
    }

    private static AgentView Unknown(NoteScope scope, Disposition disposition)
    {
        var name = scope.Text.Line("name", disposition.AgentName);
        return Written(scope, [disposition]) with { Name = name ?? scope.Phrases.AgentWithoutName, IsKnown = name is not null };
    }

    /// <summary>The latest disposition counts; what it replaced is kept beside it.</summary>
    private static AgentView Written(NoteScope scope, IReadOnlyList<Disposition> dispositions)
    {
        var latest = dispositions.Count > 0 ? dispositions[^1] : null;
        return new AgentView
        {
            Name = string.Empty,
            Disposition = scope.Text.Line("code", latest?.Code),
            DispositionPath = scope.Text.Line("full_path", latest?.Path),
            CustomCode = scope.Text.Line("custom_code_id", latest?.CustomCodeId),
            Note = scope.Text.Block("note", latest?.Note),
            Earlier = [.. dispositions.SkipLast(1).Select(earlier => new EarlierNoteView(
                scope.Text.Line("full_path", earlier.Path), scope.Text.Block("note", earlier.Note)))],
        };
    }

    private static TimeSpan? Sum<T>(IEnumerable<T> rows, Func<T, TimeSpan?> read)
    {
        var known = rows.Select(read).OfType<TimeSpan>().ToList();
        return known.Count == 0 ? null : known.Aggregate(TimeSpan.Zero, (sum, row) => sum + row);
    }
}
