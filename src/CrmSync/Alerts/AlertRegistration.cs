namespace CrmSync.Alerts;

internal static class AlertRegistration
{
    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Webhook);
        services.AddSingleton<AlertBoard>();
        services.AddSingleton<AlertWebhook>();
        services.AddSingleton<AlertRound>();
        services.AddHttpClient(AlertWebhook.Client, client =>
            {
                client.DefaultRequestHeaders.UserAgent.ParseAdd("CrmSync/1.0");
                client.Timeout = TimeSpan.FromSeconds(10);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers();
        return services;
    }
}
