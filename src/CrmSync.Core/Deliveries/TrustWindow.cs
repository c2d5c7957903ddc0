namespace CrmSync.Core.Deliveries;

/// <summary>
/// How long a worker may act on what it claimed without a new word from the ledger: less than the ledger waits before it gives the worker's
/// deliveries to another one. Told by the monotonic clock, which goes on while the process stands still.
/// </summary>
/// <remarks>Belongs to one life of a worker. Once closed it stays so, whatever the process does next under another life.</remarks>
public sealed class TrustWindow(TimeProvider clock, TimeSpan length)
{
    private static readonly AsyncLocal<TrustWindow?> Current = new();

    private long _since = clock.GetTimestamp();
    private volatile bool _closed;

    /// <summary>For a ledger that nobody else can open: its deliveries go to no one else while this process is alive.</summary>
    public static TrustWindow Endless { get; } = new(TimeProvider.System, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Whether the worker may send what it is working on. Asked right before a first byte leaves, wherever that is: anything before it may
    /// have taken long.
    /// </summary>
    public static bool MaySend => Current.Value?.IsOpen ?? true;

    /// <summary>Why a delivery was not sent.</summary>
    public static string Lapsed => "The worker stood still for too long; another one has its deliveries.";

    public bool IsOpen => !_closed && (length == Timeout.InfiniteTimeSpan || clock.GetElapsedTime(Interlocked.Read(ref _since)) < length);

    /// <summary>What this flow of calls does from here on is done under this window.</summary>
    public void ActUnder() => Current.Value = this;

    /// <param name="since">The timestamp from before the ledger was asked: what it took to answer is time gone by.</param>
    public void Renew(long since) => Interlocked.Exchange(ref _since, since);

    /// <summary>The ledger gave this life's deliveries away.</summary>
    public void Close() => _closed = true;
}
