namespace CrmSync.Control;

internal static class WorkerClientRegistration
{
    /// <summary>The client of the worker that <paramref name="control"/> describes.</summary>
    public static IServiceCollection AddWorkerClient(this IServiceCollection services, ControlFile control)
    {
        services.AddHttpClient<WorkerClient>(http => WorkerClient.Address(http, control));
        return services;
    }
}
