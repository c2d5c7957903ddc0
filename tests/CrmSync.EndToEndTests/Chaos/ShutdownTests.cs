namespace CrmSync.EndToEndTests.Chaos;

/// <summary>A polite stop while notes are on their way.</summary>
public sealed class ShutdownTests
{
    private const int Seed = 20260315;

    public static TheoryData<string> Crms => TestCrm.Kinds;

    [Theory]
    [MemberData(nameof(Crms))]
    public async Task Calls_under_way_are_let_finish_and_nothing_is_left_in_doubt(string crm)
    {
        await using var stage = await Stage.BuildAsync(new StagePlan(crm, TestLedger.Sqlite, Seed, Sessions: 20));
        stage.Crm.Delay(TimeSpan.FromSeconds(1));
        await using (var worker = await stage.StartAsync())
        {
            await stage.WritesAsync(1, worker);
            (await worker.StopAsync()).ShouldBe(0, worker.Story);
        }

        await using var next = await stage.StartAsync();
        next.Output.ShouldNotContain("did not end well");
        await stage.RestAsync(next);

        var tally = await stage.TallyAsync();
        tally.IsExact.ShouldBeTrue(tally.ToString());
    }
}
