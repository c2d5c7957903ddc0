namespace CrmSync.Bench.EndToEnd;

/// <summary>One run: simulators, ledger, worker and files, in this order, then what it cost and whether it was right.</summary>
internal static class Measurement
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Nothing moved for this long: whatever is missing will not come.</summary>
    private static readonly TimeSpan StandstillMax = TimeSpan.FromSeconds(90);

    /// <param name="talk">For sentences about what is going on.</param>
    /// <exception cref="BenchException">It could not be measured.</exception>
    public static async Task<Result> RunAsync(RunPlan plan, TimeProvider clock, TextWriter talk, CancellationToken cancel)
    {
        using var scratch = new Scratch(plan.Keep);
        await talk.WriteLineAsync($"{plan.Sessions:N0} files, {plan.Known:N0} known sessions, in {scratch.Path}");
        var feed = await SessionFeed.PrepareAsync(scratch, plan, clock, cancel);
        await using IBenchLedger ledger = plan.Postgres is { } server
            ? new PostgresBenchLedger(server)
            : new SqliteBenchLedger(scratch.Ledger, clock);
        await ledger.PrepareAsync(plan.Known, BenchSettings.NameOf(plan.Connector), cancel);

        await using var crm = await SimulatedCrm.StartAsync(scratch, plan, cancel);
        await WriteSettingsAsync(scratch, plan, crm, ledger, cancel);
        _ = scratch.Inbox;
        var workers = new List<Worker>();
        try
        {
            for (var number = 1; number <= plan.Workers; number++)
            {
                workers.Add(await Worker.StartAsync(scratch, plan, number, cancel));
            }

            return await MeasureAsync(plan, feed, ledger, crm, workers, clock, talk, cancel);
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }
    }

    private static async Task<Result> MeasureAsync(
        RunPlan plan, SessionFeed feed, IBenchLedger ledger, SimulatedCrm crm, List<Worker> workers, TimeProvider clock, TextWriter talk, CancellationToken cancel)
    {
        await using var profiler = plan.Profile is { } file ? Profiler.Start(workers[0].Id, file) : null;
        var (calls, commits, crmCpu) = (await crm.CallsAsync(cancel), await ledger.CommitsAsync(cancel), crm.CpuTime);
        workers.ForEach(worker => worker.BeginCounting());
        var began = clock.GetUtcNow();
        var feeding = feed.ReleaseAsync(plan.PerSecond, clock, cancel);
        await WaitAsync(feed.Sessions.Count, ledger, workers, clock, talk, cancel);
        await feeding;

        var costs = new Costs(
            Worker: workers.Aggregate(TimeSpan.Zero, (sum, worker) => sum + worker.CpuTime),
            Crm: crm.CpuTime - crmCpu,
            Memory: workers.Max(worker => worker.PeakMemory),
            Calls: await crm.CallsAsync(cancel) - calls,
            Commits: await ledger.CommitsAsync(cancel) - commits);
        var deliveries = await ledger.DeliveriesAsync(cancel);
        var landed = plan.Inline ? Comparison.Inline(await crm.RecordsAsync(cancel), feed.Sessions) : await crm.DigestAsync(cancel);
        var byTicket = plan.Connector is not BenchConnector.Email;
        var problems = Comparison.Problems(feed.Sessions, deliveries, landed, byTicket).ToList();
        if (problems.Count == 0)
        {
            problems.AddRange(ComparisonProof.Overlooked(feed.Sessions, deliveries, landed, byTicket));
        }

        await StopAsync(workers, problems, cancel);
        foreach (var problem in problems.Take(20))
        {
            await talk.WriteLineAsync(problem);
        }

        return Result.Of(plan, costs, began, deliveries, problems);
    }

    private static async Task WaitAsync(int sessions, IBenchLedger ledger, List<Worker> workers, TimeProvider clock, TextWriter talk, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var (last, since, minutes) = (new LedgerProgress(-1, -1), began, 0);
        while (true)
        {
            var now = await ledger.ProgressAsync(cancel);
            if (now != last)
            {
                (last, since) = (now, clock.GetTimestamp());
            }

            if ((now.Recorded >= sessions && now.Moving == 0) || clock.GetElapsedTime(since) > StandstillMax)
            {
                return;
            }

            if ((int)clock.GetElapsedTime(began).TotalMinutes is var whole && whole > minutes)
            {
                minutes = whole;
                await talk.WriteLineAsync($"{minutes} min: {now.Recorded:N0} picked up, {now.Moving:N0} of them on their way, {workers.Max(worker => worker.Memory) >> 20} MB held");
            }

            if (workers.Find(worker => worker.HasExited) is { } dead)
            {
                throw new BenchException($"A worker ended:{Environment.NewLine}{dead.Story}");
            }

            await Task.Delay(Glance, clock, cancel);
        }
    }

    private static async Task StopAsync(List<Worker> workers, List<string> problems, CancellationToken cancel)
    {
        foreach (var worker in workers)
        {
            if (await worker.StopAsync(cancel) is not 0 and var code)
            {
                problems.Add($"A worker was stopped and ended with exit code {code}:{Environment.NewLine}{worker.Story}");
            }
        }
    }

    private static Task WriteSettingsAsync(Scratch scratch, RunPlan plan, SimulatedCrm crm, IBenchLedger ledger, CancellationToken cancel)
    {
        var settings = BenchSettings.Of(plan, crm.Settings, scratch.Templates(plan.CaseFields));
        foreach (var (key, value) in ledger.Settings)
        {
            settings[key] = value;
        }

        return File.WriteAllTextAsync(scratch.Settings, BenchSettings.ToText(settings), cancel);
    }
}
