using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Deliveries;

/// <summary>A connector that is in trouble as a whole: what it costs, how it ends, what a restart remembers.</summary>
public sealed class ConnectorTroubleTests : RoundTest
{
    private static readonly Outcome Down = new Outcome.Deferred(new Fault(ReasonCodes.CrmUnreachable, "No connection."), SpendsAttempt: false);
    private static readonly Outcome Fine = new Outcome.Delivered(Some.Receipt);

    [Fact]
    public async Task While_an_outage_lasts_one_delivery_at_a_time_finds_out_whether_it_is_over()
    {
        await AddManyAsync(30);
        Remote.Traits = Some.Traits with { ConcurrencyMax = 4 };
        Remote.Deliver = _ => Down;
        await RunAsync();
        var before = Remote.Sent.Count;

        await AfterPauseAsync();
        (Remote.Sent.Count - before).ShouldBe(1);
        await AfterPauseAsync();

        (Remote.Sent.Count - before).ShouldBe(2);
    }

    [Fact]
    public async Task A_restart_neither_forgets_an_outage_nor_shortens_its_pauses()
    {
        await AddManyAsync(3);
        Remote.Deliver = _ => Down;
        await RunAsync();
        for (var pause = 0; pause < 4; pause++)
        {
            await AfterPauseAsync();
        }

        var before = (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull();
        await RestartAsync();
        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldBe(before);
        await AfterPauseAsync();

        var after = (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull();
        after.Since.ShouldBe(before.Since);
        (after.Until - Clock.GetUtcNow()).ShouldBe(before.Until - before.Since);
    }

    [Fact]
    public async Task Credentials_that_stay_bad_are_tried_less_and_less_often()
    {
        await AddManyAsync(1);
        Remote.Deliver = _ => new Outcome.Halted(new Fault(ReasonCodes.AuthFailed, "The secret is not accepted."));
        await RunAsync();
        var pauses = new List<double>();
        for (var pause = 0; pause < 6; pause++)
        {
            await AfterPauseAsync();
            pauses.Add(((await Ledger.PauseOfAsync(Crm, Cancel))!.Until! - Clock.GetUtcNow()).Value.TotalMinutes);
        }

        pauses.ShouldBe([5, 10, 20, 40, 60, 60]);
        (await OneAsync(1)).Attempts.ShouldBe(0);
    }

    [Fact]
    public async Task Success_ends_the_trouble_and_the_next_one_begins_anew()
    {
        await AddManyAsync(1);
        Remote.Deliver = _ => Down;
        await RunAsync();
        Remote.Deliver = _ => Fine;
        await AfterPauseAsync();

        (await Ledger.TroubleOfAsync(Crm, Cancel)).ShouldBeNull();
        await AddAsync(100, ticket: "100");
        Remote.Deliver = _ => Down;
        await RunAsync();
        (await Ledger.PauseOfAsync(Crm, Cancel))!.Since.ShouldBe(Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_CRM_that_cannot_be_asked_about_doubts_pauses_the_connector_too()
    {
        await AddManyAsync(1);
        Remote.Deliver = _ => new Outcome.InDoubt(Some.Fault);
        Remote.Probe = _ => new ProbeAnswer.CannotTell(new Fault(ReasonCodes.CrmUnreachable, "No connection."));
        await RunAsync();
        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldBeNull("one lost answer may be chance");

        Clock.Advance(Remote.Traits.Settle);
        await RunAsync();

        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull();
        (await OneAsync(1)).State.ShouldBe(DeliveryState.InDoubt);
    }
    /// <summary>Lets the pause run out, and the next round go.</summary>
    private async Task AfterPauseAsync()
    {
        var pause = (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull();
        var due = await Ledger.NextDueAsync(Crm, Cancel);
        Clock.Advance((due > pause.Until ? due : pause.Until)!.Value - Clock.GetUtcNow());
        await RunAsync();
    }
}
