using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>Finds the ticket. The platform usually writes the number itself, which costs no call; whether it exists shows when it is written to.</summary>
internal sealed class ZendeskResolver(ZendeskClient client, ZendeskTicketIds ids, ZendeskRequesterSearch search)
{
    public async Task<Resolution> ResolveAsync(Shipment shipment, CancellationToken cancel) => ids.Read(shipment.Session) switch
    {
        (long id, _, _) => new Resolution.Found(ids.Ref(id)),
        (_, string external, _) => await FindAsync(external, cancel),
        (_, _, Resolution.NotYet missing) => await search.FindAsync(shipment.Session, missing, cancel),
        var (_, _, missing) => missing!,
    };

    private async Task<Resolution> FindAsync(string external, CancellationToken cancel)
    {
        var reply = await client.FindByExternalIdAsync(external, cancel);

        if (reply.Trouble is { } trouble)
        {
            return new Resolution.Failed(ZendeskFaults.Harmless(trouble));
        }

        return reply.Value?.Tickets switch
        {
            null => new Resolution.Failed(ZendeskFaults.Harmless(new ZendeskTrouble(ZendeskTroubleKind.Unanswered))),
            [] => new Resolution.NotYet(new Fault(ReasonCodes.NoTicketYet, "Zendesk shows no ticket with this external id.")),
            [var only] => new Resolution.Found(ids.Ref(only.Id)),
            _ => new Resolution.Ambiguous(new Fault(ReasonCodes.TicketAmbiguous, "Several tickets have this external id.")),
        };
    }
}
