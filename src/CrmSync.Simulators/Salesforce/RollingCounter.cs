namespace CrmSync.Simulators.Salesforce;

/// <summary>How much was spent within a rolling window, to the nearest twenty-fourth of it.</summary>
internal sealed class RollingCounter(TimeSpan window, TimeProvider clock)
{
    private readonly Queue<(long Slot, int Count)> _slots = new();
    private readonly Lock _gate = new();
    private int _total;

    public int Total
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _total;
            }
        }
    }

    /// <summary>Spends <paramref name="count"/> unless that would exceed <paramref name="most"/>.</summary>
    public bool TrySpend(int count, int most)
    {
        lock (_gate)
        {
            Forget();
            if (_total + count > most)
            {
                return false;
            }

            _slots.Enqueue((Slot(), count));
            _total += count;
            return true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _slots.Clear();
            _total = 0;
        }
    }

    private void Forget()
    {
        while (_slots.TryPeek(out var oldest) && oldest.Slot <= Slot() - 24)
        {
            _total -= _slots.Dequeue().Count;
        }
    }

    private long Slot() => clock.GetUtcNow().Ticks / (window.Ticks / 24);
}
