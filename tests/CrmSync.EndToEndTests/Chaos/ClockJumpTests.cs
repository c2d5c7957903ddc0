using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A clock that jumps by days under a running worker delays at worst; it sends nothing twice.</summary>
public sealed class ClockJumpTests
{
    private const int Seed = 20260311;
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Days_ahead_and_days_back_nothing_is_lost_and_nothing_goes_twice(string crm)
    {
        Requires.That(File.Exists(Library), "libfaketime is not installed: apt-get install libfaketime");
        await using var stage = await Stage.BuildAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions: 60));
        stage.Crm.Misbehave();
        stage.Crm.Delay(TimeSpan.FromMilliseconds(100));
        var offset = Path.Combine(stage.Folder, "offset");
        Jump(offset, "+0");
        await using var worker = stage.Launch(Support.WorkerProcess.Dotnet, [], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = Library,
            ["FAKETIME_TIMESTAMP_FILE"] = offset,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        });
        await worker.LineAsync("Started.");
        await stage.WritesAsync(1, worker);
        Jump(offset, "+1d");
        await stage.WritesAsync(1, worker);
        Jump(offset, "-1d");

        // Deliveries that were put off under the fast clock wait for their time: it comes.
        Jump(offset, "+3d");
        await stage.RestAsync(worker);

        var tally = await stage.TallyAsync();
        tally.IsExact.ShouldBeTrue(tally.ToString());
    }

    private static void Jump(string file, string offset)
    {
        File.WriteAllText(file + ".new", offset + "\n");
        File.Move(file + ".new", file, overwrite: true);
    }
}
