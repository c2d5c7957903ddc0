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

    public (string Key, string Connector)? WitnessOf(IConfigurationSection section) =>
        section[nameof(EmailOptions.VerifyWith)] is { Length: > 0 } name ? (nameof(EmailOptions.VerifyWith), name) : null;

    public IConnector Create(IConfigurationSection section, IServiceProvider services)
    {
        var options = StrictBinder.Bind<EmailOptions>(section).Options;
        var clock = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("CrmSync.Email");
        IMailTransport transport = options.Pickup is { Folder: { } folder }
            ? new PickupFolderTransport(folder)
            : SmtpTransport.Create(options.Smtp!, clock, services.GetRequiredService<IHttpClientFactory>);
        return new EmailConnector(section.Key, options, transport, clock, logger, Witness(options, services));
    }

    // Asked for when it is needed: while this connector is made, the one it names may not be there yet.
    private static Func<IMailWitness>? Witness(EmailOptions options, IServiceProvider services) => options.VerifyWith is { } name
        ? () => services.GetRequiredService<FindMailWitness>()(name) ?? throw new InvalidOperationException($"Connector {name} is no witness; the settings are checked for that.")
        : null;
}
