using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Ledger;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task A_claimed_delivery_carries_what_intake_planned()
    {
        await AddAsync(135, lane: "35436", order: 700);

        var delivery = await ClaimOneAsync();

        delivery.Session.ShouldBe(Recorded.Key(135));
        delivery.Revision.ShouldBe(1);
        delivery.Connector.ShouldBe(Crm);
        delivery.Key.ShouldBe(Planned(135).Key);
        delivery.State.ShouldBe(DeliveryState.Resolving);
        delivery.Route.ShouldBe("support");
        delivery.Lane.ShouldBe("35436");
        delivery.Order.ShouldBe(700);
        delivery.Attempts.ShouldBe(1);
        delivery.Token.ShouldBe(1);
        delivery.FirstDueAt.ShouldBe(Clock.GetUtcNow());
        delivery.FirstSentAt.ShouldBeNull();
        delivery.Replaces.ShouldBeNull();
    }

    [Fact]
    public async Task A_claimed_delivery_is_hidden_until_its_lease_ends()
    {
        await AddAsync();

        var first = await ClaimOneAsync();
        (await ClaimAsync()).ShouldBeEmpty();

        Clock.Advance(Lease);
        var second = await ClaimOneAsync();
        second.Token.ShouldBeGreaterThan(first.Token);
        second.Lives.ShouldBe(1);
    }

    [Fact]
    public async Task A_delivery_is_not_claimed_before_it_is_due_or_by_another_connector()
    {
        await RecordAsync(Recorded.Session(135, deliveries: [Planned() with { Wait = TimeSpan.FromMinutes(20) }]));

        (await ClaimAsync()).ShouldBeEmpty();
        Clock.Advance(TimeSpan.FromMinutes(20));
        (await ClaimAsync(connector: "salesforce")).ShouldBeEmpty();
        (await ClaimAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_claim_takes_no_more_than_asked_for_and_the_longest_due_first()
    {
        foreach (var id in new[] { 3, 1, 2 })
        {
            await AddAsync(id);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await ClaimAsync(most: 2)).Select(d => d.Session.Id).ShouldBe([3, 1]);
        (await ClaimAsync(most: 2)).Select(d => d.Session.Id).ShouldBe([2]);
    }

    [Fact]
    public async Task Only_the_first_of_a_lane_is_claimed_and_the_next_when_it_ended()
    {
        await AddAsync(136, lane: "35436", order: 800);
        await AddAsync(135, lane: "35436", order: 700);
        await AddAsync(137, lane: "35437", order: 900);

        var claimed = await ClaimAsync();
        claimed.Select(d => d.Session.Id).ShouldBe([135, 137], ignoreOrder: true);
        (await ClaimAsync()).ShouldBeEmpty();

        await DeliverAsync(claimed.Single(d => d.Session.Id == 135));
        (await ClaimOneAsync()).Session.Id.ShouldBe(136);
    }

    [Fact]
    public async Task A_first_of_its_lane_that_must_wait_holds_the_others_up()
    {
        await AddAsync(135, lane: "35436", order: 700);
        await AddAsync(136, lane: "35436", order: 800);
        await SettleAsync(await ClaimOneAsync(), Again(TimeSpan.FromHours(1)), AttemptPhase.Resolve);

        (await ClaimAsync()).ShouldBeEmpty();

        Clock.Advance(TimeSpan.FromHours(1));
        (await ClaimOneAsync()).Session.Id.ShouldBe(135);
    }

    [Fact]
    public async Task A_parked_delivery_holds_its_lane_up_for_15_minutes_and_no_longer()
    {
        await AddAsync(135, lane: "35436", order: 700);
        await AddAsync(136, lane: "35436", order: 800);
        await SettleAsync(await ClaimOneAsync(), new Verdict.Park(Trouble), AttemptPhase.Resolve);

        Clock.Advance(TimeSpan.FromMinutes(14));
        (await ClaimAsync()).ShouldBeEmpty();

        Clock.Advance(TimeSpan.FromMinutes(1));
        (await ClaimOneAsync()).Session.Id.ShouldBe(136);
    }

    [Fact]
    public async Task The_lanes_of_two_connectors_are_apart()
    {
        await AddAsync(135, lane: "35436");
        await AddAsync(136, lane: "35436", connector: "salesforce");

        (await ClaimAsync()).Count.ShouldBe(1);
        (await ClaimAsync(connector: "salesforce")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Revisions_that_end_in_another_order_than_they_came_never_wait_for_each_other()
    {
        await AddAsync(1, lane: "A", order: 700);
        var first = await ClaimOneAsync();
        await BeginAsync(first, new TicketRef("ticket", "A"));
        await SettleAsync(first, Again(inDoubt: true));
        await AddAsync(2, lane: "A", order: 600);
        await RecordAsync(Recorded.Session(1, follows: 1, deliveries: [Planned(1, lane: "A", order: 500)]));

        var order = new List<(long, int)>();
        while (await ClaimAsync() is [var delivery])
        {
            order.Add((delivery.Session.Id, delivery.Revision));
            await BeginAsync(delivery, new TicketRef("ticket", "A"));
            await SettleAsync(delivery, new Verdict.Done(Receipt));
        }

        order.ShouldBe([(2, 1), (1, 1), (1, 2)]);
    }

    [Fact]
    public async Task A_paused_connector_claims_nothing_until_the_pause_ends()
    {
        await AddAsync();
        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromMinutes(5), Cancel);

        (await ClaimAsync()).ShouldBeEmpty();
        var pause = (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull();
        pause.ShouldBe(new ConnectorPause(Crm, Trouble, Clock.GetUtcNow(), Clock.GetUtcNow().AddMinutes(5)));
        (await Ledger.NextDueAsync(Crm, Cancel)).ShouldBe(Clock.GetUtcNow().AddMinutes(5));

        Clock.Advance(TimeSpan.FromMinutes(5));
        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldBeNull();
        (await ClaimAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_without_an_end_lasts_until_somebody_resumes()
    {
        await AddAsync();
        await Ledger.PauseAsync(Crm, Trouble, null, Cancel);

        Clock.Advance(TimeSpan.FromDays(30));
        (await ClaimAsync()).ShouldBeEmpty();
        (await Ledger.NextDueAsync(Crm, Cancel)).ShouldBeNull();

        await Ledger.ResumeAsync(Crm, Cancel);
        (await ClaimAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_next_due_time_is_that_of_what_could_be_claimed_then()
    {
        (await Ledger.NextDueAsync(Crm, Cancel)).ShouldBeNull();

        await AddAsync(135, lane: "35436", order: 700);
        await AddAsync(136, lane: "35436", order: 800);
        await SettleAsync(await ClaimOneAsync(), Again(TimeSpan.FromHours(1)), AttemptPhase.Resolve);

        (await Ledger.NextDueAsync(Crm, Cancel)).ShouldBe(Clock.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task Many_claims_at_once_never_take_a_delivery_twice()
    {
        for (var id = 1; id <= 60; id++)
        {
            await AddAsync(id, lane: $"lane {id % 30}", order: id);
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ClaimAsync(most: 10), Cancel)));

        var claimed = claims.SelectMany(c => c).ToList();
        claimed.Count.ShouldBe(30);
        claimed.Select(d => d.Lane).Distinct(StringComparer.Ordinal).Count().ShouldBe(30);
    }

    [Fact]
    public async Task Trouble_that_follows_trouble_is_one_with_one_beginning()
    {
        var began = Clock.GetUtcNow();
        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromMinutes(5), Cancel);
        Clock.Advance(TimeSpan.FromMinutes(6));
        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldBeNull();
        (await Ledger.TroubleOfAsync(Crm, Cancel)).ShouldNotBeNull().Since.ShouldBe(began);

        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromMinutes(5), Cancel);

        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull().Since.ShouldBe(began);
    }

    [Fact]
    public async Task Trouble_that_was_got_over_or_is_long_past_is_forgotten()
    {
        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromMinutes(5), Cancel);
        await Ledger.ForgetTroubleAsync(Crm, Cancel);
        (await Ledger.TroubleOfAsync(Crm, Cancel)).ShouldBeNull();

        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromMinutes(5), Cancel);
        Clock.Advance(TimeSpan.FromMinutes(5) + IDeliveryLedger.TroubleLasts);
        (await Ledger.TroubleOfAsync(Crm, Cancel)).ShouldBeNull();
        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromMinutes(5), Cancel);
        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull().Since.ShouldBe(Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_persons_pause_is_neither_cut_short_by_trouble_nor_ended_by_success()
    {
        await Ledger.PauseAsync(Crm, Trouble, null, Cancel);

        await Ledger.PauseAsync(Crm, Trouble, TimeSpan.FromSeconds(5), Cancel);
        await Ledger.ForgetTroubleAsync(Crm, Cancel);

        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull().Until.ShouldBeNull();
    }
}
