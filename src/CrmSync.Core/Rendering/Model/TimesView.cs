namespace CrmSync.Core.Rendering.Model;

/// <summary>When it was, in words, in the configured zone; and how long, as the platform reports it.</summary>
/// <remarks>The totals are aggregates of different kinds: they do not add up, and are not made to.</remarks>
public sealed record TimesView
{
    public string? When { get; init; }

    public string? Started { get; init; }

    public string? Ended { get; init; }

    public string? Booked { get; init; }

    public string? Scheduled { get; init; }

    public required string Zone { get; init; }

    public string? Duration { get; init; }

    public long? DurationSeconds { get; init; }

    public string? Wait { get; init; }

    public long? WaitSeconds { get; init; }

    public string? Hold { get; init; }

    public long? HoldSeconds { get; init; }

    internal static TimesView Of(NoteScope scope)
    {
        var session = scope.Session;
        var started = Start(scope);
        var wait = session.QueueDuration ?? session.WaitDuration;
        var zoneAt = started ?? session.EndsAt ?? session.UpdatedAt ?? DateTimeOffset.UnixEpoch;

        return new TimesView
        {
            When = (started, session.EndsAt) switch
            {
                ({ } from, { } to) => scope.Time.Range(from, to),
                ({ } from, null) => scope.Time.Moment(from),
                (null, { } to) => scope.Time.Moment(to),
                _ => null,
            },
            Started = started is { } start ? scope.Time.Moment(start) : null,
            Ended = session.EndsAt is { } end ? scope.Time.Moment(end) : null,
            Booked = session is { ScheduledAt: not null, CreatedAt: { } created } ? scope.Time.Moment(created) : null,
            Scheduled = session.ScheduledAt is { } scheduled ? scope.Time.Moment(scheduled) : null,
            Zone = scope.Time.Zone(zoneAt),
            Duration = NoteScope.InWords(session.Duration),
            DurationSeconds = NoteScope.Seconds(session.Duration),
            Wait = NoteScope.InWords(wait),
            WaitSeconds = NoteScope.Seconds(wait),
            Hold = NoteScope.InWords(session.HoldDuration),
            HoldSeconds = NoteScope.Seconds(session.HoldDuration),
        };
    }

    // created_at of a scheduled call is the day it was booked.
    private static DateTimeOffset? Start(NoteScope scope) => scope.Session.ScheduledAt is null
        ? scope.Session.CreatedAt ?? scope.Session.QueuedAt ?? scope.Session.ConnectedAt
        : scope.Session.QueuedAt ?? scope.Session.ConnectedAt ?? scope.Session.ScheduledAt;
}
