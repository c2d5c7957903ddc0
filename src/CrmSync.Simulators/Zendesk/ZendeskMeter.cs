using System.Globalization;

namespace CrmSync.Simulators.Zendesk;

/// <summary>Counts requests against the account's limits in fixed windows, and says so in headers. Guarded by the account's lock.</summary>
internal sealed class ZendeskMeter(ZendeskLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private readonly Window _account = new(limits.AccountPerMinute, Minute);
    private readonly Window _updates = new(limits.UpdatesPerMinute, Minute);
    private readonly Dictionary<long, Window> _tickets = [];

    /// <summary>Null when the request may pass, else how long to wait.</summary>
    public TimeSpan? Count() => _account.Count(clock.GetUtcNow());

    /// <summary>Update Ticket has limits of its own, per account and per ticket.</summary>
    public TimeSpan? CountUpdate(long ticket)
    {
        var now = clock.GetUtcNow();

        if (!_tickets.TryGetValue(ticket, out var window))
        {
            _tickets[ticket] = window = new Window(limits.UpdatesPerTicket, TenMinutes);
        }

        return _updates.Count(now) ?? window.Count(now);
    }

    public IEnumerable<(string Name, string Value)> Headers(bool isUpdate, int jobsInFlight)
    {
        var now = clock.GetUtcNow();

        if (_account.Max is { } max)
        {
            yield return ("X-Rate-Limit", Text(max));
            yield return ("X-Rate-Limit-Remaining", Text(_account.Remaining(now)));
            yield return ("ratelimit-limit", Text(max));
            yield return ("ratelimit-remaining", Text(_account.Remaining(now)));
            yield return ("ratelimit-reset", Text(_account.Resets(now)));
        }

        if (isUpdate && _updates.Max is not null)
        {
            yield return ("Zendesk-RateLimit-tickets-update", Describe(_updates, now));
        }

        if (limits.JobsInFlight is { } jobs)
        {
            yield return ("zendesk-ratelimit-inflight-jobs", $"total={jobs}; remaining={jobs - jobsInFlight}; resets=60");
        }
    }

    private static string Describe(Window window, DateTimeOffset now) =>
        $"total={window.Max}; remaining={window.Remaining(now)}; resets={window.Resets(now)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Window(int? max, TimeSpan length)
    {
        private DateTimeOffset _start = DateTimeOffset.MinValue;
        private int _used;

        public int? Max => max;

        public TimeSpan? Count(DateTimeOffset now)
        {
            Turn(now);
            return max is null || ++_used <= max ? null : _start + length - now;
        }

        public int Remaining(DateTimeOffset now)
        {
            Turn(now);
            return Math.Max(0, (max ?? int.MaxValue) - _used);
        }

        public int Resets(DateTimeOffset now)
        {
            Turn(now);
            return (int)Math.Ceiling((_start + length - now).TotalSeconds);
        }

        private void Turn(DateTimeOffset now)
        {
            if (now >= _start + length)
            {
                _start = now;
                _used = 0;
            }
        }
    }
}
