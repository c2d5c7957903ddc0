namespace CrmSync.Connectors.Zendesk;

/// <summary>One limit: how much CrmSync used of it in this minute, and until when it may use no more. Guarded by the quota's lock.</summary>
/// <remarks>An end that lies further off than it was set for means that the clock was set back: it counts as over.</remarks>
internal sealed class ZendeskAllowance(double share, TimeProvider clock)
{
    /// <summary>Below this part of the limit left, all clients together are near the wall.</summary>
    private const double Reserve = 0.2;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private DateTimeOffset _windowEnd;
    private DateTimeOffset _closedUntil;
    private TimeSpan _closedFor;
    private int _used;

    public int? Limit { get; private set; }

    public int? Remaining { get; private set; }

    /// <summary>Null when it is open.</summary>
    public TimeSpan? ClosedFor()
    {
        var now = clock.GetUtcNow();
        var window = Left(_windowEnd, Window, now);
        var isSpent = Limit is { } limit && _used >= Math.Max(1, (int)(limit * share));
        var closed = Left(_closedUntil, _closedFor, now);
        var left = isSpent && window > closed ? window : closed;
        return left > TimeSpan.Zero ? left : null;
    }

    public void Spend()
    {
        var now = clock.GetUtcNow();
        if (Left(_windowEnd, Window, now) == TimeSpan.Zero)
        {
            _windowEnd = now + Window;
            _used = 0;
        }

        _used++;
    }

    public void Learn(int? limit, int? remaining, TimeSpan resets)
    {
        (Limit, Remaining) = (limit ?? Limit, remaining ?? Remaining);

        if (remaining < Limit * Reserve)
        {
            Close(resets);
        }
    }

    public void Close(TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        if (wait > Left(_closedUntil, _closedFor, now))
        {
            (_closedUntil, _closedFor) = (now + wait, wait);
        }
    }

    private static TimeSpan Left(DateTimeOffset end, TimeSpan length, DateTimeOffset now) =>
        end > now && end - now <= length ? end - now : TimeSpan.Zero;
}
