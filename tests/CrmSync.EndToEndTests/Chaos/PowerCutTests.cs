using CrmSync.EndToEndTests.Support;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>The power goes in the middle of deliveries: what the worker relied on is on the disk when it comes back.</summary>
public sealed class PowerCutTests
{
    private const int Seed = 20260313;

    private static readonly TimeSpan AnswersTake = TimeSpan.FromMilliseconds(200);

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task A_power_cut_in_the_middle_of_deliveries_loses_nothing_and_sends_nothing_twice(string crm)
    {
        var report = await CutAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions: 90), times: 3);

        report.ShouldBeHarmless();
    }

    /// <summary>The disk only says that it has written, as one with a cache that forgets: what was noted down before sending is gone.</summary>
    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Without_the_protection_a_power_cut_leaves_second_notes(string crm)
    {
        var report = await CutAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions: 60, Guarded: false), times: 1);

        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }

    /// <summary>Each time the disk that holds the ledger and its key loses power in the middle of deliveries, and the worker with it.</summary>
    internal static async Task<TroubleReport> CutAsync(StagePlan plan, int times)
    {
        await using var stage = await Stage.BuildAsync(plan, drop: false);
        await using var disk = await CrashDisk.MountAsync(Path.Combine(stage.Folder, "data"));
        stage.Crm.Delay(AnswersTake);
        var struck = 0;
        for (var time = 0; time < times; time++)
        {
            await using var worker = await stage.StartAsync();
            await using var lie = plan.Guarded ? null : await LieAsync(stage, disk, worker);
            await stage.DropAsync(stage.Part(time, times));
            await stage.HeldAsync(worker);
            disk.CutPower();
            await worker.KillAsync();
            await disk.ComeBackAsync();
            struck += await stage.Ledger.LeftSendingAsync(worker.Id) > 0 ? 1 : 0;
            var (exitCode, output, errors) = await WorkerProcess.RunToEndAsync(stage.Folder, "ledger", "check");
            exitCode.ShouldBe(0, output + errors);
        }

        await using var next = await stage.StartAsync();
        await stage.RestAsync(next);
        return new TroubleReport(plan, times, struck, await stage.TallyAsync());
    }

    // That there is a ledger with a key, even the lying disk shall know.
    private static async Task<WorkerProcess> LieAsync(Stage stage, CrashDisk disk, WorkerProcess worker)
    {
        await disk.SyncAsync();
        return await FsyncFault.InjectAsync(stage, worker, FsyncFault.Lies);
    }
}
