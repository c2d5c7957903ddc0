using CrmSync.EndToEndTests.Support;
using CrmSync.Simulators.Shared;

namespace CrmSync.EndToEndTests;

/// <summary>A worker that is killed again and again, against a CRM that loses answers: nothing lost, nothing twice.</summary>
public sealed class KillStormTests
{
    private const int Seed = 20260305;
    private const int SessionCount = 60;
    private const int Kills = 5;

    [Fact]
    public async Task Killed_in_the_middle_of_deliveries_it_leaves_exactly_one_note_for_each_session()
    {
        await using var stage = await ZendeskStage.BuildAsync(Seed, SessionCount);
        stage.Host.Faults.Sometimes(0.05, Fault.DropAfter, "PUT");
        stage.Host.Faults.Sometimes(0.01, Fault.FailAfter(500), "PUT");
        stage.Host.Faults.Sometimes(0.01, Fault.Refuse(429, TimeSpan.FromSeconds(1)), "PUT");
        var random = new Random(Seed);
        var foundInDoubt = 0;

        for (var kill = 0; kill < Kills; kill++)
        {
            await using var victim = WorkerProcess.Start(stage.Folder, "run");
            await victim.LineAsync("Started.");
            await LetParkedGoOnAsync(stage);
            var enough = stage.Host.Requests.Total + random.Next(5, 30);
            await Eventually.TrueAsync(
                $"request {enough}", () => stage.Host.Requests.Total >= enough || stage.Comments >= SessionCount || victim.HasExited, () => victim.Story);
            victim.HasExited.ShouldBeFalse(victim.Story);
            await victim.KillAsync();
            foundInDoubt += Recoveries(victim);
        }

        await using var survivor = WorkerProcess.Start(stage.Folder, "run");
        await survivor.LineAsync("Started.");
        (foundInDoubt + Recoveries(survivor)).ShouldBePositive("No kill hit a delivery on its way: the storm proves nothing.");
        await RestAsync(stage, survivor);

        var notes = stage.Notes;
        notes.GroupBy(note => note.Session).Where(session => session.Count() > 1).Select(session => session.Key).ShouldBeEmpty();
        notes.Select(note => note.Session).Order().ShouldBe(stage.Sessions.Select(session => $"{session.Kind}-{session.Id}").Order());
        stage.Comments.ShouldBe(SessionCount);
        foreach (var session in stage.Sessions)
        {
            notes.Single(note => note.Session == $"{session.Kind}-{session.Id}").File.ShouldBe(session.Final.ToArray());
        }

        (await survivor.StopAsync()).ShouldBe(0);
    }

    private static int Recoveries(WorkerProcess worker) => worker.Output.Contains("The last run did not end well", StringComparison.Ordinal) ? 1 : 0;

    /// <summary>Three deaths with the same delivery in hand park it, and it holds up its ticket's later ones: a person lets it go on.</summary>
    private static async Task LetParkedGoOnAsync(ZendeskStage stage)
    {
        if ((await stage.StatesAsync()).ContainsKey("Parked"))
        {
            (await WorkerProcess.RunToEndAsync(stage.Folder, "retry", "--reason", "CRASH_LOOP", "--yes")).ExitCode.ShouldBe(0);
        }
    }

    /// <summary>Until everything is delivered.</summary>
    private static async Task RestAsync(ZendeskStage stage, WorkerProcess survivor)
    {
        IReadOnlyDictionary<string, int> states = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var look = 0; look < 300; look++)
        {
            states = await stage.StatesAsync();
            if (states.GetValueOrDefault("Delivered") == SessionCount)
            {
                states.Keys.ShouldHaveSingleItem();
                return;
            }

            await LetParkedGoOnAsync(stage);
        }

        Assert.Fail($"Not everything was delivered: {string.Join(", ", states.Select(state => $"{state.Key} {state.Value}"))}.\n{survivor.Story}");
    }
}
