using CrmSync.EndToEndTests.Support;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A polite stop while notes are on their way.</summary>
public sealed class ShutdownTests
{
    private const int Seed = 20260315;
    private const int Sessions = 20;

    private static readonly TimeSpan AnswersTake = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Calls_under_way_are_let_finish_and_nothing_is_left_in_doubt(string crm)
    {
        var (report, leftSending) = await StopAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions), times: 1);

        leftSending.ShouldBe(0);
        report.ShouldBeHarmless();
    }

    /// <summary>The worker is given no time, and what it left in doubt is sent again.</summary>
    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Without_the_protection_a_stop_leaves_doubt_and_second_notes(string crm)
    {
        var (report, leftSending) = await StopAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions, Guarded: false), times: 1);

        leftSending.ShouldBePositive();
        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }

    /// <summary>Answers, too, how many deliveries the stopped workers left with nobody knowing what came of them.</summary>
    internal static async Task<(TroubleReport Report, int LeftSending)> StopAsync(StagePlan plan, int times)
    {
        await using var stage = await Stage.BuildAsync(plan, drop: false);
        stage.Crm.Delay(AnswersTake);
        var leftSending = 0;
        for (var time = 0; time < times; time++)
        {
            await stage.DropAsync(stage.Part(time, times));
            await using var worker = await stage.StartAsync();
            await stage.HeldAsync(worker);
            await EndAsync(worker, stage);
            leftSending += await stage.Ledger.LeftSendingAsync(worker.Id);
            if (!plan.Guarded)
            {
                await stage.Ledger.ForgetDoubtsAsync();
            }
        }

        await using var next = await stage.StartAsync();
        await stage.RestAsync(next);
        return (new TroubleReport(plan, times, times, await stage.TallyAsync()), leftSending);
    }

    private static async Task EndAsync(WorkerProcess worker, Stage stage)
    {
        if (stage.Plan.Guarded)
        {
            (await worker.StopAsync()).ShouldBe(0, worker.Story);
        }
        else
        {
            await worker.KillAsync();
        }
    }
}
