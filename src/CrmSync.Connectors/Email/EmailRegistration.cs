using CrmSync.Core.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Connectors.Email;

public static class EmailRegistration
{
    /// <summary>Makes connectors of kind Email known.</summary>
    public static IServiceCollection AddEmail(this IServiceCollection services)
    {
        services.AddSingleton<IConnectorKind, EmailKind>();
        services.AddHttpClient(OAuthTokens.ClientName, client => client.Timeout = TimeSpan.FromSeconds(30)).RemoveAllLoggers();
        return services;
    }
}
