using System.Net;
using CrmSync.Core.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Connectors.Zendesk;

public static class ZendeskRegistration
{
    /// <summary>Makes connectors of kind Zendesk known.</summary>
    public static IServiceCollection AddZendesk(this IServiceCollection services)
    {
        services.AddSingleton<IConnectorKind, ZendeskKind>();
        services.AddHttpClient(ZendeskHttp.ClientName, client =>
            {
                client.DefaultRequestHeaders.UserAgent.ParseAdd("CrmSync/1.0");
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .RemoveAllLoggers();
        return services;
    }
}
