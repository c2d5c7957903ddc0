using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Ledger;

public abstract partial class LedgerContract
{
    private static readonly DeliveryFilter All = new();

    [Fact]
    public async Task A_retried_delivery_starts_afresh_and_now()
    {
        await AddAsync();
        await SettleAsync(await ClaimOneAsync(), new Verdict.GiveUp(Trouble), AttemptPhase.Resolve);
        Clock.Advance(TimeSpan.FromDays(1));

        (await Ledger.RetryAsync(All, "ana", Cancel)).ShouldBe(1);

        var delivery = await ClaimOneAsync();
        delivery.FirstDueAt.ShouldBe(Clock.GetUtcNow());
        delivery.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task A_retried_delivery_that_may_have_arrived_is_probed_first()
    {
        await AddAsync();
        await PutInDoubtAsync();
        await SettleAsync(await ClaimOneAsync(), new Verdict.Park(Trouble), AttemptPhase.Probe);

        (await Ledger.RetryAsync(All, "ana", Cancel)).ShouldBe(1);

        (await ClaimOneAsync()).State.ShouldBe(DeliveryState.Probing);
    }

    [Fact]
    public async Task A_person_who_retries_what_was_held_in_doubt_has_looked_so_it_is_sent()
    {
        await AddAsync();
        await PutInDoubtAsync();
        await SettleAsync(await ClaimOneAsync(), new Verdict.Park(new Fault(ReasonCodes.HeldInDoubt, "Nobody can tell.")), AttemptPhase.Probe);

        (await Ledger.RetryAsync(All, "ana", Cancel)).ShouldBe(1);

        (await ClaimOneAsync()).State.ShouldBe(DeliveryState.Resolving);
    }

    [Fact]
    public async Task Nothing_that_was_delivered_or_superseded_is_retried()
    {
        await AddAsync(135);
        await RecordAsync(Recorded.Session(135, follows: 1, deliveries: [Planned(135)]));
        await DeliverAsync(await ClaimOneAsync());

        (await Ledger.RetryAsync(All, "ana", Cancel)).ShouldBe(0);
        (await Ledger.CancelAsync(All, "ana", Cancel)).ShouldBe(0);

        (await ClaimAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_older_revision_is_not_brought_back_behind_a_newer_one()
    {
        await AddAsync(135);
        await Ledger.CancelAsync(All, "ana", Cancel);
        await RecordAsync(Recorded.Session(135, follows: 1, deliveries: [Planned(135)]));
        await DeliverAsync(await ClaimOneAsync());

        (await Ledger.RetryAsync(All, "ana", Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task A_parked_delivery_waits_for_a_person()
    {
        await AddAsync();

        (await Ledger.ParkAsync(All, "ana", Cancel)).ShouldBe(1);

        Clock.Advance(TimeSpan.FromDays(1));
        (await ClaimAsync()).ShouldBeEmpty();
        var parked = await DeliveryAsync();
        parked.Fault.ShouldBe(new Fault(ReasonCodes.ParkedByPerson, "Parked by ana."));
    }

    [Fact]
    public async Task A_cancelled_delivery_is_not_sent_even_when_a_worker_had_claimed_it()
    {
        await AddAsync();
        var claimed = await ClaimOneAsync();

        (await Ledger.CancelAsync(All, "ana", Cancel)).ShouldBe(1);

        (await BeginAsync(claimed)).ShouldBeFalse();
        (await StateAsync()).ShouldBe(DeliveryState.Cancelled);
    }

    [Fact]
    public async Task One_that_is_being_sent_is_neither_cancelled_nor_parked()
    {
        await AddAsync();
        await BeginAsync(await ClaimOneAsync());

        (await Ledger.CancelAsync(All, "ana", Cancel)).ShouldBe(0);
        (await Ledger.ParkAsync(All, "ana", Cancel)).ShouldBe(0);

        (await StateAsync()).ShouldBe(DeliveryState.Sending);
    }

    [Fact]
    public async Task An_action_touches_only_what_its_filter_names()
    {
        await AddAsync(135);
        await AddAsync(136, connector: "salesforce");
        Clock.Advance(TimeSpan.FromHours(1));
        await AddAsync(137);

        (await Ledger.ParkAsync(new DeliveryFilter(Crm, DeliveryState.Ready, Since: Clock.GetUtcNow()), "ana", Cancel)).ShouldBe(1);
        (await Ledger.ParkAsync(new DeliveryFilter(Session: Recorded.Key(136)), "ana", Cancel)).ShouldBe(1);
        (await Ledger.RetryAsync(new DeliveryFilter(Reason: "NO_TICKET"), "ana", Cancel)).ShouldBe(0);

        (await StateAsync(135)).ShouldBe(DeliveryState.Ready);
        (await StateAsync(136)).ShouldBe(DeliveryState.Parked);
        (await StateAsync(137)).ShouldBe(DeliveryState.Parked);
    }

    [Fact]
    public async Task A_delivery_without_a_ticket_goes_to_the_one_that_a_person_names()
    {
        await AddAsync();
        await SettleAsync(await ClaimOneAsync(), new Verdict.Park(new Fault(ReasonCodes.NoTicket, "There is none.")), AttemptPhase.Resolve);
        Clock.Advance(TimeSpan.FromDays(1));

        (await Ledger.SetTicketAsync(new DeliveryFilter(Id: (await DeliveryAsync()).Id), "41877", "ana", Cancel)).ShouldBe(1);

        var delivery = await ClaimOneAsync();
        delivery.State.ShouldBe(DeliveryState.Resolving);
        delivery.TicketByHand.ShouldBe("41877");
        delivery.FirstDueAt.ShouldBe(Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_later_revision_goes_to_the_ticket_that_a_person_gave_the_earlier_one()
    {
        await AddAsync();
        await Ledger.SetTicketAsync(All, "41877", "ana", Cancel);
        await DeliverAsync(await ClaimOneAsync());

        await RecordAsync(Recorded.Session(135, follows: 1, deliveries: [Planned(135)]));

        (await ClaimOneAsync()).TicketByHand.ShouldBe("41877");
    }

    [Fact]
    public async Task Nobody_moves_what_was_delivered_or_may_have_arrived_to_another_ticket()
    {
        await AddAsync(135);
        await DeliverAsync(await ClaimOneAsync());
        await AddAsync(136);
        await PutInDoubtAsync();

        (await Ledger.SetTicketAsync(All, "41877", "ana", Cancel)).ShouldBe(0);

        (await DeliveryAsync(136)).TicketByHand.ShouldBeNull();
    }
}
