using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// Tells a ticket that CrmSync's user may not touch from a user who may touch none: both are 403. While other tickets take their notes, a
/// refusal is the ticket's own and a person looks at that one; when nothing got through in between, the connector halts.
/// </summary>
internal sealed class ZendeskRights
{
    private volatile bool _gotThrough;

    /// <param name="outcome">Of a ticket's update.</param>
    public Outcome Weigh(Outcome outcome)
    {
        if (outcome is Outcome.Delivered)
        {
            _gotThrough = true;
        }

        if (outcome is not Outcome.Halted(var fault, _) || fault.Reason != ReasonCodes.PermissionMissing || !_gotThrough)
        {
            return outcome;
        }

        _gotThrough = false;
        return new Outcome.Refused(fault with { Message = "CrmSync's user may write to other tickets, but not to this one." });
    }
}
