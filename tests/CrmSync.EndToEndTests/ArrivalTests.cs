using CrmSync.EndToEndTests.Chaos;
using CrmSync.EndToEndTests.Support;

namespace CrmSync.EndToEndTests;

/// <summary>A file that arrives is picked up when it is there, not when the folder is scanned next.</summary>
public sealed class ArrivalTests
{
    private const int Seed = 20260314;

    [Theory]
    [InlineData(TestLedger.Sqlite)]
    [InlineData(TestLedger.Postgres)]
    public async Task Files_are_delivered_long_before_the_next_scan(string ledger)
    {
        await using var stage = await Stage.BuildAsync(new StagePlan(TestCrm.Zendesk, ledger, Seed, Sessions: 20));
        foreach (var file in Directory.EnumerateFiles(stage.Inbox, "*", SearchOption.AllDirectories))
        {
            // The folders stay: a new one would ask for a scan.
            File.Delete(file);
        }

        await using var worker = stage.Launch(
            WorkerProcess.Dotnet, [], new Dictionary<string, string>(StringComparer.Ordinal) { ["CRMSYNC_Sources__inbox__Every"] = "12:00:00" });
        await worker.LineAsync("Started.");
        await Eventually.FindAsync(
            "the first scan, of an empty folder", async () => (await stage.SummaryAsync()).Sources is [{ LastRound.Seen: 0 }] ? "scanned" : null, () => worker.Story);

        await stage.DropAsync(stage.Sessions);

        await stage.RestAsync(worker);
        (await stage.TallyAsync()).IsExact.ShouldBeTrue();
        (await stage.SummaryAsync()).Sources.ShouldHaveSingleItem().LastRound.Seen.ShouldBe(0);
    }
}
