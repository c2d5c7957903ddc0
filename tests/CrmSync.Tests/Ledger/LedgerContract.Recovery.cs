using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Ledger;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task What_a_dead_worker_was_sending_comes_back_in_doubt_after_the_time_to_settle()
    {
        await AddAsync();
        var delivery = await ClaimOneAsync();
        await BeginAsync(delivery, settle: TimeSpan.FromSeconds(60));

        (await RestartAsync()).ShouldBe(new RecoveryReport(PutInDoubt: 1, Released: 0, Parked: 0));

        (await DeliveryAsync()).Fault!.Reason.ShouldBe(ReasonCodes.WorkerDied);
        (await ClaimAsync()).ShouldBeEmpty();
        Clock.Advance(TimeSpan.FromSeconds(60));
        var probing = await ClaimOneAsync();
        probing.State.ShouldBe(DeliveryState.Probing);
        probing.Ticket.ShouldBe(Ticket);
        (await HistoryAsync()).Attempts.ShouldHaveSingleItem().Outcome.ShouldBe("Died");
    }

    [Fact]
    public async Task What_a_dead_worker_had_only_claimed_is_ready_at_once()
    {
        await AddAsync();
        await ClaimOneAsync();

        (await RestartAsync()).ShouldBe(new RecoveryReport(PutInDoubt: 0, Released: 1, Parked: 0));

        (await ClaimOneAsync()).State.ShouldBe(DeliveryState.Resolving);
    }

    [Fact]
    public async Task What_a_dead_worker_was_probing_is_still_in_doubt_and_that_probe_does_not_count()
    {
        await AddAsync();
        await PutInDoubtAsync();
        await ClaimOneAsync();

        (await RestartAsync()).ShouldBe(new RecoveryReport(PutInDoubt: 1, Released: 0, Parked: 0));

        var probing = await ClaimOneAsync();
        probing.State.ShouldBe(DeliveryState.Probing);
        probing.Probes.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_wakes_up_after_its_time_changes_nothing()
    {
        await AddAsync();
        var old = await ClaimOneAsync();
        await BeginAsync(old);
        await RestartAsync();

        (await SettleAsync(old, new Verdict.Done(Receipt))).ShouldBeFalse();

        (await StateAsync()).ShouldBe(DeliveryState.InDoubt);
    }

    [Fact]
    public async Task A_lease_that_ran_out_while_sending_leaves_doubt()
    {
        await AddAsync();
        await BeginAsync(await ClaimOneAsync(), settle: TimeSpan.FromSeconds(60));

        Clock.Advance(Lease);

        (await ClaimAsync()).ShouldBeEmpty();
        (await StateAsync()).ShouldBe(DeliveryState.InDoubt);
        Clock.Advance(TimeSpan.FromSeconds(60));
        (await ClaimOneAsync()).State.ShouldBe(DeliveryState.Probing);
    }

    [Fact]
    public async Task A_delivery_that_three_workers_died_sending_is_parked()
    {
        await AddAsync();
        for (var life = 1; life <= 2; life++)
        {
            await BeginAsync(await ClaimOneAsync());
            (await RestartAsync()).PutInDoubt.ShouldBe(1);
        }

        await BeginAsync(await ClaimOneAsync());
        (await RestartAsync()).ShouldBe(new RecoveryReport(PutInDoubt: 0, Released: 0, Parked: 1));

        var parked = await DeliveryAsync();
        parked.State.ShouldBe(DeliveryState.Parked);
        parked.Fault!.Reason.ShouldBe(ReasonCodes.CrashLoop);
        (await ClaimAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deaths_with_a_delivery_only_in_hand_say_little_but_do_not_go_on_for_ever()
    {
        await AddAsync();
        for (var life = 1; life < Deaths.Enough; life++)
        {
            await ClaimOneAsync();
            (await RestartAsync()).Released.ShouldBe(1);
        }

        await ClaimOneAsync();
        (await RestartAsync()).Parked.ShouldBe(1);
    }

    [Fact]
    public async Task Deaths_while_a_delivery_was_only_probed_do_not_park_it_as_deaths_while_sending_do()
    {
        await AddAsync();
        await PutInDoubtAsync();
        for (var life = 1; life <= 3; life++)
        {
            await ClaimOneAsync();
            (await RestartAsync()).PutInDoubt.ShouldBe(1);
        }

        (await StateAsync()).ShouldBe(DeliveryState.InDoubt);
    }

    [Fact]
    public async Task Only_one_suspect_is_claimed_at_a_time_so_that_a_deadly_one_takes_no_others_along()
    {
        for (var id = 1; id <= 5; id++)
        {
            await AddAsync(id);
        }

        for (var life = 1; life <= Deaths.Suspect; life++)
        {
            (await ClaimAsync()).Count.ShouldBe(5);
            await RestartAsync();
        }

        await AddAsync(6);

        var claimed = await ClaimAsync();

        claimed.Count(d => d.Lives > 0).ShouldBe(1);
        claimed.ShouldContain(d => d.Session.Id == 6);
    }

    [Fact]
    public async Task What_one_death_left_in_doubt_is_claimed_together()
    {
        for (var id = 1; id <= 5; id++)
        {
            await AddAsync(id);
        }

        foreach (var claimed in await ClaimAsync())
        {
            (await BeginAsync(claimed, new TicketRef("Case", $"case-{claimed.Session.Id}"))).ShouldBeTrue();
        }

        (await RestartAsync()).PutInDoubt.ShouldBe(5);
        Clock.Advance(TimeSpan.FromHours(1));

        (await ClaimAsync()).Count(d => d.Lives > 0).ShouldBe(5);
    }

    [Fact]
    public async Task A_delivery_that_was_settled_is_no_suspect_any_more()
    {
        await AddAsync();
        await ClaimOneAsync();
        await RestartAsync();

        await SettleAsync(await ClaimOneAsync(), Again(), AttemptPhase.Resolve);

        (await ClaimOneAsync()).Lives.ShouldBe(0);
    }

    [Fact]
    public async Task The_installation_keeps_its_name_over_restarts()
    {
        var name = Ledger.Installation;

        await RestartAsync();

        Ledger.Installation.ShouldBe(name);
        name.ShouldMatch("^[a-z0-9]{6}$");
    }

    [Fact]
    public async Task Everything_recorded_is_there_after_a_restart()
    {
        await AddAsync(135);
        await DeliverAsync(await ClaimOneAsync());
        await Ledger.PauseAsync(Crm, Trouble, null, Cancel);
        var before = await HistoryAsync();

        await RestartAsync();

        var after = await HistoryAsync();
        after.Revisions.ShouldBe(before.Revisions);
        after.Deliveries.ShouldBe(before.Deliveries);
        after.Attempts.ShouldBe(before.Attempts);
        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull();
    }
}
