using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>One way to write file and note, and to find out afterwards whether that happened.</summary>
internal interface ISalesforceTransport
{
    /// <summary>See <see cref="IConnector.DeliverAsync"/>.</summary>
    Task<IReadOnlyList<Outcome>> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel);

    /// <summary>See <see cref="IConnector.ProbeAsync"/>.</summary>
    Task<IReadOnlyList<ProbeAnswer>> ProbeAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel);
}
