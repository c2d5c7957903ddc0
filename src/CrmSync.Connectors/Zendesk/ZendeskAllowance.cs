namespace CrmSync.Connectors.Zendesk;

/// <summary>One limit: how much CrmSync used of it in this minute, and until when it may use no more. Guarded by the quota's lock.</summary>
internal sealed class ZendeskAllowance(double share, TimeProvider clock)
{
    /// <summary>Below this part of the limit left, all clients together are near the wall.</summary>
    private const double Reserve = 0.2;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private DateTimeOffset _windowEnd = DateTimeOffset.MinValue;
    private DateTimeOffset _closedUntil = DateTimeOffset.MinValue;
    private int _used;

    public int? Limit { get; private set; }

    public int? Remaining { get; private set; }

    public DateTimeOffset ClosedUntil(DateTimeOffset now)
    {
        var isSpent = Limit is { } limit && now < _windowEnd && _used >= Math.Max(1, (int)(limit * share));
        return isSpent && _windowEnd > _closedUntil ? _windowEnd : _closedUntil;
    }

    public void Spend()
    {
        var now = clock.GetUtcNow();

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
        var until = clock.GetUtcNow() + wait;
        _closedUntil = until > _closedUntil ? until : _closedUntil;
    }
}
