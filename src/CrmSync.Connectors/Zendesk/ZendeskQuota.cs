using System.Globalization;
using System.Net.Http.Headers;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// Keeps CrmSync within its share of the account's requests per minute, and out of the way when others used most of it. Learns the limits
/// from the answers' headers; before the first answer nothing is held back.
/// </summary>
internal sealed class ZendeskQuota(double share, TimeProvider clock)
{
    /// <summary>Below this part of the limit left, all clients together are near the wall.</summary>
    private const double Reserve = 0.2;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _windowEnd = DateTimeOffset.MinValue;
    private DateTimeOffset _accountPause = DateTimeOffset.MinValue;
    private DateTimeOffset _updatesPause = DateTimeOffset.MinValue;
    private DateTimeOffset _jobsPause = DateTimeOffset.MinValue;
    private int _used;

    /// <summary>Requests per minute of the account as its headers say; null when none said so yet.</summary>
    public int? Limit { get; private set; }

    /// <summary>Left of <see cref="Limit"/> in this minute, for all clients of the account.</summary>
    public int? Remaining { get; private set; }

    /// <summary>How long to wait before the next request; null when it may go now.</summary>
    public TimeSpan? WaitFor(ZendeskLane lane)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var until = Later(_accountPause, lane switch
            {
                ZendeskLane.Updates => _updatesPause,
                ZendeskLane.Jobs => _jobsPause,
                _ => DateTimeOffset.MinValue,
            });

            if (Limit is { } limit && now < _windowEnd && _used >= Math.Max(1, (int)(limit * share)))
            {
                until = Later(until, _windowEnd);
            }

            return until > now ? until - now : null;
        }
    }

    /// <summary>Counts one request of ours.</summary>
    public void Count()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();

            if (now >= _windowEnd)
            {
                _windowEnd = now + Window;
                _used = 0;
            }

            _used++;
        }
    }

    /// <summary>Reads the limit headers of an answer, all of them optional.</summary>
    /// <param name="wait">What a 429 asked for; null for other answers.</param>
    public void Learn(HttpResponseHeaders headers, ZendeskLane lane, TimeSpan? wait)
    {
        var limit = Number(headers, "X-Rate-Limit") ?? Number(headers, "ratelimit-limit");
        var left = Number(headers, "X-Rate-Limit-Remaining") ?? Number(headers, "ratelimit-remaining");
        var (updatesLeft, updatesReset) = Lane(headers, "Zendesk-RateLimit-tickets-update");
        var (jobsLeft, jobsReset) = Lane(headers, "zendesk-ratelimit-inflight-jobs");

        lock (_gate)
        {
            (Limit, Remaining) = (limit ?? Limit, left ?? Remaining);

            if (left < limit * Reserve)
            {
                _accountPause = Later(_accountPause, TimeSpan.FromSeconds(Number(headers, "ratelimit-reset") ?? 10));
            }

            if (updatesLeft == 0)
            {
                _updatesPause = Later(_updatesPause, updatesReset);
            }

            if (jobsLeft == 0)
            {
                _jobsPause = Later(_jobsPause, jobsReset);
            }

            // A 429 with room left in the account and in the lane is the ticket's own limit (30 updates in ten minutes): others may go on.
            var laneLeft = lane is ZendeskLane.Updates ? updatesLeft : lane is ZendeskLane.Jobs ? jobsLeft : null;

            if (wait is { } asked && laneLeft != 0 && (left is null or 0))
            {
                _accountPause = Later(_accountPause, asked);
            }
        }
    }

    /// <summary><c>total=100; remaining=0; resets=41</c>.</summary>
    private static (int? Remaining, TimeSpan Resets) Lane(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.First() is var text
            ? (Part(text, "remaining"), TimeSpan.FromSeconds(Part(text, "resets") ?? 10))
            : (null, TimeSpan.Zero);

    private static int? Part(string text, string name) => text.Split(';', StringSplitOptions.TrimEntries)
        .Where(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
        .Select(part => Number(part[(name.Length + 1)..]))
        .FirstOrDefault();

    private static int? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? Number(values.First()) : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private DateTimeOffset Later(DateTimeOffset until, TimeSpan wait) => Later(until, clock.GetUtcNow() + wait);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>What a limit is on.</summary>
internal enum ZendeskLane
{
    /// <summary>Every request of the account.</summary>
    Account,

    /// <summary>Update Ticket: 100 a minute on most plans, whatever the account's own limit.</summary>
    Updates,

    /// <summary>Bulk jobs queued or running at once.</summary>
    Jobs,
}
