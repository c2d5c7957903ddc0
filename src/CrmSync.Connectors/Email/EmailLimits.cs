using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Email;

/// <summary>How much mail one worker may send, in sliding windows. It starts empty when the worker starts.</summary>
internal sealed class EmailLimits(EmailOptions options, EmailPreset preset, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly SlidingLimit _ofHour = new(options.MailsPerHourMax ?? preset.MailsPerHourMax, Hour);
    private readonly SlidingLimit _ofDay = new(options.MailsPerDayMax, TimeSpan.FromHours(24));
    private readonly Dictionary<string, SlidingLimit> _ofTickets = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, string Ticket)> _ticketsOfHour = new();

    /// <summary>Null when the mail may go, which is counted; else what stands in the way and for how long.</summary>
    public Outcome? Take(string ticket)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var ofTicket = OfTicket(ticket, now);
            if (ofTicket.Wait(now) is { } ticketWait)
            {
                return new Outcome.Deferred(
                    new Fault(ReasonCodes.RateLimited, "The ticket got as many mails within an hour as MailsPerTicketAndHourMax allows."), ticketWait);
            }

            if ((_ofHour.Wait(now) ?? _ofDay.Wait(now)) is { } wait)
            {
                return new Outcome.Halted(
                    new Fault(ReasonCodes.QuotaExhausted, "As many mails were sent as MailsPerHourMax or MailsPerDayMax allow."), wait);
            }

            ofTicket.Count(now);
            _ofHour.Count(now);
            _ofDay.Count(now);
            _ofTickets[ticket] = ofTicket;
            _ticketsOfHour.Enqueue((now, ticket));
            return null;
        }
    }

    private SlidingLimit OfTicket(string ticket, DateTimeOffset now)
    {
        while (_ticketsOfHour.TryPeek(out var oldest) && now - oldest.At >= Hour)
        {
            _ticketsOfHour.Dequeue();
            if (_ofTickets.TryGetValue(oldest.Ticket, out var limit) && limit.IsOver(now))
            {
                _ofTickets.Remove(oldest.Ticket);
            }
        }

        return _ofTickets.GetValueOrDefault(ticket) ?? new SlidingLimit(options.MailsPerTicketAndHourMax, Hour);
    }
}
