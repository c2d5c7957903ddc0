using CrmSync.Core.Configuration;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Core.Deliveries;

/// <summary>A kind of connector: how its section is read, checked and turned into a connector. One per folder of connectors.</summary>
public interface IConnectorKind
{
    /// <summary>The value of <c>Kind</c> in a connector's section: <c>Salesforce</c>.</summary>
    string Kind { get; }

    /// <summary>Every mistake in the section, without asking the network. Empty when it can be created.</summary>
    IReadOnlyList<Complaint> Validate(IConfigurationSection section);

    /// <summary>Connectors of this kind are <see cref="IMailWitness"/>.</summary>
    bool WitnessesMail => false;

    /// <summary>The setting of <paramref name="section"/> that names a witness, e.g. <c>VerifyWith</c>, and the name; null when it names none.</summary>
    (string Key, string Connector)? WitnessOf(IConfigurationSection section) => null;

    /// <summary>Makes the connector that is named like <paramref name="section"/>'s key. Called once, after <see cref="Validate"/> was content.</summary>
    IConnector Create(IConfigurationSection section, IServiceProvider services);
}
