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
        var tally = await RestoreAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions), async (stage, backup) =>
        {
            await using var restore = Verb(stage, "ledger", "restore", backup, "--yes");
            (await restore.ExitAsync()).ShouldBe(0, restore.Story);
        });

        tally.IsExact.ShouldBeTrue(tally.ToString());
    }

    /// <summary>The same backup copied over the ledger by hand, which tells nobody that it is an old one.</summary>
    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Without_the_protection_an_old_ledger_delivers_again(string crm)
    {
        var tally = await RestoreAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions, Guarded: false), (stage, backup) =>
        {
            var ledger = Path.Combine(stage.Folder, "data", "crmsync.db");
            File.Delete(ledger + "-wal");
            File.Delete(ledger + "-shm");
            File.Copy(backup, ledger, overwrite: true);
            return Task.CompletedTask;
        });

        tally.Twice.ShouldBePositive(tally.ToString());
    }

    private static async Task<Tally> RestoreAsync(StagePlan plan, Func<Stage, string, Task> restore)
    {
        await using var stage = await Stage.BuildAsync(plan, drop: false);
        stage.Crm.Delay(TimeSpan.FromMilliseconds(200));
        var backup = Path.Combine(stage.Folder, "backup.db");
        await stage.DropAsync(stage.Sessions.Take(Sessions / 2));
        await using (var worker = await stage.StartAsync())
        {
            // In the middle: some are delivered, some on their way, some wait. The other half comes when the backup is long made.
            await worker.LineAsync("Delivered ");
            await using (var verb = Verb(stage, "ledger", "backup", backup))
            {
                (await verb.ExitAsync()).ShouldBe(0, verb.Story);
            }

            await stage.DropAsync(stage.Sessions.Skip(Sessions / 2));
            await stage.RestAsync(worker);
            (await worker.StopAsync()).ShouldBe(0, worker.Story);
        }

        await restore(stage, backup);
        await using var next = await stage.StartAsync();
        await stage.RestAsync(next);
        return await stage.TallyAsync();
    }

    private static WorkerProcess Verb(Stage stage, params string[] verb) => WorkerProcess.Start(stage.Folder, stage.Environment(1), verb);
}
