using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Ledger;

namespace CrmSync.Tests.Ledger;

/// <content>A ledger that came back from a backup does not know what was delivered since.</content>
public abstract partial class LedgerContract
{
    protected abstract LedgerOptions Options { get; }

    [Fact]
    public async Task After_a_restore_what_waits_is_in_doubt_and_what_was_delivered_stays_so()
    {
        await AddAsync(1, lane: "1");
        await DeliverAsync(await ClaimOneAsync());
        await AddAsync(2, lane: "2");
        await BeginAsync(await ClaimOneAsync(), new TicketRef("ticket", "2"));
        await AddAsync(3, lane: "3");

        (await ReconcileAsync()).ShouldBe(2);

        (await StateAsync(1)).ShouldBe(DeliveryState.Delivered);
        var claimed = await ClaimAsync();
        claimed.Select(d => d.Session.Id).ShouldBe([2, 3], ignoreOrder: true);
        claimed.ShouldAllBe(d => d.State == DeliveryState.Probing && d.MayHaveArrived && d.Fault!.Reason == ReasonCodes.LedgerRestored);
        (await HistoryAsync(2)).Attempts.ShouldHaveSingleItem().Outcome.ShouldBe("Died");
    }

    [Fact]
    public async Task After_a_restore_what_a_person_brings_back_is_asked_after()
    {
        await AddAsync(1);
        await SettleAsync(await ClaimOneAsync(), new Verdict.Park(Trouble), AttemptPhase.Resolve);
        await ReconcileAsync();
        (await StateAsync(1)).ShouldBe(DeliveryState.Parked);

        await Ledger.RetryAsync(new DeliveryFilter(Session: Recorded.Key(1)), "ana", Cancel);

        (await ClaimOneAsync()).State.ShouldBe(DeliveryState.Probing);
    }

    [Fact]
    public async Task A_session_that_ended_before_the_restore_and_is_found_afterwards_is_asked_after_one_that_ended_later_is_not()
    {
        await ReconcileAsync();
        var later = Recorded.Session(2, deliveries: [Planned(2)]);
        later = later with { Revision = later.Revision! with { Facts = later.Revision.Facts with { EndedAt = Clock.GetUtcNow().AddMinutes(1) } } };

        await AddAsync(1);
        await RecordAsync(later);

        var claimed = await ClaimAsync();
        claimed.Single(d => d.Session.Id == 1).State.ShouldBe(DeliveryState.Probing);
        claimed.Single(d => d.Session.Id == 2).State.ShouldBe(DeliveryState.Resolving);
    }

    [Fact]
    public async Task A_ledger_in_use_is_not_reconciled()
    {
        (await Should.ThrowAsync<LedgerException>(async () =>
        {
            await using var upkeep = await LedgerUpkeep.OpenAsync(Options, Clock, Cancel);
            await upkeep.ReconcileAsync(Cancel);
        })).Message.ShouldContain("in use by");
    }

    [Fact]
    public async Task A_check_says_what_a_ledger_holds_and_finds_nothing_wrong_with_a_sound_one()
    {
        await AddAsync(1);
        var installation = Ledger.Installation;

        var found = await ((ILedgerUpkeep)Ledger).CheckUpAsync(Cancel);

        found.Installation.ShouldBe(installation);
        found.Sessions.ShouldBe(1);
        found.Schema.ShouldBePositive();
        found.Counts.ShouldBe([new StateCount(Crm, DeliveryState.Ready, 1)]);
        found.Troubles.ShouldBeEmpty();
    }

    /// <summary>Nobody uses the ledger; it was restored; the worker starts again.</summary>
    private async Task<int> ReconcileAsync()
    {
        await StopAsync();
        int doubted;
        await using (var upkeep = await LedgerUpkeep.OpenAsync(Options, Clock, Cancel))
        {
            doubted = await upkeep.ReconcileAsync(Cancel);
        }

        await RestartAsync();
        return doubted;
    }
}
