using CrmSync.EndToEndTests.Support;
using CrmSync.Simulators.Shared;
using CrmSync.TestSupport.Postgres;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace CrmSync.EndToEndTests;

/// <summary>Real workers on one PostgreSQL.</summary>
public sealed class SeveralWorkersTests(PostgresCluster cluster)
{
    private const int Seed = 20260306;
    private const int SessionCount = 160;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_workers_that_start_together_share_the_work_and_deliver_each_session_once(bool pooled)
    {
        await using var stage = await ZendeskStage.BuildAsync(Seed, SessionCount);
        await using var ledger = await SharedLedger.BuildAsync(stage, cluster, pooled);
        stage.Host.Faults.Sometimes(1, Fault.Slow(TimeSpan.FromMilliseconds(50)), "PUT");

        await using var first = WorkerProcess.Start(ledger.Worker("first"), "run");
        await using var second = WorkerProcess.Start(ledger.Worker("second"), "run");
        await first.LineAsync("Started.");
        await second.LineAsync("Started.");
        ledger.Fill();
        await DeliveredAsync(stage, first, second);

        Each(stage).ShouldBe(SessionCount);
        (await first.StopAsync()).ShouldBe(0, first.Story);
        (await second.StopAsync()).ShouldBe(0, second.Story);
        Delivered(first).ShouldBePositive(second.Story);
        Delivered(second).ShouldBePositive(first.Story);
        (Delivered(first) + Delivered(second)).ShouldBe(SessionCount);
        PickedUp(first, second).ShouldBe(SessionCount, "a source is picked up by one worker at a time");
        (first.Output + second.Output).ShouldNotContain("fail: ");
    }

    [Fact]
    public async Task A_killed_workers_deliveries_are_taken_over_by_the_other()
    {
        await using var stage = await ZendeskStage.BuildAsync(Seed, SessionCount);
        await using var ledger = await SharedLedger.BuildAsync(stage, cluster, pooled: false);
        stage.Host.Faults.Sometimes(1, Fault.Slow(TimeSpan.FromMilliseconds(50)), "PUT");

        await using var victim = WorkerProcess.Start(ledger.Worker("victim"), "run");
        await using var survivor = WorkerProcess.Start(ledger.Worker("survivor"), "run");
        await victim.LineAsync("Started.");
        await survivor.LineAsync("Started.");
        ledger.Fill();
        await victim.LineAsync("Delivered test/");
        await victim.KillAsync();
        await survivor.LineAsync("Took over from 1 dead workers");
        await DeliveredAsync(stage, victim, survivor);

        Each(stage).ShouldBe(SessionCount);
    }

    [Fact]
    public async Task A_worker_with_another_key_is_told_where_the_right_one_is()
    {
        await using var stage = await ZendeskStage.BuildAsync(Seed, 1);
        await using var ledger = await SharedLedger.BuildAsync(stage, cluster, pooled: false);
        await using var first = WorkerProcess.Start(ledger.Worker("first"), "run");
        await first.LineAsync("Started.");
        var other = Path.Combine(stage.Folder, "other.key");
        await File.WriteAllTextAsync(other, $"crmsync-key-1 {Convert.ToBase64String(new byte[32])}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var (exitCode, _, errors) = await WorkerProcess.RunToEndAsync(ledger.Worker("second", other), "run");

        exitCode.ShouldBe(3);
        errors.ShouldContain($"The key file {other} is not the one of this ledger.");
        errors.ShouldContain("copy it from ");
    }

    private static Task DeliveredAsync(ZendeskStage stage, params WorkerProcess[] workers) => Eventually.TrueAsync(
        "all deliveries",
        () => stage.Comments >= SessionCount,
        () => string.Join("\n\n", workers.Select(worker => worker.Story)));

    private static int Each(ZendeskStage stage)
    {
        stage.Notes.GroupBy(note => note.Session).Where(session => session.Count() > 1).Select(session => session.Key).ShouldBeEmpty();
        return stage.Comments;
    }

    private static int PickedUp(params WorkerProcess[] workers) => workers.Sum(worker => worker.Output.Split("Picked up test/").Length - 1);

    private static int Delivered(WorkerProcess worker) => worker.Output.Split("Delivered test/").Length - 1;
}
