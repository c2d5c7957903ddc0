using Microsoft.AspNetCore.Http;

namespace CrmSync.Simulators.Shared;

/// <summary>What a CRM's code asks of, and tells about, the request in its hands.</summary>
public static class FaultExtensions
{
    /// <summary>True when the plan gave this request the named trouble.</summary>
    public static bool HasFault(this HttpContext context, string name) =>
        context.Features.Get<RequestFate>()?.Faults.Any(f => f.Kind == FaultKind.Named && f.Name == name) is true;

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
internal sealed class RequestFate(IReadOnlyList<Fault> faults)
{
    public IReadOnlyList<Fault> Faults => faults;

    public int Calls { get; set; }

    public bool IsRecorded { get; set; }
}
