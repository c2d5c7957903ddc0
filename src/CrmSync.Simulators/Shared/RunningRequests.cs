using System.Collections.Concurrent;

namespace CrmSync.Simulators.Shared;

/// <summary>Requests from their arrival to the end of their answer, by the simulator's clock.</summary>
internal sealed class RunningRequests(TimeProvider clock)
{
    private readonly ConcurrentDictionary<RequestFate, (string Path, long Begun)> _running = new();

    public void Begin(RequestFate request, string path) => _running[request] = (path, clock.GetTimestamp());

    public void End(RequestFate request) => _running.TryRemove(request, out _);

    /// <summary>How many besides <paramref name="request"/> have run for longer.</summary>
    public int LongerThan(TimeSpan time, string pathStart, RequestFate request) => _running.Count(r =>
        r.Key != request && clock.GetElapsedTime(r.Value.Begun) > time && r.Value.Path.StartsWith(pathStart, StringComparison.Ordinal));
}
