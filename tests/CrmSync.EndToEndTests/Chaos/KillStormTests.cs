namespace CrmSync.EndToEndTests.Chaos;

/// <summary>Killed in the middle of deliveries, against a CRM that loses answers: nothing lost, nothing twice.</summary>
public sealed class KillStormTests
{
    private const int Seed = 20260305;
    private const int Sessions = 40;
    private const int Kills = 3;
    private const int AnswersTake = 150;

    public static TheoryData<string, string> CrmsOnLedgers => TestLedger.CrmsOnLedgers;

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(CrmsOnLedgers))]
    public async Task Killed_in_the_middle_of_deliveries_it_leaves_exactly_one_note_for_each_session(string crm, string ledger)
    {
        await using var stage = await Stage.BuildAsync(new StagePlan(crm, ledger, Seed, Sessions));

        var report = await new KillStorm(stage, Kills, AnswersTake).RunAsync();

        report.LeftDoubt.ShouldBePositive("No kill hit a delivery on its way: the storm proves nothing.");
        report.Tally.IsExact.ShouldBeTrue(report.Tally.ToString());
    }

    /// <summary>The same storm, but doubts are forgotten and the CRM takes a key twice: were the test blind, it would pass as well.</summary>
    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Without_the_protection_the_same_storm_leaves_second_notes(string crm)
    {
        await using var stage = await Stage.BuildAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions, Guarded: false));

        var report = await new KillStorm(stage, Kills, AnswersTake).RunAsync();

        report.Tally.Twice.ShouldBePositive(report.Tally.ToString());
    }
}
