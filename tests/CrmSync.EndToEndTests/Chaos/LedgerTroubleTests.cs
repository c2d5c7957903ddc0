using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport;
using CrmSync.TestSupport.Postgres;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A disk that is full or fails, a database that restarts: deliveries wait, none is lost, none goes twice.</summary>
public sealed class LedgerTroubleTests
{
    private const int Seed = 20260309;
    private const string NotWritten = "cannot be written down yet";
    private const string Ballast = "ballast";

    private static readonly TimeSpan AnswersTake = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Both: nothing is forgotten by the worker that waits, and nothing depends on its waiting.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_full_disk_is_waited_for_and_the_worker_goes_on_by_itself_or_the_next_one_does(bool lives)
    {
        var report = await FillDiskAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, Seed, Sessions: 60), times: 1, lives);

        report.ShouldBeHarmless();
    }

    /// <summary>The worker does not wait for room but dies, and what it could not write down is sent again.</summary>
    [Fact]
    public async Task Without_the_protection_a_full_disk_leaves_second_notes()
    {
        var report = await FillDiskAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, Seed, Sessions: 60, Guarded: false), times: 1, lives: false);

        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }

    /// <summary>After a failed fsync nobody knows what is on disk: nothing is acknowledged any more until a restart has read it again.</summary>
    [Fact]
    public async Task A_disk_that_fails_stops_the_work_until_a_restart()
    {
        var report = await FailDiskAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, Seed, Sessions: 20), times: 1);

        report.ShouldBeHarmless();
    }

    /// <summary>After the restart, what nobody could write down is sent again.</summary>
    [Fact]
    public async Task Without_the_protection_a_disk_that_fails_leaves_second_notes()
    {
        var report = await FailDiskAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, Seed, Sessions: 20, Guarded: false), times: 1);

        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }

    [Theory]
    [InlineData(TestCrm.Salesforce)]
    [InlineData(TestCrm.Zendesk)]
    public async Task A_database_that_restarts_again_and_again_loses_nothing(string crm)
    {
        var report = await RestartDatabaseAsync(new StagePlan(crm, TestLedger.Postgres, Seed, Sessions: 60), times: 3);

        report.ShouldBeHarmless();
    }

    /// <summary>The worker does not wait for the database but dies with it, and what it could not write down is sent again.</summary>
    [Theory]
    [InlineData(TestCrm.Salesforce)]
    [InlineData(TestCrm.Zendesk)]
    public async Task Without_the_protection_a_database_that_restarts_leaves_second_notes(string crm)
    {
        var report = await RestartDatabaseAsync(new StagePlan(crm, TestLedger.Postgres, Seed, Sessions: 60, Guarded: false), times: 1);

        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }

    /// <summary>Each time the disk that holds the ledger has no more room, in the middle of deliveries, and gets some again.</summary>
    /// <param name="lives">The worker waits; false: it is killed, and the next one goes on.</param>
    internal static async Task<TroubleReport> FillDiskAsync(StagePlan plan, int times, bool lives)
    {
        Requires.That(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Mounting a small disk needs Linux and root.");
        await using var stage = await Stage.BuildAsync(plan, drop: false);
        stage.Crm.Delay(AnswersTake);
        var disk = Directory.CreateDirectory(Path.Combine(stage.Folder, "data")).FullName;
        await Command.RunAsync("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk);
        var worker = await stage.StartAsync();
        try
        {
            var struck = 0;
            for (var time = 0; time < times; time++)
            {
                var before = worker.Count(NotWritten);
                await stage.DropAsync(stage.Part(time, times));
                await stage.HeldAsync(worker);
                await stage.Ledger.GiveRoomBackAsync();
                await FillAsync(disk);
                await worker.LineAsync(NotWritten, after: before);
                struck += await stage.Ledger.LeftSendingAsync(worker.Id) > 0 ? 1 : 0;
                if (!lives)
                {
                    await worker.KillAsync();
                    await worker.DisposeAsync();
                }

                File.Delete(Path.Combine(disk, Ballast));
                if (!plan.Guarded)
                {
                    await stage.Ledger.ForgetDoubtsAsync();
                }

                worker = lives ? worker : await stage.StartAsync();
            }

            await stage.RestAsync(worker);
            var report = new TroubleReport(plan, times, struck, await stage.TallyAsync());
            (await worker.StopAsync()).ShouldBe(0, worker.Story);
            return report;
        }
        finally
        {
            await worker.DisposeAsync();
            await Command.RunAsync("umount", "-l", disk);
        }
    }

    /// <summary>Each time every fsync fails from the middle of deliveries on, until the worker is started anew.</summary>
    internal static async Task<TroubleReport> FailDiskAsync(StagePlan plan, int times)
    {
        await using var stage = await Stage.BuildAsync(plan, drop: false);
        var struck = 0;
        for (var time = 0; time < times; time++)
        {
            stage.Crm.Delay(TimeSpan.FromSeconds(1));
            await stage.DropAsync(stage.Part(time, times));
            await using var worker = await stage.StartAsync();
            await stage.HeldAsync(worker);
            await using var failing = await FsyncFault.InjectAsync(stage, worker, FsyncFault.Fails);
            await worker.LineAsync("fails to read or write");
            var (exitCode, _, _) = await HealthAsync(stage);
            exitCode.ShouldNotBe(0);
            await worker.KillAsync();
            stage.Crm.Host.Faults.Clear();
            struck += await stage.Ledger.LeftSendingAsync(worker.Id) > 0 ? 1 : 0;
            if (!plan.Guarded)
            {
                await stage.Ledger.ForgetDoubtsAsync();
            }
        }

        await using var next = await stage.StartAsync();
        await stage.RestAsync(next);
        return new TroubleReport(plan, times, struck, await stage.TallyAsync());
    }

    /// <summary>Each time the database server crashes in the middle of deliveries and is started again.</summary>
    internal static async Task<TroubleReport> RestartDatabaseAsync(StagePlan plan, int times)
    {
        await using var cluster = new PostgresCluster();
        await using var stage = await Stage.BuildAsync(plan, drop: false, cluster);
        if (plan.Guarded)
        {
            stage.Crm.Misbehave();
        }

        stage.Crm.Delay(AnswersTake);
        var server = await cluster.ServerAsync();
        var worker = await stage.StartAsync();
        try
        {
            for (var time = 0; time < times; time++)
            {
                await stage.DropAsync(stage.Part(time, times));
                await stage.HeldAsync(worker);
                await server.StopAsync("immediate");
                if (plan.Guarded)
                {
                    await server.StartAsync();
                    continue;
                }

                await worker.KillAsync();
                await worker.DisposeAsync();
                await server.StartAsync();
                await stage.Ledger.ForgetDoubtsAsync();
                worker = await stage.StartAsync();
            }

            await stage.RestAsync(worker);
            return new TroubleReport(plan, times, times, await stage.TallyAsync());
        }
        finally
        {
            await worker.DisposeAsync();
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> HealthAsync(Stage stage)
    {
        await using var health = WorkerProcess.Start(stage.Folder, stage.Environment(1), ["health"]);
        return (await health.ExitAsync(), health.Output, health.Errors);
    }

    // A file that takes all the room there is: what is in the ledger's files already may still be overwritten.
    private static async Task FillAsync(string disk)
    {
        var block = new byte[64 * 1024];
        await using var ballast = new FileStream(Path.Combine(disk, Ballast), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true)
            {
                await ballast.WriteAsync(block, Cancel);
            }
        }
        catch (IOException) when (new DriveInfo(disk).AvailableFreeSpace == 0)
        {
            // That was the aim.
        }
    }
}
