using System.Globalization;
using CrmSync.Core.Deliveries;
using CrmSync.EndToEndTests.Support;
using CrmSync.Simulators.Shared;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A clock that jumps by days under a running worker delays at worst; it sends nothing twice.</summary>
public sealed class ClockJumpTests
{
    private const int Seed = 20260311;
    private const int Sessions = 60;

    // Not the other one: without locks, one reading in two thousand of a program with several threads is the true time.
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    private static readonly TimeSpan AnswersTake = TimeSpan.FromMilliseconds(500);

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Days_ahead_and_days_back_nothing_is_lost_and_nothing_goes_twice(string crm)
    {
        var report = await JumpAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions), times: 1);

        report.ShouldBeHarmless();
    }

    /// <summary>The same jumps, but a claim that ran out is free for anybody, as in a queue that hides a message for a while by the clock.</summary>
    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Without_the_protection_a_clock_that_jumps_leaves_second_notes(string crm)
    {
        var report = await JumpAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions, Guarded: false), times: 1);

        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }

    [Theory]
    [MemberData(nameof(TestLedger.CrmsOnLedgers), MemberType = typeof(TestLedger))]
    public async Task What_a_fast_clock_put_off_goes_on_as_soon_as_the_clock_was_set_back(string crm, string ledger)
    {
        Requires.That(File.Exists(Library), "libfaketime is not installed: apt-get install libfaketime");
        await using var stage = await Stage.BuildAsync(new StagePlan(crm, ledger, Seed, Sessions), drop: false);
        stage.Crm.Host.Faults.Once(Fault.DropAfter, stage.Crm.WriteMethod, stage.Crm.WriteRoute + "*");
        var offset = Path.Combine(stage.Folder, "offset");
        Jump(offset, 2);
        await using var worker = await StartAsync(stage, offset);
        await stage.DropAsync(stage.Part(0, 2));
        await Eventually.FindAsync(
            "a delivery in doubt",
            async () => (await stage.SummaryAsync()).Counts.Any(count => count.State is DeliveryState.InDoubt) ? "doubt" : null,
            () => worker.Story);

        Jump(offset, 0);
        await worker.LineAsync("The clock was set back");
        var noticed = TimeProvider.System.GetUtcNow();
        await Eventually.FindAsync(
            "a scan under the true clock",
            async () => (await stage.SummaryAsync()).Sources is [{ LastRound.At: var at }] && at > noticed && at < noticed.AddDays(1) ? "scanned" : null,
            () => worker.Story);
        await stage.DropAsync(stage.Part(1, 2));

        await stage.RestAsync(worker);
        (await stage.TallyAsync()).IsExact.ShouldBeTrue();
    }

    /// <summary>Each time: a day ahead in the middle of a delivery, two days back, then three days ahead of where it began.</summary>
    internal static async Task<TroubleReport> JumpAsync(StagePlan plan, int times)
    {
        Requires.That(File.Exists(Library), "libfaketime is not installed: apt-get install libfaketime");
        await using var stage = await Stage.BuildAsync(plan, drop: false);
        stage.Crm.Delay(AnswersTake);
        var offset = Path.Combine(stage.Folder, "offset");
        Jump(offset, 0);
        await using var worker = await StartAsync(stage, offset);
        for (var (time, day) = (0, 0); time < times; time++, day += 3)
        {
            await stage.DropAsync(stage.Part(2 * time, 2 * times));
            await stage.HeldAsync(worker);

            // Every claim has run out now, the one in the middle of whose delivery we are too.
            Jump(offset, day + 1);
            if (!plan.Guarded)
            {
                await stage.Ledger.ForgetDoubtsAsync();
            }

            // Nothing that is in the ledger is due any more, and more comes.
            Jump(offset, day - 1);
            await stage.DropAsync(stage.Part((2 * time) + 1, 2 * times));

            // Deliveries that were put off under the fast clock wait for their time: it comes.
            Jump(offset, day + 3);
        }

        await stage.RestAsync(worker);
        return new TroubleReport(plan, times, times, await stage.TallyAsync());
    }

    private static async Task<WorkerProcess> StartAsync(Stage stage, string offset)
    {
        var worker = stage.Launch(WorkerProcess.Dotnet, [], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = Library,
            ["FAKETIME_TIMESTAMP_FILE"] = offset,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        });
        await worker.LineAsync("Started.");
        return worker;
    }

    private static void Jump(string file, int days)
    {
        File.WriteAllText(file + ".new", string.Create(CultureInfo.InvariantCulture, $"{days:+0;-0;+0}d\n"));
        File.Move(file + ".new", file, overwrite: true);
    }
}
