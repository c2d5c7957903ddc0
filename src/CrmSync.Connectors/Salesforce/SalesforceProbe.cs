using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>From what was found, or why nothing could be asked, to an answer.</summary>
internal static class SalesforceProbe
{
    public static ProbeAnswer Answer(SalesforceTrouble? trouble, Receipt? found) => (trouble, found) switch
    {
        (null, { } receipt) => new ProbeAnswer.Found(receipt),
        (null, null) => new ProbeAnswer.Absent(),
        ({ } why, _) => SalesforceFaults.Harmless(why) switch
        {
            Outcome.Deferred(var fault, var notBefore, _) => new ProbeAnswer.CannotTell(fault, notBefore),
            Outcome.Halted(var fault, var notBefore) => new ProbeAnswer.CannotTell(fault, notBefore),
            Outcome.Refused(var fault) => new ProbeAnswer.CannotTell(fault),
            var other => throw new InvalidOperationException($"No probe answer for {other.GetType().Name}."),
        },
    };
}
