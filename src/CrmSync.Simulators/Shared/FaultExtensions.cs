using Microsoft.AspNetCore.Http;

namespace CrmSync.Simulators.Shared;

/// <summary>What a CRM's code asks of, and tells about, the request in its hands.</summary>
public static class FaultExtensions
{
    /// <summary>True when the plan gave this request the named trouble.</summary>
    public static bool HasFault(this HttpContext context, string name) =>
        context.Features.Get<RequestFate>()?.Faults.Any(f => f.Kind == FaultKind.Named && f.Name == name) is true;

    /// <summary>How long the named trouble takes for this request; zero when the plan did not give it.</summary>
    public static TimeSpan DelayOf(this HttpContext context, string name) => TimeSpan.FromTicks(
        context.Features.Get<RequestFate>()?.Faults.Where(f => f.Kind == FaultKind.Named && f.Name == name).Sum(f => f.Delay.Ticks) ?? 0);

    /// <summary>Other requests below a path that have run for longer than <paramref name="time"/>, delays of the plan included.</summary>
    public static int RunningLongerThan(this HttpContext context, TimeSpan time, string pathStart) =>
        context.Features.Get<RequestFate>() is { } fate ? fate.Running.LongerThan(time, pathStart, fate) : 0;

    /// <summary>Counts <paramref name="calls"/> API calls for this request, as the CRM's quota would.</summary>
    public static void Charge(this HttpContext context, int calls)
    {
        if (context.Features.Get<RequestFate>() is { } fate)
        {
            fate.Calls += calls;
        }
    }
}

/// <summary>What the plan holds for one request, and what the request cost.</summary>
internal sealed class RequestFate(IReadOnlyList<Fault> faults, RunningRequests running)
{
    public RunningRequests Running => running;

    public IReadOnlyList<Fault> Faults => faults;

    public int Calls { get; set; }

    public bool IsRecorded { get; set; }
}
