namespace CrmSync.Simulators.Salesforce;

/// <summary>
/// Which transaction holds which row until it ends. Others wait ten seconds for it and are then answered UNABLE_TO_LOCK_ROW (help article
/// 000229525). A value of a unique field is held like a row: a second insert of it waits for the first.
/// </summary>
internal sealed class RowLocks(TimeProvider clock)
{
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, object> _holders = new(StringComparer.OrdinalIgnoreCase);
    private TaskCompletionSource _released = NewSignal();
    private int _waiting;

    /// <summary>Requests that wait for a row right now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public bool IsHeld(string row)
    {
        lock (_gate)
        {
            return _holders.ContainsKey(row);
        }
    }

    public void Hold(object holder, params IEnumerable<string> rows)
    {
        lock (_gate)
        {
            foreach (var row in rows)
            {
                _holders.TryAdd(row, holder);
            }
        }
    }

    /// <summary>Lets go of everything the holder holds.</summary>
    public void Release(object holder)
    {
        lock (_gate)
        {
            foreach (var (row, _) in _holders.Where(h => h.Value == holder).ToList())
            {
                _holders.Remove(row);
            }

            Signal();
        }
    }

    public void Release(string row)
    {
        lock (_gate)
        {
            _holders.Remove(row);
            Signal();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _holders.Clear();
            Signal();
        }
    }

    /// <param name="released">Completes at the next release of any row.</param>
    public bool IsFreeFor(object holder, string row, out Task released)
    {
        lock (_gate)
        {
            released = _released.Task;
            return !_holders.TryGetValue(row, out var other) || other == holder;
        }
    }

    /// <returns>False when <paramref name="begun"/> is as long ago as anybody waits.</returns>
    public async Task<bool> WaitAsync(Task released, long begun, CancellationToken cancel)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            var left = WaitMax - clock.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await released.WaitAsync(left, clock, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void Signal()
    {
        _released.SetResult();
        _released = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What one request touches and what it waited for, from its first attempt to its last.</summary>
internal sealed class LockSession(RowLocks locks, TimeProvider clock)
{
    private readonly HashSet<string> _touched = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _waitsSince = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _givenUp = new(StringComparer.OrdinalIgnoreCase);
    private (string Row, Task Released)? _obstacle;

    /// <summary>A row this request is about to change, or to give a child.</summary>
    /// <exception cref="RowHeldException">Another transaction holds it, and this one waits.</exception>
    /// <exception cref="ApiException">Another transaction holds it, and this one has waited.</exception>
    public void Touch(string row)
    {
        if (!locks.IsFreeFor(this, row, out var released))
        {
            if (_givenUp.Contains(row))
            {
                throw new ApiException(400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record");
            }

            _obstacle = (row, released);
            throw new RowHeldException(row);
        }

        _touched.Add(row);
    }

    public bool HasWaitedFor(string row) => _waitsSince.ContainsKey(row);

    public void Hold() => locks.Hold(this, _touched);

    public void Release() => locks.Release(this);

    /// <summary>Until the row of the last <see cref="RowHeldException"/> may be free, or nobody waits for it any longer.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        var (row, released) = _obstacle!.Value;
        _waitsSince.TryAdd(row, clock.GetTimestamp());
        if (!await locks.WaitAsync(released, _waitsSince[row], cancel))
        {
            _givenUp.Add(row);
        }
    }
}

/// <summary>Unwinds a whole request, which then waits and starts again.</summary>
internal sealed class RowHeldException(string row) : Exception($"{row} is held by another transaction");
