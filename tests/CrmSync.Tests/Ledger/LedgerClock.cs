using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Ledger;

/// <summary>Stands still until a test moves it, and tells a ledger that has a clock of its own.</summary>
public sealed class LedgerClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public Action<DateTimeOffset>? Moved { get; set; }

    public new void Advance(TimeSpan by)
    {
        base.Advance(by);
        Moved?.Invoke(GetUtcNow());
    }

    public void SetBack(TimeSpan by)
    {
        AdjustTime(GetUtcNow() - by);
        Moved?.Invoke(GetUtcNow());
    }
}
