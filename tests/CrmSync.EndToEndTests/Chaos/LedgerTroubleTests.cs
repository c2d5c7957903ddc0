using System.Diagnostics;
using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport;
using CrmSync.TestSupport.Postgres;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A disk that is full or fails, a database that restarts: deliveries wait, none is lost, none goes twice.</summary>
public sealed class LedgerTroubleTests
{
    private const int Seed = 20260309;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_waited_for_and_the_worker_goes_on_by_itself()
    {
        Requires.That(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Mounting a small disk needs Linux and root.");
        await using var stage = await Stage.BuildAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, Seed, Sessions: 300));
        var disk = Directory.CreateDirectory(Path.Combine(stage.Folder, "data")).FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk);
        try
        {
            await using var worker = await stage.StartAsync();
            await worker.LineAsync("is full. Make room");

            await RunAsync("mount", "-o", "remount,size=64m", disk);
            await stage.RestAsync(worker);

            var tally = await stage.TallyAsync();
            tally.IsExact.ShouldBeTrue(tally.ToString());
            (await worker.StopAsync()).ShouldBe(0, worker.Story);
        }
        finally
        {
            await RunAsync("umount", "-l", disk);
        }
    }

    /// <summary>After a failed fsync nobody knows what is on disk: nothing is acknowledged any more until a restart has read it again.</summary>
    [Fact]
    public async Task A_disk_that_fails_stops_the_work_until_a_restart()
    {
        var strace = Requires.Program("strace", "apt-get install strace");
        await using var stage = await Stage.BuildAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, Seed, Sessions: 40));
        stage.Crm.Misbehave();
        await using (var worker = stage.Launch(
            strace, ["-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=30+", WorkerProcess.Dotnet]))
        {
            await worker.LineAsync("fails to read or write");
            var (exitCode, _, _) = await HealthAsync(stage);
            exitCode.ShouldNotBe(0);
            await worker.KillAsync();
        }

        await using var next = await stage.StartAsync();
        await stage.RestAsync(next);
        var tally = await stage.TallyAsync();
        tally.IsExact.ShouldBeTrue(tally.ToString());
    }

    [Theory]
    [InlineData(TestCrm.Salesforce)]
    [InlineData(TestCrm.Zendesk)]
    public async Task A_database_that_restarts_again_and_again_loses_nothing(string crm)
    {
        await using var cluster = new PostgresCluster();
        await using var stage = await Stage.BuildAsync(new StagePlan(crm, TestLedger.Postgres, Seed, Sessions: 60), cluster: cluster);
        stage.Crm.Misbehave();
        stage.Crm.Delay(TimeSpan.FromMilliseconds(100));
        var server = await cluster.ServerAsync();
        await using var worker = await stage.StartAsync();
        for (var restart = 0; restart < 3; restart++)
        {
            await stage.WritesAsync(2, worker);
            await server.StopAsync("immediate");
            await server.StartAsync();
        }

        await stage.RestAsync(worker);

        var tally = await stage.TallyAsync();
        tally.IsExact.ShouldBeTrue(tally.ToString());
    }

    private static async Task<(int ExitCode, string Output, string Errors)> HealthAsync(Stage stage)
    {
        await using var health = WorkerProcess.Start(stage.Folder, stage.Environment(1), ["health"]);
        return (await health.ExitAsync(), health.Output, health.Errors);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }
}
