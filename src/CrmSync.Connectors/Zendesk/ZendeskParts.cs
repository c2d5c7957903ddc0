using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Zendesk;

/// <summary>The parts of one connector, put together by hand: there may be several connectors of this kind, each with its own.</summary>
internal sealed record ZendeskParts(
    ZendeskAuth Auth,
    ZendeskJobs Jobs,
    ZendeskTicketIds Ids,
    ZendeskResolver Resolver,
    ZendeskQuota Quota,
    ZendeskSingle Single,
    ZendeskBatch Batch,
    ZendeskProbe Probe,
    ZendeskMailWitness MailWitness,
    ZendeskAfterwards Afterwards,
    ZendeskCheck Check) : IDisposable
{
    public static ZendeskParts Create(string name, ZendeskOptions options, IHttpClientFactory factory, TimeProvider clock, ILogger logger)
    {
        var ids = new ZendeskTicketIds(options);
        var quota = new ZendeskQuota(options.QuotaShare, clock);
        var http = new ZendeskHttp(factory, options, clock);
        var auth = new ZendeskAuth(name, options, http, clock, logger);
        var client = new ZendeskClient(http, auth, quota, clock);
        var notes = new ZendeskNotes(options);
        var lost = new ZendeskLostJobs(client, clock);
        var uploads = new ZendeskUploads(client, options, clock);
        var drafts = new ZendeskDrafts(uploads, new ZendeskAuthors(client, options, clock), notes, quota);
        var probe = new ZendeskProbe(client, ids, lost, options);
        var resolver = new ZendeskResolver(client, ids, new ZendeskRequesterSearch(client, ids, options));
        var receipts = new ZendeskReceipts(ids);
        var closed = new ZendeskClosedTickets(client, uploads, receipts, notes, options);
        var jobs = new ZendeskJobs(client, lost, options, clock);
        var outcomes = new ZendeskJobOutcomes(closed, receipts, notes, options);
        return new ZendeskParts(
            auth,
            jobs,
            ids,
            resolver,
            quota,
            new ZendeskSingle(client, drafts, uploads, probe, closed, receipts, new ZendeskRights()),
            new ZendeskBatch(drafts, uploads, new ZendeskBatchLook(client, probe), jobs, outcomes, options),
            probe,
            new ZendeskMailWitness(client, ids, resolver),
            new ZendeskAfterwards(client, notes, uploads, options, clock, logger),
            new ZendeskCheck(client, auth, quota, options));
    }

    public void Dispose()
    {
        Auth.Dispose();
        Jobs.Dispose();
    }
}
