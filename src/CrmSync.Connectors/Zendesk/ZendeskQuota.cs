using System.Globalization;
using System.Net.Http.Headers;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// Keeps CrmSync within its share of each of the account's limits, and out of the way when others used most of one. Learns the limits
/// from the answers' headers; before the first answer nothing is held back.
/// </summary>
/// <remarks>Thread-safe. People in the agent interface spend the Update Ticket limit too, which is why that one is shared as well.</remarks>
internal sealed class ZendeskQuota(double share, TimeProvider clock)
{
    private static readonly TimeSpan ResetUnlessTold = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly ZendeskAllowance _account = new(share, clock);
    private readonly ZendeskAllowance _updates = new(share, clock);
    private readonly ZendeskAllowance _jobs = new(share: 1, clock);

    /// <summary>Requests per minute of the account as its headers say; null when none said so yet.</summary>
    public int? Limit => _account.Limit;

    /// <summary>Left of <see cref="Limit"/> in this minute, for all clients of the account.</summary>
    public int? Remaining => _account.Remaining;

    /// <summary>How long to wait before the next request of this kind; null when it may go now.</summary>
    public TimeSpan? WaitFor(ZendeskLane lane)
    {
        lock (_gate)
        {
            return Longer(_account.ClosedFor(), LaneOf(lane)?.ClosedFor());
        }
    }

    /// <summary>Counts one request of ours.</summary>
    public void Count(ZendeskLane lane)
    {
        lock (_gate)
        {
            _account.Spend();

            // Jobs are limited by how many are under way, not by how many begin in a minute: nothing to count here.
            if (lane is ZendeskLane.Updates)
            {
                _updates.Spend();
            }
        }
    }

    /// <summary>Reads the limit headers of an answer, all of them optional, and holds back what the answer asks for.</summary>
    /// <param name="wait">What a 429 asked for; null for other answers.</param>
    /// <returns>The limit that a 429 was about.</returns>
    public ZendeskLimitOn Learn(HttpResponseHeaders headers, ZendeskLane lane, TimeSpan? wait)
    {
        var updates = Header(headers, "Zendesk-RateLimit-tickets-update");
        var jobs = Header(headers, "zendesk-ratelimit-inflight-jobs");

        lock (_gate)
        {
            var left = Number(headers, "X-Rate-Limit-Remaining") ?? Number(headers, "ratelimit-remaining");
            _account.Learn(
                Number(headers, "X-Rate-Limit") ?? Number(headers, "ratelimit-limit"), left, Seconds(Number(headers, "ratelimit-reset")));
            _updates.Learn(updates.Total, updates.Remaining, updates.Resets);
            _jobs.Learn(jobs.Total, jobs.Remaining, jobs.Resets);
            return wait is { } asked ? Close(lane, left, updates.Remaining, asked) : ZendeskLimitOn.Nothing;
        }
    }

    private ZendeskLimitOn Close(ZendeskLane lane, int? accountLeft, int? updatesLeft, TimeSpan wait)
    {
        switch (lane)
        {
            case ZendeskLane.Updates when updatesLeft == 0:
                _updates.Close(wait);
                return ZendeskLimitOn.Lane;

            case ZendeskLane.Jobs when accountLeft > 0:
                _jobs.Close(wait);
                return ZendeskLimitOn.Lane;

            // Room left in the account and in the lane: it is the ticket's own limit (30 updates by one user in ten minutes).
            case ZendeskLane.Updates when accountLeft > 0:
                return ZendeskLimitOn.Ticket;

            default:
                _account.Close(wait);
                return ZendeskLimitOn.Account;
        }
    }

    private ZendeskAllowance? LaneOf(ZendeskLane lane) => lane switch
    {
        ZendeskLane.Updates => _updates,
        ZendeskLane.Jobs => _jobs,
        _ => null,
    };

    /// <summary><c>total=100; remaining=0; resets=41</c>.</summary>
    private static (int? Total, int? Remaining, TimeSpan Resets) Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.First() is var text
            ? (Part(text, "total"), Part(text, "remaining"), Seconds(Part(text, "resets")))
            : (null, null, ResetUnlessTold);

    private static int? Part(string text, string name) => text.Split(';', StringSplitOptions.TrimEntries)
        .Where(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
        .Select(part => Number(part[(name.Length + 1)..]))
        .FirstOrDefault();

    private static TimeSpan Seconds(int? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : ResetUnlessTold;

    private static int? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? Number(values.First()) : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan? Longer(TimeSpan? a, TimeSpan? b) => a is null || b > a ? b : a;
}

/// <summary>What a request is limited by, besides the account as a whole.</summary>
internal enum ZendeskLane
{
    /// <summary>Nothing else.</summary>
    Account,

    /// <summary>Update Ticket: 100 a minute on most plans, whatever the account's own limit.</summary>
    Updates,

    /// <summary>Bulk jobs queued or running at once.</summary>
    Jobs,
}

/// <summary>Whose limit a 429 was about.</summary>
internal enum ZendeskLimitOn
{
    /// <summary>No limit was met, or nobody said which.</summary>
    Nothing,

    /// <summary>Every request of the account.</summary>
    Account,

    /// <summary>One endpoint, or the number of jobs.</summary>
    Lane,

    /// <summary>One ticket.</summary>
    Ticket,
}
