namespace CrmSync.EndToEndTests.Chaos;

/// <summary>One of two workers dies in the middle of calls; the other has its deliveries soon, and delivers each once.</summary>
public sealed class TakeOverTests
{
    private const int Seed = 20260319;
    private const int Sessions = 30;

    private static readonly TimeSpan AnswersTake = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task A_dead_workers_deliveries_are_taken_over_within_20_seconds_and_delivered_once(string crm)
    {
        var (report, after) = await TakeOverAsync(new StagePlan(crm, TestLedger.Postgres, Seed, Sessions));

        report.ShouldBeHarmless();
        after.ShouldBeLessThan(Promised);
    }

    /// <summary>What the dead one was sending is simply free again.</summary>
    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Without_the_protection_a_take_over_leaves_second_notes(string crm)
    {
        var (report, _) = await TakeOverAsync(new StagePlan(crm, TestLedger.Postgres, Seed, Sessions, Guarded: false));

        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }

    private static async Task<(TroubleReport Report, TimeSpan After)> TakeOverAsync(StagePlan plan)
    {
        await using var stage = await Stage.BuildAsync(plan);
        stage.Crm.Delay(AnswersTake);
        await using var victim = await stage.StartAsync(number: 1);
        await stage.HeldAsync(victim);
        await victim.KillAsync();
        var since = TimeProvider.System.GetTimestamp();
        var left = await stage.Ledger.LeftSendingAsync(victim.Id);
        if (!plan.Guarded)
        {
            await stage.Ledger.ForgetDoubtsAsync();
        }

        // Starting takes it part of the time; it must be in time all the same.
        await using var survivor = await stage.StartAsync(number: 2);
        if (plan.Guarded)
        {
            await survivor.LineAsync("Took over from 1 dead workers");
        }

        var after = TimeProvider.System.GetElapsedTime(since);
        await stage.RestAsync(survivor, number: 2);
        return (new TroubleReport(plan, 1, left, await stage.TallyAsync(number: 2)), after);
    }
}
