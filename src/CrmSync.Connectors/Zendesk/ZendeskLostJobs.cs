using System.Collections.Concurrent;
using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// Bulk jobs that took longer than CrmSync waited. Zendesk keeps them for a day, with a result for each ticket, so they can still be asked
/// for by id while this process lives; after that the markers on the tickets tell.
/// </summary>
/// <remarks>
/// A job whose id was lost with its answer is not looked for among the account's jobs: those name tickets, not notes, so another job for the
/// same tickets would pass for it. The list only tells whether anything is still under way.
/// </remarks>
internal sealed class ZendeskLostJobs(ZendeskClient client, TimeProvider clock)
{
    private const int KeptMax = 10_000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<DeliveryKey, (string Job, DateTimeOffset At)> _lost = new();

    /// <summary>What to say of a parcel that may be in a job that runs.</summary>
    public static ProbeAnswer.CannotTell Waits { get; } =
        new(new Fault(ReasonCodes.NoAnswer, "A bulk job that may hold this note has not ended yet."), TimeSpan.FromSeconds(30));

    public void Remember(string job, IEnumerable<ZendeskDraft> drafts)
    {
        var now = clock.GetUtcNow();

        if (_lost.Count >= KeptMax)
        {
            foreach (var old in _lost.Where(lost => now - lost.Value.At > Kept).ToList())
            {
                _lost.TryRemove(old);
            }
        }

        foreach (var draft in drafts.TakeWhile(_ => _lost.Count < KeptMax))
        {
            _lost[draft.Key] = (job, now);
        }
    }

    /// <summary>It goes out again: what came of the earlier job was settled.</summary>
    public void Forget(DeliveryKey key) => _lost.TryRemove(key, out _);

    /// <summary>One answer a parcel, in order; one call at most, none when no job is remembered.</summary>
    public async Task<IReadOnlyList<ZendeskJobAnswer>> AskAsync(IReadOnlyList<Parcel> parcels, CancellationToken cancel)
    {
        var ids = parcels.Select(JobOf).OfType<string>().Distinct(StringComparer.Ordinal).Take(ZendeskLimits.TicketsInJob).ToList();
        var jobs = ids.Count == 0 ? [] : (await client.ShowJobsAsync(ids, cancel)).Value?.JobStatuses ?? [];
        var results = jobs.Where(job => job.Id is not null).ToDictionary(job => job.Id!, job => (Job: job, Results: ZendeskJobs.ResultsOf(job)), StringComparer.Ordinal);
        return [.. parcels.Select(parcel => JobOf(parcel) is not { } id || !results.TryGetValue(id, out var found) ? ZendeskJobAnswer.SaysNothing
            : IsRunning(found.Job) ? ZendeskJobAnswer.Running
            : found.Results?.GetValueOrDefault(ZendeskTicketIds.IdOf(parcel.Ticket))?.Success switch
            {
                true => ZendeskJobAnswer.Updated,
                false => ZendeskJobAnswer.NotUpdated,
                null => ZendeskJobAnswer.SaysNothing,
            })];
    }

    /// <summary>Whether any job of the account has not ended; null when Zendesk could not be asked. One call.</summary>
    public async Task<bool?> IsAnyRunningAsync(CancellationToken cancel) =>
        (await client.ListJobsAsync(cancel)).Value?.JobStatuses?.Any(IsRunning);

    private string? JobOf(Parcel parcel) => _lost.TryGetValue(parcel.Delivery.Key, out var lost) ? lost.Job : null;

    private static bool IsRunning(WireJob job) => job.Status is "queued" or "working";
}

/// <summary>What a job says of one parcel.</summary>
internal enum ZendeskJobAnswer
{
    /// <summary>There is no such job, or it has no result for the ticket: other witnesses are asked.</summary>
    SaysNothing,

    /// <summary>It may still update the ticket.</summary>
    Running,

    Updated,

    /// <summary>It tried, and Zendesk did not take it.</summary>
    NotUpdated,
}
