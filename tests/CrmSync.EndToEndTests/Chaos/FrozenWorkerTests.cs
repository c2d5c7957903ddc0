using CrmSync.EndToEndTests.Support;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A worker that stands still in the middle of a call, and goes on when others have long taken over.</summary>
public sealed class FrozenWorkerTests
{
    private const int Seed = 20260307;
    private const int Sessions = 30;

    private static readonly TimeSpan AnswersTake = TimeSpan.FromSeconds(3);

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task What_a_frozen_worker_held_is_delivered_once_by_another_and_its_late_word_is_refused(string crm)
    {
        var tally = await FreezeAsync(new StagePlan(crm, TestLedger.Postgres, Seed, Sessions));

        tally.IsExact.ShouldBeTrue(tally.ToString());
    }

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Without_the_protection_a_frozen_worker_leaves_second_notes(string crm)
    {
        var tally = await FreezeAsync(new StagePlan(crm, TestLedger.Postgres, Seed, Sessions, Guarded: false));

        tally.Twice.ShouldBePositive(tally.ToString());
    }

    [Fact]
    public async Task On_SQLite_nobody_else_may_work_meanwhile_and_it_goes_on_where_it_stood()
    {
        await using var stage = await Stage.BuildAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, Seed, Sessions));
        stage.Crm.Delay(AnswersTake);
        await using var worker = await stage.StartAsync();
        await Eventually.TrueAsync("a note", () => stage.Crm.Host.Requests.Held > 0, () => worker.Story);
        worker.Freeze();
        stage.Crm.Host.Faults.Clear();

        await using var second = stage.Launch(number: 2);
        (await second.ExitAsync()).ShouldNotBe(0);
        second.Errors.ShouldContain("in use by process");
        worker.Thaw();
        await stage.RestAsync(worker);

        var tally = await stage.TallyAsync();
        tally.IsExact.ShouldBeTrue(tally.ToString());
    }

    private static async Task<Tally> FreezeAsync(StagePlan plan)
    {
        await using var stage = await Stage.BuildAsync(plan);
        stage.Crm.Delay(AnswersTake);
        await using var victim = await stage.StartAsync(number: 1);

        // Notes are in the CRM, their answers are not out yet.
        await Eventually.TrueAsync("a note", () => stage.Crm.Host.Requests.Held > 0, () => victim.Story);
        victim.Freeze();
        stage.Crm.Host.Faults.Clear();
        if (!plan.Guarded)
        {
            await stage.Ledger.ForgetDoubtsAsync();
        }

        await using var survivor = await stage.StartAsync(number: 2);
        await survivor.LineAsync("Took over from 1 dead workers");
        victim.Thaw();
        await stage.RestAsync(survivor, number: 2);
        if (plan.Guarded)
        {
            await victim.LineAsync("Stale claim of");
        }

        return await stage.TallyAsync(number: 2);
    }
}
