using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Zendesk;

/// <summary>Connectors with <c>"Kind": "Zendesk"</c>.</summary>
public sealed class ZendeskKind : IConnectorKind
{
    public const string Name = "Zendesk";

    public string Kind => Name;

    public bool WitnessesMail => true;

    public IReadOnlyList<Complaint> Validate(IConfigurationSection section)
    {
        var (options, complaints) = StrictBinder.Bind<ZendeskOptions>(section);
        return complaints.Count > 0 ? complaints : [.. ZendeskRules.Check(options, section.Path)];
    }

    public IConnector Create(IConfigurationSection section, IServiceProvider services)
    {
        var (options, _) = StrictBinder.Bind<ZendeskOptions>(section);
        var parts = ZendeskParts.Create(
            section.Key,
            options,
            services.GetRequiredService<IHttpClientFactory>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>().CreateLogger("CrmSync.Zendesk"));
        return new ZendeskConnector(section.Key, options, parts);
    }
}
