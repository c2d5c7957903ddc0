namespace CrmSync.EndToEndTests.Chaos;

/// <summary>How long the deliveries of a dead worker stand still, for docs/reliability.md. Run by <c>tests/chaos --take-over</c>.</summary>
public sealed class LongTakeOverTests
{
    private const int Times = 5;
    private const string Heading = "| ledger | what | seconds, each time |";

    private static readonly TimeSpan AnswersTake = TimeSpan.FromMilliseconds(200);

    [Fact(Explicit = true)]
    public async Task From_the_death_of_a_worker_to_the_take_over_by_another_on_PostgreSQL()
    {
        var seconds = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            await using var stage = await Stage.BuildAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Postgres, 1 + (2 * time), Sessions: 150));
            stage.Crm.Delay(AnswersTake);
            await using var victim = await stage.StartAsync(number: 1);
            await using var survivor = await stage.StartAsync(number: 2);
            await victim.LineAsync("Delivered ");
            await victim.KillAsync();
            var since = TimeProvider.System.GetTimestamp();
            await survivor.LineAsync("Took over from 1 dead workers");
            seconds.Add(TimeProvider.System.GetElapsedTime(since).TotalSeconds);
            await stage.RestAsync(survivor, number: 2);
            (await stage.TallyAsync(number: 2)).IsExact.ShouldBeTrue();
        }

        LongForm.Report("take-over", Heading, Row("Postgres", "from kill -9 to the take-over by the other worker", seconds));
    }

    [Fact(Explicit = true)]
    public async Task From_a_restart_to_the_next_note_on_SQLite()
    {
        var seconds = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            await using var stage = await Stage.BuildAsync(new StagePlan(TestCrm.Zendesk, TestLedger.Sqlite, 1 + (2 * time), Sessions: 150));
            stage.Crm.Delay(AnswersTake);
            await using (var victim = await stage.StartAsync())
            {
                await victim.LineAsync("Delivered ");
                await victim.KillAsync();
            }

            var since = TimeProvider.System.GetTimestamp();
            await using var next = stage.Launch();
            await next.LineAsync("Delivered ");
            seconds.Add(TimeProvider.System.GetElapsedTime(since).TotalSeconds);
            await stage.RestAsync(next);
            (await stage.TallyAsync()).IsExact.ShouldBeTrue();
        }

        LongForm.Report("take-over", Heading, Row("Sqlite", "from the start of the next process to its first delivered note", seconds));
    }

    private static string Row(string ledger, string what, IEnumerable<double> seconds) =>
        $"| {ledger} | {what} | {string.Join(", ", seconds.Select(s => FormattableString.Invariant($"{s:0.0}")))} |";
}
