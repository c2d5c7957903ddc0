namespace CrmSync.Connectors.Zendesk;

/// <summary>One limit: how much CrmSync used of it in this minute, and until when it may use no more. Guarded by the quota's lock.</summary>
/// <remarks>Times count from the start of the machine: a wall clock that is set back would stretch a minute to a day.</remarks>
internal sealed class ZendeskAllowance(double share, TimeProvider clock)
{
    /// <summary>Below this part of the limit left, all clients together are near the wall.</summary>
    private const double Reserve = 0.2;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private TimeSpan _windowEnd;
    private TimeSpan _closedUntil;
    private int _used;

    private TimeSpan Now => clock.GetElapsedTime(startingTimestamp: 0);

    public int? Limit { get; private set; }

    public int? Remaining { get; private set; }

    /// <summary>Null when it is open.</summary>
    public TimeSpan? ClosedFor()
    {
        var now = Now;
        var isSpent = Limit is { } limit && now < _windowEnd && _used >= Math.Max(1, (int)(limit * share));
        var until = isSpent && _windowEnd > _closedUntil ? _windowEnd : _closedUntil;
        return until > now ? until - now : null;
    }

    public void Spend()
    {
        var now = Now;
        if (now >= _windowEnd)
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
        var until = Now + wait;
        _closedUntil = until > _closedUntil ? until : _closedUntil;
    }
}
