using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Ledger;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task An_attempt_is_on_record_before_it_is_sent()
    {
        await AddAsync();
        var delivery = await ClaimOneAsync();

        (await BeginAsync(delivery)).ShouldBeTrue();

        var sending = await DeliveryAsync();
        sending.State.ShouldBe(DeliveryState.Sending);
        sending.Ticket.ShouldBe(Ticket);
        sending.Lane.ShouldBe(Ticket.Lane);
        sending.FirstSentAt.ShouldBe(Clock.GetUtcNow());
        (await HistoryAsync()).Attempts.ShouldHaveSingleItem()
            .ShouldBe(new AttemptRow(delivery.Id, 1, AttemptPhase.Send, Clock.GetUtcNow(), null, null, null));
    }

    [Fact]
    public async Task A_delivered_one_keeps_its_receipt_and_is_never_claimed_again()
    {
        await AddAsync();
        await DeliverAsync(await ClaimOneAsync());
        Clock.Advance(TimeSpan.FromDays(3));

        (await ClaimAsync()).ShouldBeEmpty();
        var delivered = await DeliveryAsync();
        delivered.State.ShouldBe(DeliveryState.Delivered);
        delivered.Receipt.ShouldBe(Receipt);
        delivered.DeliveredAt.ShouldNotBeNull();
        delivered.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_deferred_one_is_ready_again_at_its_time_with_the_reason()
    {
        await AddAsync();
        var delivery = await ClaimOneAsync();
        await BeginAsync(delivery);

        await SettleAsync(delivery, Again(TimeSpan.FromSeconds(30)), outcome: "Deferred");

        var deferred = await DeliveryAsync();
        deferred.State.ShouldBe(DeliveryState.Ready);
        deferred.DueAt.ShouldBe(Clock.GetUtcNow().AddSeconds(30));
        deferred.Fault.ShouldBe(Trouble);
        deferred.Attempts.ShouldBe(1);
        var attempt = (await HistoryAsync()).Attempts.ShouldHaveSingleItem();
        attempt.Outcome.ShouldBe("Deferred");
        attempt.Fault.ShouldBe(Trouble);
    }

    [Fact]
    public async Task An_outage_spends_no_attempt()
    {
        await AddAsync();
        var delivery = await ClaimOneAsync();
        await BeginAsync(delivery);

        await SettleAsync(delivery, Again(spends: false));

        (await DeliveryAsync()).Attempts.ShouldBe(0);
    }

    [Fact]
    public async Task One_in_doubt_is_probed_then_sent_again_as_a_new_attempt()
    {
        await AddAsync();
        await PutInDoubtAsync();

        var probing = await ClaimOneAsync();
        probing.State.ShouldBe(DeliveryState.Probing);
        probing.MayHaveArrived.ShouldBeTrue();
        probing.Probes.ShouldBe(1);
        probing.Attempts.ShouldBe(1);

        (await BeginAsync(probing)).ShouldBeTrue();
        var sending = await DeliveryAsync();
        sending.State.ShouldBe(DeliveryState.Sending);
        sending.Attempts.ShouldBe(2);
        sending.Probes.ShouldBe(0);
        (await HistoryAsync()).Attempts.Select(a => (a.Number, a.Phase)).ShouldBe([(1, AttemptPhase.Send), (2, AttemptPhase.Send)]);
    }

    [Fact]
    public async Task A_probe_that_could_not_tell_keeps_the_doubt_and_spends_no_attempt()
    {
        await AddAsync();
        await PutInDoubtAsync();

        await SettleAsync(await ClaimOneAsync(), Again(inDoubt: true, spends: false), AttemptPhase.Probe, "CannotTell");

        var delivery = await DeliveryAsync();
        delivery.State.ShouldBe(DeliveryState.InDoubt);
        delivery.Attempts.ShouldBe(1);
        (await ClaimOneAsync()).Probes.ShouldBe(2);
    }

    [Fact]
    public async Task A_stale_token_changes_nothing_and_is_told_so()
    {
        await AddAsync();
        var old = await ClaimOneAsync();
        Clock.Advance(Lease);
        var current = await ClaimOneAsync();

        (await BeginAsync(old)).ShouldBeFalse();
        (await SettleAsync(old, new Verdict.Done(Receipt))).ShouldBeFalse();

        (await DeliveryAsync()).ShouldBe(current);
        (await HistoryAsync()).Attempts.ShouldBeEmpty();
        (await BeginAsync(current)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_settled_delivery_cannot_be_settled_again()
    {
        await AddAsync();
        var delivery = await ClaimOneAsync();
        await DeliverAsync(delivery);

        (await SettleAsync(delivery, new Verdict.Park(Trouble))).ShouldBeFalse();

        (await StateAsync()).ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task Two_deliveries_that_turn_out_to_go_to_one_record_go_one_after_another()
    {
        await AddAsync(135, lane: "CASE-1", order: 700);
        await AddAsync(136, lane: "500A", order: 600);
        var (first, second) = await ClaimAsync() is [var a, var b] ? (a, b) : throw new InvalidOperationException("Two lanes, two claims.");

        var begun = await Ledger.BeginAsync(
            [new AttemptStart(first.Id, first.Token, Ticket, default), new AttemptStart(second.Id, second.Token, Ticket, default)], Cancel);

        begun.ShouldBe([first.Id]);
        var waiting = await DeliveryAsync(second.Session.Id);
        waiting.State.ShouldBe(DeliveryState.Ready);
        waiting.Lane.ShouldBe(Ticket.Lane);
        waiting.Attempts.ShouldBe(0);
        waiting.Fault!.Reason.ShouldBe(ReasonCodes.WaitsForLane);
        (await ClaimAsync()).ShouldBeEmpty();

        await SettleAsync(first, new Verdict.Done(Receipt));
        (await ClaimOneAsync()).Id.ShouldBe(second.Id);
    }

    [Fact]
    public async Task A_resolution_that_failed_is_an_attempt_of_its_own()
    {
        await AddAsync();
        var delivery = await ClaimOneAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        await SettleAsync(delivery, new Verdict.Skip(Trouble), AttemptPhase.Resolve, "NotExpected");

        (await StateAsync()).ShouldBe(DeliveryState.Skipped);
        (await HistoryAsync()).Attempts.ShouldHaveSingleItem().ShouldBe(new AttemptRow(
            delivery.Id, 1, AttemptPhase.Resolve, Clock.GetUtcNow().AddMilliseconds(-120), Clock.GetUtcNow(), "NotExpected", Trouble));
    }

    [Fact]
    public async Task A_diverted_delivery_ends_and_the_fallback_gets_the_same_revision()
    {
        await AddAsync();
        var delivery = await ClaimOneAsync();

        await SettleAsync(delivery, new Verdict.Divert(Trouble, Planned(connector: "mailbox")), AttemptPhase.Resolve);

        var fallback = (await ClaimAsync(connector: "mailbox")).ShouldHaveSingleItem();
        fallback.Session.ShouldBe(delivery.Session);
        fallback.Revision.ShouldBe(delivery.Revision);
        (await HistoryAsync()).Deliveries.Single(d => d.Connector == Crm).State.ShouldBe(DeliveryState.Skipped);
    }

    [Fact]
    public async Task Every_verdict_leads_to_its_state()
    {
        (Verdict Verdict, DeliveryState State)[] expected =
        [
            (new Verdict.Done(Receipt), DeliveryState.Delivered),
            (Again(), DeliveryState.Ready),
            (Again(inDoubt: true), DeliveryState.InDoubt),
            (new Verdict.Park(Trouble), DeliveryState.Parked),
            (new Verdict.Skip(Trouble), DeliveryState.Skipped),
            (new Verdict.Divert(Trouble, Planned(connector: "mailbox")), DeliveryState.Skipped),
            (new Verdict.GiveUp(Trouble), DeliveryState.Failed),
        ];

        for (var id = 0; id < expected.Length; id++)
        {
            await AddAsync(id + 1);
            var delivery = await ClaimOneAsync();
            await BeginAsync(delivery, new TicketRef("ticket", $"{id}"));
            await SettleAsync(delivery, expected[id].Verdict);
            (await HistoryAsync(id + 1)).Deliveries.Single(d => d.Connector == Crm).State.ShouldBe(expected[id].State);
            await Ledger.CancelAsync(new DeliveryFilter(Session: Recorded.Key(id + 1)), "test", Cancel);
        }

        typeof(Verdict).GetNestedTypes().Length.ShouldBe(expected.Select(e => e.Verdict.GetType()).Distinct().Count());
    }
}
