using System.Collections.Concurrent;
using System.Text.Json;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// Sends bulk jobs and waits for them. However many are open, one call asks for all of them: whoever is due to ask, asks for everybody.
/// </summary>
internal sealed class ZendeskJobs(ZendeskClient client, ZendeskLostJobs lost, ZendeskOptions options, TimeProvider clock) : IDisposable
{
    private const int SlowestPoll = 10;

    private readonly ConcurrentDictionary<string, WireJob?> _open = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <returns>What kept the job from being queued, or the ended job; neither when its effect is unknown.</returns>
    public async Task<(ZendeskTrouble? Trouble, WireJob? Job)> RunAsync(
        IReadOnlyList<ZendeskDraft> drafts, IReadOnlyList<TicketPatch> patches, CancellationToken cancel)
    {
        foreach (var draft in drafts)
        {
            lost.Forget(draft.Key);
        }

        var reply = await client.UpdateTicketsAsync(patches, cancel);

        if (reply.Value?.JobStatus?.Id is not { } id)
        {
            return (reply.Trouble, null);
        }

        var ended = await WaitAsync(id, cancel);

        if (ended is null)
        {
            lost.Remember(id, drafts);
        }

        return (null, ended);
    }

    /// <summary>The ended job; null when it did not end in time, vanished, or <paramref name="cancel"/> was raised: its effect is then unknown.</summary>
    private async Task<WireJob?> WaitAsync(string id, CancellationToken cancel)
    {
        _open[id] = null;

        try
        {
            var giveUpAt = clock.GetUtcNow() + options.JobWait;

            for (var pause = options.JobPoll; clock.GetUtcNow() < giveUpAt; pause = Longer(pause))
            {
                await Task.Delay(pause, clock, cancel);

                if (await EndedAsync(id, cancel) is { } ended)
                {
                    return ended;
                }
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    /// <summary>Results per ticket; null when the job brought none that can be read.</summary>
    public static IReadOnlyDictionary<long, JobResult>? ResultsOf(WireJob job)
    {
        if (job.Results is not { ValueKind: JsonValueKind.Array } results)
        {
            return null;
        }

        try
        {
            // A ticket is never twice in a job of ours; a doubled row would be Zendesk's, and its last word counts.
            return (results.Deserialize(ZendeskJson.Default.ListJobResult) ?? [])
                .GroupBy(result => result.Id)
                .ToDictionary(group => group.Key, group => group.Last());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<WireJob?> EndedAsync(string id, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);

        try
        {
            if (_open.GetValueOrDefault(id) is { } known)
            {
                return known;
            }

            var waiting = _open.Where(job => job.Value is null).Select(job => job.Key).Take(ZendeskLimits.TicketsInJob);
            var reply = await client.ShowJobsAsync(waiting, cancel);

            foreach (var job in reply.Value?.JobStatuses ?? [])
            {
                if (job is { Id: { } ended, Status: "completed" or "failed" or "killed" })
                {
                    _open.TryUpdate(ended, job, comparisonValue: null);
                }
            }

            return _open.GetValueOrDefault(id);
        }
        finally
        {
            _turn.Release();
        }
    }

    private TimeSpan Longer(TimeSpan pause) =>
        pause * 2 < options.JobPoll * SlowestPoll ? pause * 2 : options.JobPoll * SlowestPoll;
}
