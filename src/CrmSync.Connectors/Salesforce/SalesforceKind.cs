using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Salesforce;

/// <summary>Makes Salesforce connectors out of their sections.</summary>
internal sealed class SalesforceKind : IConnectorKind
{
    public const string Name = "Salesforce";

    public string Kind => Name;

    public bool WitnessesMail => true;

    public IReadOnlyList<Complaint> Validate(IConfigurationSection section)
    {
        var (options, complaints) = StrictBinder.Bind<SalesforceOptions>(section);
        return complaints.Count > 0 ? complaints : SalesforceRules.Check(section.Path, options);
    }

    public IConnector Create(IConfigurationSection section, IServiceProvider services) => Create(
        section.Key,
        StrictBinder.Bind<SalesforceOptions>(section).Options,
        services.GetRequiredService<IHttpClientFactory>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILoggerFactory>());

    internal static SalesforceConnector Create(
        string name, SalesforceOptions options, IHttpClientFactory clients, TimeProvider clock, ILoggerFactory loggers)
    {
        var http = new SalesforceHttp(clients, options, clock);
        var auth = new SalesforceAuth(options, http, clock);
        var client = new SalesforceClient(options, http, auth, clock, loggers.CreateLogger<SalesforceClient>());
        return new SalesforceConnector(name, options, client, clock, loggers.CreateLogger<SalesforceConnector>());
    }
}
