namespace CrmSync.Bench.EndToEnd;

/// <summary>What a run used up, from the first file to the last delivery.</summary>
/// <param name="Worker">CPU time of all workers.</param>
/// <param name="Crm">CPU time of the simulators, which share the machine.</param>
/// <param name="Memory">The largest worker's peak, in bytes.</param>
/// <param name="Calls">API calls; for mail the connections.</param>
internal sealed record Costs(TimeSpan Worker, TimeSpan Crm, long Memory, int Calls, long Commits);

/// <summary>A run in figures.</summary>
/// <param name="Problems">Deliveries that are missing, doubled, damaged or misplaced, one sentence each.</param>
internal sealed record Result(
    RunPlan Plan, Costs Costs, TimeSpan Took, TimeSpan DelayMedian, TimeSpan DelayHigh, IReadOnlyList<string> Problems)
{
    public double PerSecond => Plan.Sessions / Took.TotalSeconds;

    public static Result Of(RunPlan plan, Costs costs, DateTimeOffset began, IReadOnlyList<LedgerDelivery> deliveries, IReadOnlyList<string> problems)
    {
        var delivered = deliveries.Where(delivery => delivery.DeliveredAt is not null).ToList();
        if (delivered.Count == 0)
        {
            throw new BenchException("Nothing was delivered. Run again with --keep and look into worker-1.log.");
        }

        var last = DateTimeOffset.FromUnixTimeMilliseconds(delivered.Max(delivery => delivery.DeliveredAt!.Value));
        var delays = delivered.Select(delivery => delivery.DeliveredAt!.Value - delivery.DueAt).Order().ToList();
        return new Result(plan, costs, last - began, Quantile(delays, 0.50), Quantile(delays, 0.99), problems);
    }

    private static TimeSpan Quantile(List<long> sorted, double share) =>
        TimeSpan.FromMilliseconds(sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))]);
}
