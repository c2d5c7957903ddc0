namespace CrmSync.Connectors.Email;

/// <summary>So many in any span of <paramref name="window"/>. Remembers the last ones only: the oldest of them says when the next may go.</summary>
/// <param name="max">Zero: without limit.</param>
internal sealed class SlidingLimit(int max, TimeSpan window)
{
    private readonly Queue<DateTimeOffset> _last = new();
    private DateTimeOffset _newest;

    /// <summary>How long the next one has to wait; null when it may go. What lies in the future, after a clock was set back, counts as sent now.</summary>
    public TimeSpan? Wait(DateTimeOffset now)
    {
        if (_newest > now)
        {
            SetBackTo(now);
        }

        return max > 0 && _last.Count == max && _last.Peek() + window - now is { Ticks: > 0 } wait ? wait : null;
    }

    public void Count(DateTimeOffset now)
    {
        _newest = now;
        if (max == 0)
        {
            return;
        }

        if (_last.Count == max)
        {
            _last.Dequeue();
        }

        _last.Enqueue(now);
    }

    /// <summary>All of them are out of the window: it is as good as new.</summary>
    public bool IsOver(DateTimeOffset now) => now - _newest >= window;

    private void SetBackTo(DateTimeOffset now)
    {
        _newest = now;
        for (var left = _last.Count; left > 0; left--)
        {
            var at = _last.Dequeue();
            _last.Enqueue(at < now ? at : now);
        }
    }
}
