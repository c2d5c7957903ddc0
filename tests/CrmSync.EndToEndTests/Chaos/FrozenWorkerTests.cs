using CrmSync.EndToEndTests.Support;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A worker that stands still in the middle of a call, and goes on when others have long taken over.</summary>
public sealed class FrozenWorkerTests
{
    private const int Seed = 20260307;
    private const int Sessions = 30;
    private const string TookOver = "Took over from 1 dead workers";
    private const string Refused = "Stale claim of";

    private static readonly TimeSpan AnswersTake = TimeSpan.FromSeconds(3);

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task What_a_frozen_worker_held_is_delivered_once_by_another_and_its_late_word_is_refused(string crm)
    {
        var report = await FreezeAsync(new StagePlan(crm, TestLedger.Postgres, Seed, Sessions), times: 1);

        report.ShouldBeHarmless();
    }

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Without_the_protection_a_frozen_worker_leaves_second_notes(string crm)
    {
        var report = await FreezeAsync(new StagePlan(crm, TestLedger.Postgres, Seed, Sessions, Guarded: false), times: 1);

        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }

    [Fact]
    public async Task On_SQLite_nobody_else_may_work_meanwhile_and_it_goes_on_where_it_stood()
    {
        await using var stage = await Stage.BuildAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, Seed, Sessions));
        stage.Crm.Delay(AnswersTake);
        await using var worker = await stage.StartAsync();
        await stage.HeldAsync(worker);
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

    /// <summary>Each time one of two workers stands still until the other has taken over. What it says then is refused.</summary>
    internal static async Task<TroubleReport> FreezeAsync(StagePlan plan, int times)
    {
        await using var stage = await Stage.BuildAsync(plan, drop: false);
        List<WorkerProcess> workers = [await stage.StartAsync(number: 1)];
        try
        {
            for (var time = 0; time < times; time++)
            {
                stage.Crm.Delay(AnswersTake);
                await stage.DropAsync(stage.Part(time, times));
                var victim = await SendingAsync(stage, workers);
                var (refused, takenOver) = (victim.Count(Refused), workers.Where(worker => worker != victim).Sum(worker => worker.Count(TookOver)));
                victim.Freeze();
                stage.Crm.Host.Faults.Clear();
                if (!plan.Guarded)
                {
                    await stage.Ledger.ForgetDoubtsAsync();
                }

                if (workers.Count == 1)
                {
                    workers.Add(await stage.StartAsync(number: 2));
                }

                var survivor = workers.Single(worker => worker != victim);
                await survivor.LineAsync(TookOver, after: takenOver);
                victim.Thaw();
                if (plan.Guarded)
                {
                    await victim.LineAsync(Refused, after: refused);
                }
            }

            await stage.RestAsync(workers[1], number: 2);
            return new TroubleReport(plan, times, times, await stage.TallyAsync(number: 2));
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }
    }

    // Notes of it are in the CRM, their answers are not out yet. Once one, once the other if both are sending.
    private static async Task<WorkerProcess> SendingAsync(Stage stage, List<WorkerProcess> workers) => await Eventually.FindAsync(
        "a note whose answer is awaited",
        async () =>
        {
            foreach (var worker in workers.OrderBy(worker => worker.Count(Refused)).ToList())
            {
                if (await stage.Ledger.LeftSendingAsync(worker.Id) > 0 && stage.Crm.Host.Requests.Held > 0)
                {
                    return worker;
                }
            }

            return null;
        },
        () => workers[0].Story);
}
