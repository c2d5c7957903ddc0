using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Email;

/// <summary>Connectors with <c>"Kind": "Email"</c>.</summary>
public sealed class EmailKind : IConnectorKind
{
    public const string Name = "Email";

    public string Kind => Name;

    public IReadOnlyList<Complaint> Validate(IConfigurationSection section)
    {
        var (options, complaints) = StrictBinder.Bind<EmailOptions>(section);
        return complaints.Count > 0 ? complaints : [.. EmailRules.Check(section.Path, options)];
    }

    public IConnector Create(IConfigurationSection section, IServiceProvider services)
    {
        var options = StrictBinder.Bind<EmailOptions>(section).Options;
        var clock = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("CrmSync.Email");
        return Create(section.Key, options, clock, logger, () => services.GetRequiredService<IHttpClientFactory>());
    }

    internal static EmailConnector Create(
        string name, EmailOptions options, TimeProvider clock, ILogger logger, Func<IHttpClientFactory> clients)
    {
        IMailTransport transport = options.Pickup is { Folder: { } folder }
            ? new PickupFolderTransport(folder)
            : SmtpTransport.Create(options.Smtp!, clock, clients);
        return new EmailConnector(name, options, transport, clock, logger);
    }
}
