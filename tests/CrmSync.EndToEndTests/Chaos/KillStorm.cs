using CrmSync.Core.Deliveries;
using CrmSync.EndToEndTests.Support;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>Workers that are killed in turn, again and again, in the middle of their work, against a CRM that loses answers.</summary>
/// <param name="answersTake">Milliseconds that each answer takes longer: the longer, the surer a kill comes before one.</param>
internal sealed class KillStorm(Stage stage, int kills, int answersTake)
{
    /// <summary>Asking a worker itself costs it work, so it is done seldom.</summary>
    private const int LooksPerQuestion = 40;

    private readonly Random _random = new(stage.Plan.Seed);
    private readonly Dictionary<int, WorkerProcess> _running = [];
    private int _leftDoubt;
    private int _retried;

    public async Task<StormReport> RunAsync()
    {
        var clock = TimeProvider.System;
        var since = clock.GetTimestamp();
        stage.Crm.Misbehave();
        stage.Crm.Delay(TimeSpan.FromMilliseconds(answersTake));
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                await StartMissingAsync();
                await KillAsync(kill);
            }

            await StartMissingAsync();
            _retried += await stage.RestAsync(_running[1]);
            var report = new StormReport(stage.Plan, kills, _leftDoubt, _retried, await stage.TallyAsync(), clock.GetElapsedTime(since));
            foreach (var worker in _running.Values)
            {
                (await worker.StopAsync()).ShouldBe(0, worker.Story);
            }

            return report;
        }
        finally
        {
            foreach (var worker in _running.Values)
            {
                await worker.DisposeAsync();
            }
        }
    }

    private async Task StartMissingAsync()
    {
        foreach (var number in Enumerable.Range(1, stage.Ledger.Workers).Except(_running.Keys).ToList())
        {
            _running[number] = stage.Launch(number);
        }

        foreach (var worker in _running.Values)
        {
            await worker.LineAsync("Started.");
        }
    }

    // A life ends when a write was carried out and its answer is not out yet, and early enough for the work to last for the lives to come.
    // Every other time the whole machine dies, else one worker in turn.
    private async Task KillAsync(int kill)
    {
        var number = 1 + (kill / 2 % stage.Ledger.Workers);
        var left = (stage.Plan.Sessions * stage.Crm.WritesPerSession) - stage.Crm.Writes;
        var share = Math.Max(1, (int)(left / (kills - kill)));
        var (enough, looks) = (stage.Crm.Writes + _random.Next(share), 0);
        await Eventually.FindAsync(
            $"write {enough}",
            async () => (stage.Crm.Writes >= enough && stage.Crm.Host.Requests.Held > 0) || (++looks % LooksPerQuestion == 0 && await IsIdleAsync(number)) ? "enough" : null,
            () => _running[number].Story);
        foreach (var victim in kill % 2 == 0 ? [.. _running.Keys] : new List<int> { number })
        {
            await KillOneAsync(victim);
        }

        if (!stage.Plan.Guarded)
        {
            await stage.Ledger.ForgetDoubtsAsync();
        }
    }

    private async Task KillOneAsync(int number)
    {
        var victim = _running[number];
        victim.HasExited.ShouldBeFalse(victim.Story);
        await victim.KillAsync();
        _running.Remove(number);
        _leftDoubt += await stage.Ledger.LeftSendingAsync(victim.Id) > 0 ? 1 : 0;
        await victim.DisposeAsync();
    }

    // Parked deliveries hold up their records' later ones: with nothing else to do, a person lets them go on.
    private async Task<bool> IsIdleAsync(int number)
    {
        var counts = (await stage.SummaryAsync(number)).Counts;
        var recorded = counts.Sum(count => count.Count) >= stage.Plan.Sessions;
        if (!recorded || counts.Any(count => !count.State.IsEnd() && !count.State.NeedsPerson()))
        {
            return false;
        }

        _retried += counts.Any(count => count.State.NeedsPerson()) ? await stage.RetryAsync("CRASH_LOOP", number) : 0;
        return counts.All(count => count.State.IsEnd());
    }
}

/// <param name="LeftDoubt">Deaths in the middle of sending: without any, the storm proves nothing.</param>
/// <param name="Retried">Deliveries parked as CRASH_LOOP that a person let go on.</param>
internal sealed record StormReport(StagePlan Plan, int Kills, int LeftDoubt, int Retried, Tally Tally, TimeSpan Took)
{
    public const string Heading = "| CRM | ledger | seed | sessions | kills | deaths that left doubt | parked by deaths | lost | twice | wrong | ledger disagrees | seconds |";

    public string Row => FormattableString.Invariant(
        $"| {Plan.Crm} | {Plan.Ledger} | {Plan.Seed} | {Plan.Sessions} | {Kills} | {LeftDoubt} | {Retried} | {Tally.Lost} | {Tally.Twice} | {Tally.Wrong} | {Tally.Disagree} | {Took.TotalSeconds:0} |");
}
