using CrmSync.Alerts;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Deliveries;

/// <summary>A CRM that is away for eight hours while a long queue waits, and then takes so many a minute, all in virtual time on a real ledger.</summary>
public sealed class OutageTests : RoundTest
{
    private const string Heading =
        "| waiting | calls in 8 hours | attempts spent, at most | alerts | minutes to drain | at the CRM's limit it takes | told to slow down | lost | twice | out of order |";

    private const int SessionsPerTicket = 5;
    private const int NotesPerMinute = 400;

    /// <summary>Once every five minutes makes 96 in eight hours; the first minutes and the first batches come on top.</summary>
    private const int CallsMax = 120;

    private static readonly TimeSpan Away = TimeSpan.FromHours(8);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly AlertBoard _board = new();
    private bool _isAway = true;
    private DateTimeOffset _minuteBegan;
    private int _inThisMinute;
    private int _slowDowns;
    private int _alerts;

    [Fact]
    public async Task Eight_hours_cost_a_call_now_and_then_and_no_attempt_and_then_the_queue_drains_in_order_at_the_allowed_rate()
    {
        var report = await OutageAsync(500, isCharged: false);

        report.ShouldKeepTheGoals();
    }

    /// <summary>Each failure is put down to the delivery that met it, as a queue without a breaker does.</summary>
    [Fact]
    public async Task Without_the_protection_the_same_outage_costs_attempts_and_calls()
    {
        var report = await OutageAsync(100, isCharged: true);

        report.Calls.ShouldBeGreaterThan(CallsMax);
        report.AttemptsMax.ShouldBeGreaterThan(10);
    }

    [Fact(Explicit = true)]
    public async Task Eight_hours_with_a_queue_of_fifty_thousand()
    {
        var report = await OutageAsync(LongForm.SessionsOr(50_000), isCharged: false);
        LongForm.Report("outage", Heading, report.Row);

        report.ShouldKeepTheGoals();
    }

    /// <param name="isCharged">Every failed call spends an attempt of its delivery, and says nothing about the connector.</param>
    private async Task<OutageReport> OutageAsync(int deliveries, bool isCharged)
    {
        var tickets = deliveries / SessionsPerTicket;
        foreach (var ids in Enumerable.Range(1, deliveries).Chunk(100))
        {
            await AddAsync([.. ids.Select(id => Recorded(id, ticket: $"{1 + (id % tickets)}", endedMinutesAgo: 60 + ((deliveries - id) / tickets)))]);
        }

        Remote.Traits = Some.Traits with { BatchMax = 1, ClaimMax = 10, ConcurrencyMax = 4 };
        Remote.Deliver = _ => Answer(isCharged);
        var round = Round();
        await LiveAsync(round, until: Clock.GetUtcNow() + Away);
        var calls = Remote.Sent.Count;

        _isAway = false;
        var back = Clock.GetUtcNow();
        await LiveAsync(round, until: DateTimeOffset.MaxValue);
        return await ReportAsync(deliveries, calls, Clock.GetUtcNow() - back);
    }

    private Outcome Answer(bool isCharged)
    {
        if (_isAway)
        {
            return new Outcome.Deferred(new Fault(ReasonCodes.CrmUnreachable, "No connection."), SpendsAttempt: isCharged);
        }

        var now = Clock.GetUtcNow();
        if (now - _minuteBegan >= Minute)
        {
            (_minuteBegan, _inThisMinute) = (now, 0);
        }

        if (++_inThisMinute <= NotesPerMinute)
        {
            return new Outcome.Delivered(Some.Receipt);
        }

        _slowDowns++;
        return new Outcome.Deferred(new Fault(ReasonCodes.RateLimited, "Too many.", "429"), _minuteBegan + Minute - now, SpendsAttempt: false);
    }

    /// <summary>Rounds run when something is due, alerts are looked after every minute, until that time or until nothing is left to do.</summary>
    private async Task LiveAsync(DeliveryRound round, DateTimeOffset until)
    {
        while (Clock.GetUtcNow() < until && await Ledger.NextDueAsync(Crm, Cancel) is { } due)
        {
            if (due <= Clock.GetUtcNow())
            {
                await round.RunAsync(Remote, Cancel);
            }
            else
            {
                var next = Clock.GetUtcNow() + Minute;
                Clock.SetUtcNow(due < next ? due : next);
                await AlertAsync();
            }
        }
    }

    private async Task AlertAsync()
    {
        var trouble = await Ledger.TroubleOfAsync(Crm, Cancel);
        var facts = new AlertFacts(await Ledger.SummarizeAsync(Cancel), trouble is null ? [] : [trouble], await Ledger.HealthAsync(Cancel), NewestQuarantined: null);
        _alerts += _board.Update(AlertRules.Evaluate(facts, new AlertOptions(), _board.Since, Clock.GetUtcNow())).Count(news => !news.IsOver);
    }

    private async Task<OutageReport> ReportAsync(int deliveries, int calls, TimeSpan drained)
    {
        const int Page = 500;
        var all = new List<Delivery>();
        while (await Ledger.ListAsync(new DeliveryFilter(), all.Count, Page, Cancel) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        // What the CRM took: the last that was sent of a delivery.
        var arrived = Remote.Sent.Skip(calls).GroupBy(parcel => parcel.Delivery.Id).Select(sent => sent.Last()).ToList();
        return new OutageReport(
            deliveries,
            calls,
            all.Max(delivery => delivery.Attempts),
            _alerts,
            drained,
            TimeSpan.FromMinutes((double)deliveries / NotesPerMinute),
            _slowDowns,
            Lost: deliveries - all.Count(delivery => delivery.State is DeliveryState.Delivered),
            Twice: Remote.Sent.Count - calls - _slowDowns - arrived.Count,
            OutOfOrder: arrived.GroupBy(parcel => parcel.Ticket.Lane).Sum(OutOfOrder));
    }

    private static int OutOfOrder(IEnumerable<Parcel> ofTicket)
    {
        var orders = ofTicket.Select(parcel => parcel.Delivery.Order).ToList();
        return orders.Zip(orders.Skip(1)).Count(pair => pair.First > pair.Second);
    }

    private sealed record OutageReport(
        int Deliveries, int Calls, int AttemptsMax, int Alerts, TimeSpan Drained, TimeSpan AtTheLimit, int SlowDowns, int Lost, int Twice, int OutOfOrder)
    {
        public string Row => FormattableString.Invariant(
            $"| {Deliveries} | {Calls} | {AttemptsMax} | {Alerts} | {Drained.TotalMinutes:0} | {AtTheLimit.TotalMinutes:0} | {SlowDowns} | {Lost} | {Twice} | {OutOfOrder} |");

        public void ShouldKeepTheGoals()
        {
            Calls.ShouldBeLessThan(CallsMax);
            AttemptsMax.ShouldBe(1);
            (Lost, Twice, OutOfOrder).ShouldBe((0, 0, 0));
            SlowDowns.ShouldBeLessThan(Math.Max(4, Deliveries / 50));
            Drained.ShouldBeLessThan(AtTheLimit + TimeSpan.FromMinutes(6), "a pause, and a minute that had begun");
        }
    }
}
