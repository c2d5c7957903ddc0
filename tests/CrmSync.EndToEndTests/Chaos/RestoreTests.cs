using CrmSync.EndToEndTests.Support;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>Yesterday's backup is put in the ledger's place: what was delivered since is asked after, not sent again.</summary>
public sealed class RestoreTests
{
    private const int Seed = 20260317;
    private const int Sessions = 40;

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task What_was_delivered_after_the_backup_is_not_delivered_again(string crm)
    {
        var report = await RestoreAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions));

        report.ShouldBeHarmless();
    }

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Without_the_protection_an_old_ledger_delivers_again(string crm)
    {
        var report = await RestoreAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions, Guarded: false));

        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }

    /// <summary>Half of the sessions are picked up after the backup, and delivered; then the backup takes the ledger's place.</summary>
    internal static async Task<TroubleReport> RestoreAsync(StagePlan plan)
    {
        await using var stage = await Stage.BuildAsync(plan, drop: false);
        stage.Crm.Delay(TimeSpan.FromMilliseconds(200));
        var backup = Path.Combine(stage.Folder, "backup.db");
        await stage.DropAsync(stage.Part(0, 2));
        await using (var worker = await stage.StartAsync())
        {
            // In the middle: some are delivered, some on their way, some wait. The other half comes when the backup is long made.
            await worker.LineAsync("Delivered ");
            await using (var verb = Verb(stage, "ledger", "backup", backup))
            {
                (await verb.ExitAsync()).ShouldBe(0, verb.Story);
            }

            await stage.DropAsync(stage.Part(1, 2));
            await stage.RestAsync(worker);
            (await worker.StopAsync()).ShouldBe(0, worker.Story);
        }

        if (plan.Guarded)
        {
            await using var restore = Verb(stage, "ledger", "restore", backup, "--yes");
            (await restore.ExitAsync()).ShouldBe(0, restore.Story);
        }
        else
        {
            CopyByHand(stage, backup);
        }

        await using var next = await stage.StartAsync();
        await stage.RestAsync(next);
        return new TroubleReport(plan, 1, 1, await stage.TallyAsync());
    }

    // Tells nobody that it is an old one.
    private static void CopyByHand(Stage stage, string backup)
    {
        var ledger = Path.Combine(stage.Folder, "data", "crmsync.db");
        File.Delete(ledger + "-wal");
        File.Delete(ledger + "-shm");
        File.Copy(backup, ledger, overwrite: true);
    }

    private static WorkerProcess Verb(Stage stage, params string[] verb) => WorkerProcess.Start(stage.Folder, stage.Environment(1), verb);
}
