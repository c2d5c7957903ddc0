using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Email;

/// <summary>How much mail one worker may send, in sliding windows. It starts empty when the worker starts.</summary>
internal sealed class EmailLimits(EmailOptions options, EmailPreset preset, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Queue<(DateTimeOffset At, string Ticket)> _sent = new();

    /// <summary>Null when the mail may go, which is counted; else what stands in the way and for how long.</summary>
    public Outcome? Take(string ticket)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_sent.TryPeek(out var oldest) && now - oldest.At >= Day)
            {
                _sent.Dequeue();
            }

            if (Wait(_sent.Where(s => s.Ticket == ticket), options.MailsPerTicketAndHourMax, Hour, now) is { } ticketWait)
            {
                return new Outcome.Deferred(
                    new Fault(ReasonCodes.RateLimited, "The ticket got as many mails within an hour as MailsPerTicketAndHourMax allows."), ticketWait);
            }

            var wait = Wait(_sent, options.MailsPerHourMax ?? preset.MailsPerHourMax, Hour, now) ?? Wait(_sent, options.MailsPerDayMax, Day, now);
            if (wait is not null)
            {
                return new Outcome.Halted(
                    new Fault(ReasonCodes.QuotaExhausted, "As many mails were sent as MailsPerHourMax or MailsPerDayMax allow."), wait);
            }

            _sent.Enqueue((now, ticket));
            return null;
        }
    }

    private static TimeSpan? Wait(IEnumerable<(DateTimeOffset At, string Ticket)> sent, int max, TimeSpan window, DateTimeOffset now)
    {
        var inWindow = sent.Where(s => now - s.At < window).ToList();
        return max > 0 && inWindow.Count >= max ? inWindow[^max].At + window - now : null;
    }
}
