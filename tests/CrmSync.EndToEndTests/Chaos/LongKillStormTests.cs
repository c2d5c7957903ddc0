namespace CrmSync.EndToEndTests.Chaos;

/// <summary>The storm at full size, for docs/reliability.md. Run by <c>tests/chaos</c>; too long for every change.</summary>
public sealed class LongKillStormTests
{
    /// <summary>Short: a hundred kills hit often enough, and ten thousand answers are to be waited for.</summary>
    private const int AnswersTake = 25;

    public static TheoryData<string, string> CrmsOnLedgers => TestLedger.CrmsOnLedgers;

    [Theory(Explicit = true)]
    [MemberData(nameof(CrmsOnLedgers))]
    public async Task Nothing_is_lost_and_nothing_goes_twice(string crm, string ledger)
    {
        if (!LongForm.Includes(crm, ledger))
        {
            Assert.Skip("Not asked for: CHAOS_CRM or CHAOS_LEDGER names another.");
        }

        var reports = new List<StormReport>();
        foreach (var seed in LongForm.Seeds)
        {
            await using var stage = await Stage.BuildAsync(new StagePlan(crm, ledger, seed, LongForm.Sessions));
            reports.Add(await new KillStorm(stage, LongForm.Kills, AnswersTake).RunAsync());
            LongForm.Report("kill-storm", StormReport.Heading, reports[^1].Row);
        }

        reports.ShouldAllBe(report => report.Tally.IsExact);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(CrmsOnLedgers))]
    public async Task Without_the_protection_notes_go_twice(string crm, string ledger)
    {
        if (!LongForm.Includes(crm, ledger))
        {
            Assert.Skip("Not asked for: CHAOS_CRM or CHAOS_LEDGER names another.");
        }

        await using var stage = await Stage.BuildAsync(new StagePlan(crm, ledger, LongForm.Seeds.First(), LongForm.Sessions, Guarded: false));
        var report = await new KillStorm(stage, LongForm.Kills, AnswersTake).RunAsync();
        LongForm.Report("kill-storm-unprotected", StormReport.Heading, report.Row);

        report.Tally.Twice.ShouldBePositive();
    }
}
