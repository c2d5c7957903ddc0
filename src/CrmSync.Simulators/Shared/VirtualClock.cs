namespace CrmSync.Simulators.Shared;

/// <summary>
/// The computer's time, set forward as often as somebody likes: tokens and uploads die, limits start over and jobs end without anybody
/// waiting. Delays run at the computer's pace.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private long _ahead;

    /// <summary>How far it runs ahead of the computer's time.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _ahead, by.Ticks);
    }

    /// <summary>To <paramref name="time"/> if that is still to come.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        var by = time - GetUtcNow();

        if (by > TimeSpan.Zero)
        {
            Advance(by);
        }
    }
}
