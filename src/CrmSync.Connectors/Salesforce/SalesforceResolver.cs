using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// From OutTickets to records. Ids cost no call: whether the record is still there is learnt by writing to it. Case numbers cost one query
/// for the batch. Nothing of a session is ever fetched. Where a session names no record, the customer's open Case is looked up, if that is
/// configured.
/// </summary>
internal sealed class SalesforceResolver(
    SalesforceClient client, SalesforceMerges merges, SalesforceObjects objects, SalesforceLookup lookup, SalesforceHosts hosts, Uri address)
{
    private const int NumbersInQuery = 400;

    public async Task<IReadOnlyList<Resolution>> ResolveAsync(IReadOnlyList<Shipment> shipments, CancellationToken cancel)
    {
        var resolutions = shipments.Select(s => Offline(s.Session)).ToList();
        await CompleteAsync(resolutions, cancel);
        await LookUpAsync(shipments, resolutions, cancel);
        return [.. resolutions.Select(r => r.Resolution ?? throw new InvalidOperationException("A target was left unresolved."))];
    }

    private Pending Offline(SessionMetadata session)
    {
        if (session.OutTicket is not { } ticket)
        {
            return session.TicketExpectation is TicketExpectation.NoneExpected
                ? new(null, new Resolution.NotExpected(new Fault(ReasonCodes.NoTicketExpected, "The platform makes no record for such a session.")))
                : new(null, new Resolution.NotYet(new Fault(ReasonCodes.NoTicketYet, "The session's file names no record yet.")));
        }

        if (!hosts.Accepts(ticket.Host))
        {
            return new(null, new Resolution.Gone(new Fault(ReasonCodes.TicketHostMismatch, $"The session's link leads to {ticket.Host}.")));
        }

        return SalesforceTargets.Of(ticket) switch
        {
            SalesforceTarget.Record(var id) when SalesforceIds.TypeOf(id) is { } type => new(null, Found(type, id)),
            SalesforceTarget.Unusable => new(null, new Resolution.Gone(new Fault(ReasonCodes.TicketIdUnusable, "It is neither a Salesforce id nor a case number."))),
            var target => new(target, null),
        };
    }

    private async Task CompleteAsync(List<Pending> pending, CancellationToken cancel)
    {
        var custom = await objects.NamesAsync(pending.Any(p => p.Target is SalesforceTarget.Record), cancel);
        var (cases, trouble) = await FindCasesAsync([.. pending.Select(p => p.Target).OfType<SalesforceTarget.CaseNumber>()], cancel);
        for (var i = 0; i < pending.Count; i++)
        {
            pending[i] = pending[i] switch
            {
                { Target: SalesforceTarget.Record(var id) } => new(null, OfCustomObject(id, custom)),
                { Target: SalesforceTarget.CaseNumber number } => new(null, cases is null ? Failed(trouble!) : OfNumber(number, cases)),
                var done => done,
            };
        }
    }

    private async Task LookUpAsync(IReadOnlyList<Shipment> shipments, List<Pending> pending, CancellationToken cancel)
    {
        var nameless = shipments.Index().Where(s => lookup.IsOn && s.Item.Session.OutTicket is null).ToList();
        if (nameless.Count == 0)
        {
            return;
        }

        var (found, trouble) = await lookup.FindAsync([.. nameless.Select(n => n.Item.Session)], Found, cancel);
        for (var i = 0; i < nameless.Count; i++)
        {
            var at = nameless[i].Index;
            pending[at] = new(null, found is null ? Failed(trouble!) : found[i] ?? pending[at].Resolution);
        }
    }

    private Resolution OfCustomObject(string id, SalesforceReply<IReadOnlyDictionary<string, string>> custom) => custom switch
    {
        { Value: null } => Failed(custom.Trouble!),
        { Value: var names } when names.TryGetValue(SalesforceIds.PrefixOf(id), out var type) => Found(type, id),
        _ => new Resolution.Gone(new Fault(ReasonCodes.TicketIdUnusable, "No object of this org has ids that begin like this one.")),
    };

    private async Task<SalesforceReply<ILookup<string, CaseFate>>> FindCasesAsync(IReadOnlyList<SalesforceTarget.CaseNumber> numbers, CancellationToken cancel)
    {
        var found = new List<(string Number, string Id)>();
        foreach (var chunk in numbers.SelectMany(n => n.Spellings).Distinct(StringComparer.Ordinal).Chunk(NumbersInQuery))
        {
            var (answer, trouble) = await client.QueryAsync($"SELECT Id, CaseNumber FROM Case WHERE CaseNumber IN {Soql.List(chunk)}", all: true, cancel);
            if (answer is null)
            {
                return SalesforceReply<ILookup<string, CaseFate>>.Of(trouble!);
            }

            found.AddRange((answer.Records ?? []).Select(r => (r.GetProperty("CaseNumber").GetString()!, r.GetProperty("Id").GetString()!)));
        }

        var (fates, lost) = await merges.FollowAsync(found.Select(f => f.Id), cancel);
        return fates is null
            ? SalesforceReply<ILookup<string, CaseFate>>.Of(lost!)
            : new(found.ToLookup(f => f.Number, f => fates[f.Id], StringComparer.Ordinal), Trouble: null);
    }

    private Resolution OfNumber(SalesforceTarget.CaseNumber number, ILookup<string, CaseFate> cases)
    {
        // As written first: the padded form is only a guess at what somebody left out.
        var hits = number.Spellings.Select(s => cases[s].Distinct().ToList()).FirstOrDefault(h => h.Count > 0) ?? [];
        return hits switch
        {
            [] => new Resolution.Gone(new Fault(ReasonCodes.TicketNotFound, "No Case has this number, or Salesforce hides it.")),
            [{ IsDeleted: true }] => new Resolution.Gone(new Fault(ReasonCodes.TicketDeleted, "The Case was deleted.")),
            [var one] => Found("Case", one.Id),
            _ => new Resolution.Ambiguous(new Fault(ReasonCodes.TicketAmbiguous, "Several Cases have this number.")),
        };
    }

    private static Resolution.Failed Failed(SalesforceTrouble trouble) => new(SalesforceFaults.Harmless(trouble));

    private Resolution.Found Found(string type, string id) => new(new TicketRef(type, id, new Uri(address, id).AbsoluteUri));

    /// <param name="Target">What is still to be looked up; null once there is a resolution.</param>
    private sealed record Pending(SalesforceTarget? Target, Resolution? Resolution);
}
