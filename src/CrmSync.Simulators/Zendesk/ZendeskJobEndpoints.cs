using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>Bulk updates and the jobs that carry them out.</summary>
internal static class ZendeskJobEndpoints
{
    private static readonly TimeSpan SlowJob = TimeSpan.FromMinutes(10);

    public static void Map(ZendeskRouter router)
    {
        router.Put("tickets/update_many", UpdateMany);
        router.Get("job_statuses", Jobs);
        router.Get("job_statuses/show_many", ShowManyJobs);
        router.Get("job_statuses/{job}", ShowJob);
    }

    private static ZendeskAnswer UpdateMany(ZendeskCall call)
    {
        if (!call.TryJson(out var json, out var refusal) || !TryPatches(call, json, out var patches, out refusal))
        {
            return refusal;
        }

        if (call.Account.Limits.JobsInFlight <= call.Account.Jobs.InFlight)
        {
            return call.Account.Jobs.TooMany();
        }

        var fault = call.HasFault(ZendeskFaultNames.JobKilled) ? ZendeskJobFault.Killed
            : call.HasFault(ZendeskFaultNames.JobPartlyFailed) ? ZendeskJobFault.PartlyFailed
            : ZendeskJobFault.None;
        var delay = call.HasFault(ZendeskFaultNames.JobSlow) ? SlowJob : call.Account.Settings.JobDelay;
        var job = call.Account.Jobs.Queue(patches, call.UserId, fault, delay);
        return ZendeskAnswer.Ok(new JsonObject { ["job_status"] = ZendeskViews.Job(job, call.BaseUrl, asQueued: true) });
    }

    /// <summary>
    /// <c>{"tickets":[…]}</c> wins over <c>ids</c> in the query; a widely used client sends <c>ids=undefined</c> beside the body.
    /// </summary>
    private static bool TryPatches(
        ZendeskCall call, JsonElement json, out List<ZendeskTicketPatch> patches, out ZendeskAnswer refusal)
    {
        patches = [];
        refusal = ZendeskAnswer.BadParameter("tickets", $"must be an array of 1 to {ZendeskJobs.TicketsMax} tickets");

        if (json.TryGetProperty("tickets", out var tickets))
        {
            if (tickets.ValueKind is not JsonValueKind.Array || tickets.GetArrayLength() == 0)
            {
                return false;
            }

            if (tickets.GetArrayLength() > ZendeskJobs.TicketsMax)
            {
                refusal = ZendeskAnswer.Error(400, "TooManyValues", $"At most {ZendeskJobs.TicketsMax} tickets are allowed.");
                return false;
            }

            foreach (var ticket in tickets.EnumerateArray())
            {
                if (!ZendeskTicketPatch.TryRead(ticket, out var patch, out var complaint) || patch.Id is null)
                {
                    refusal = complaint ?? ZendeskAnswer.BadParameter("id", "must be an integer");
                    return false;
                }

                patches.Add(patch);
            }

            return true;
        }

        if (!call.TryIds(out var ids, out var badIds) || !call.TryTicket(out var same, out badIds))
        {
            refusal = badIds;
            return false;
        }

        patches.AddRange(ids.Select(id => same.For(id)));
        return true;
    }

    private static ZendeskAnswer Jobs(ZendeskCall call) => ZendeskPages.Answer(
        call, "job_statuses", [.. call.Account.Jobs.Recent.Select(job => ZendeskViews.Job(job, call.BaseUrl))]);

    private static ZendeskAnswer ShowManyJobs(ZendeskCall call)
    {
        var ids = call.Query["ids"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        return ids.Length is 0 or > ZendeskJobs.TicketsMax
            ? ZendeskAnswer.BadParameter("ids", "must be a list of 1 to 100 job ids")
            : ZendeskAnswer.Ok(new JsonObject
            {
                ["job_statuses"] = new JsonArray([.. ids.Select(call.Account.Jobs.Find).OfType<ZendeskJobs.Job>()
                    .Select(job => (JsonNode)ZendeskViews.Job(job, call.BaseUrl))]),
            });
    }

    private static ZendeskAnswer ShowJob(ZendeskCall call) => call.Account.Jobs.Find(call.Route("job")) is { } job
        ? ZendeskAnswer.Ok(new JsonObject { ["job_status"] = ZendeskViews.Job(job, call.BaseUrl) })
        : ZendeskAnswer.NotFound;
}
