using System.Net;
using CrmSync.Core.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Connectors.Salesforce;

public static class SalesforceRegistration
{
    /// <summary>Makes connectors of kind <c>Salesforce</c> available to configuration.</summary>
    public static IServiceCollection AddSalesforce(this IServiceCollection services)
    {
        // No redirects: credentials and session files go to the configured host and the instance it names, nowhere else.
        services.AddHttpClient(SalesforceHttp.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.GZip,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectTimeout = TimeSpan.FromSeconds(10),
            });
        return services.AddSingleton<IConnectorKind, SalesforceKind>();
    }
}
