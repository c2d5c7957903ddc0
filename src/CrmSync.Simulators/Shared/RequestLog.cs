using System.Collections.Concurrent;

namespace CrmSync.Simulators.Shared;

/// <summary>One answered (or dropped) request.</summary>
/// <param name="Route">Pattern of the route, e.g. <c>/services/data/{version}/composite/graph</c>; the path where none matched.</param>
/// <param name="Status">HTTP status; 0 when the connection was dropped.</param>
public sealed record RequestEntry(DateTimeOffset At, string Method, string Route, string Path, int Status, int Calls);

/// <summary>How often a route was answered with a status.</summary>
public sealed record RequestCount(string Method, string Route, int Status, int Count);

/// <summary>What was asked of the simulator: counters without limit, and the last requests one by one. Query strings are not kept.</summary>
public sealed class RequestLog
{
    private const int EntriesMax = 1_000;

    private readonly ConcurrentDictionary<(string Method, string Route, int Status), int> _counts = new();
    private readonly ConcurrentQueue<RequestEntry> _entries = new();
    private int _total;
    private int _held;
    private int _calls;

    /// <summary>Requests so far, dropped ones included, the admin surface excluded.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>Requests that were carried out and whose answer is held back right now (<see cref="FaultKind.AnswerLate"/>).</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>API calls charged so far, as the CRM counts them (<see cref="FaultExtensions.Charge"/>).</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>The last 1,000 requests, oldest first.</summary>
    public IReadOnlyList<RequestEntry> Entries => [.. _entries];

    public IReadOnlyList<RequestCount> Counts =>
    [
        .. _counts.Select(c => new RequestCount(c.Key.Method, c.Key.Route, c.Key.Status, c.Value))
            .OrderBy(c => c.Route, StringComparer.Ordinal)
            .ThenBy(c => c.Method, StringComparer.Ordinal)
            .ThenBy(c => c.Status),
    ];

    /// <summary>Requests whose route pattern ends with <paramref name="routeEnd"/>, whatever their status.</summary>
    public int Count(string method, string routeEnd) => _counts
        .Where(c => c.Key.Method == method && c.Key.Route.EndsWith(routeEnd, StringComparison.OrdinalIgnoreCase))
        .Sum(c => c.Value);

    public void Clear()
    {
        _counts.Clear();
        _entries.Clear();
        Volatile.Write(ref _total, 0);
        Volatile.Write(ref _calls, 0);
    }

    internal void Hold() => Interlocked.Increment(ref _held);

    internal void Release() => Interlocked.Decrement(ref _held);

    internal void Add(RequestEntry entry)
    {
        Interlocked.Increment(ref _total);
        Interlocked.Add(ref _calls, entry.Calls);
        _counts.AddOrUpdate((entry.Method, entry.Route, entry.Status), 1, (_, count) => count + 1);
        _entries.Enqueue(entry);
        while (_entries.Count > EntriesMax && _entries.TryDequeue(out _))
        {
        }
    }
}
