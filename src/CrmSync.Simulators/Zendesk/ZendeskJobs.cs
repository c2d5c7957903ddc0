using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>
/// Queued <c>update_many</c> work. A job runs once its delay is over, at the next request of anybody, which is what polling looks like
/// from outside. Guarded by the account's lock.
/// </summary>
internal sealed class ZendeskJobs(ZendeskTickets tickets, TimeProvider clock)
{
    /// <summary>Tickets in one job (Update Many Tickets reference).</summary>
    public const int TicketsMax = 100;

    /// <summary>Jobs queued or running at once (Job Statuses reference).</summary>
    public const int InFlightMax = 30;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly List<Job> _jobs = [];
    private int _last;

    /// <summary>Those that have not ended first, then the latest first (Job Statuses reference, "List Job Statuses").</summary>
    public IEnumerable<Job> Recent => _jobs
        .Where(job => job.QueuedAt + Kept > clock.GetUtcNow())
        .OrderBy(job => job.Finished)
        .ThenByDescending(job => job.FinishedAt ?? job.QueuedAt);

    public int InFlight => _jobs.Count(job => !job.Finished);

    public Job? Find(string id) => _jobs.Find(job => job.Id == id && job.QueuedAt + Kept > clock.GetUtcNow());

    public ZendeskAnswer TooMany() => new ZendeskAnswer(429, new JsonObject
    {
        ["error"] = "TooManyJobs",
        ["description"] = $"Number of jobs in flight exceeded (maximum is {InFlightMax})",
        ["current_job_ids"] = new JsonArray([.. _jobs.Where(job => !job.Finished).Select(job => (JsonNode)job.Id)]),
    }).With("Retry-After", "5");

    public Job Queue(IReadOnlyList<ZendeskTicketPatch> patches, long updater, ZendeskJobFault fault, TimeSpan delay)
    {
        var now = clock.GetUtcNow();
        var number = ++_last;
        var job = new Job(
            $"{number:x8}{number * 7919:x8}".PadRight(32, '0'),
            updater,
            [.. patches.Select(patch => (patch, tickets.Find(patch.Id ?? 0)?.Version ?? 0))],
            fault,
            now,
            now + delay);
        _jobs.Add(job);
        return job;
    }

    /// <summary>Runs every job whose time has come.</summary>
    public void Run()
    {
        foreach (var job in _jobs.Where(job => !job.Finished && job.RunsAt <= clock.GetUtcNow()))
        {
            Run(job, job.Fault);
        }
    }

    /// <summary>Ends every job that is still queued as <see cref="ZendeskJobFault.Killed"/>.</summary>
    public void Kill()
    {
        foreach (var job in _jobs.Where(job => !job.Finished))
        {
            Run(job, ZendeskJobFault.Killed);
        }
    }

    private void Run(Job job, ZendeskJobFault fault)
    {
        // A killed job stops half-way: what it did before stays done, and it reports nothing.
        var reach = fault is ZendeskJobFault.Killed ? job.Work.Count / 2 : job.Work.Count;

        foreach (var (patch, version) in job.Work.Take(reach))
        {
            var fails = fault is ZendeskJobFault.PartlyFailed && job.Results.Count % 3 == 1;
            var refusal = fails
                ? ZendeskAnswer.Error(409, "DatabaseConflict", "Database collision")
                : tickets.Update(patch.Id ?? 0, patch, job.Updater, version).Refusal;
            job.Results.Add(Result(patch.Id ?? 0, refusal));
        }

        job.Status = fault is ZendeskJobFault.Killed ? "killed" : "completed";
        job.FinishedAt = clock.GetUtcNow();
    }

    /// <summary>Official shape of an update's result: <c>{id, action, status, success}</c>, with <c>error</c> and <c>details</c> on failure only.</summary>
    private static JsonObject Result(long id, ZendeskAnswer? refusal)
    {
        var result = new JsonObject
        {
            ["id"] = id,
            ["action"] = "update",
            ["status"] = refusal is null ? "Updated" : "Failed",
            ["success"] = refusal is null,
        };

        if (refusal?.Body is JsonObject body)
        {
            result["error"] = refusal.Status == 404 ? "TicketNotFound" : body["error"]!.DeepClone();
            result["details"] = body["details"] is JsonObject details
                ? details.First().Value![0]!["description"]!.DeepClone()
                : body["description"]?.DeepClone();
        }

        return result;
    }

    internal sealed record Job(
        string Id,
        long Updater,
        IReadOnlyList<(ZendeskTicketPatch Patch, int Version)> Work,
        ZendeskJobFault Fault,
        DateTimeOffset QueuedAt,
        DateTimeOffset RunsAt)
    {
        public string Status { get; set; } = "queued";

        public DateTimeOffset? FinishedAt { get; set; }

        public bool Finished => FinishedAt is not null;

        public List<JsonObject> Results { get; } = [];
    }
}

/// <summary>What befalls one job.</summary>
internal enum ZendeskJobFault
{
    None,

    /// <summary>Half of the tickets are updated, then the job ends as <c>killed</c> without results.</summary>
    Killed,

    /// <summary>Every third ticket fails with <c>DatabaseConflict</c>; the job itself says <c>completed</c>.</summary>
    PartlyFailed,
}
