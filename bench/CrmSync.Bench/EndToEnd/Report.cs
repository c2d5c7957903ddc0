using System.Globalization;
using System.Runtime.InteropServices;

namespace CrmSync.Bench.EndToEnd;

/// <summary>Results as a Markdown table, ready for docs/performance.md.</summary>
internal sealed class Report(TextWriter output)
{
    private static readonly string[] Columns =
    [
        "connector", "latency", "known", "sessions", "sessions/s", "calls/1,000", "worker CPU s/1,000", "CRM CPU s/1,000",
        "peak MB", "due to delivered p50 s", "p99 s", "commits/session", "checked",
    ];

    public void Begin(RunPlan plan)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {(plan.Postgres is null ? "SQLite" : "PostgreSQL")} ledger, {plan.Workers} worker{(plan.Workers == 1 ? "" : "s")}"));
        output.WriteLine();
        Line(Columns);
        Line([.. Columns.Select(column => column is "connector" or "checked" ? "---" : "---:")]);
    }

    public void Row(Result result)
    {
        var (plan, costs) = (result.Plan, result.Costs);
        var thousands = plan.Sessions / 1000d;
        Line(
        [
            $"{plan.Connector.ToString().ToLowerInvariant()}{Switches(plan)}",
            $"{plan.Latency.TotalMilliseconds:0} ms",
            Count(plan.Known),
            Count(plan.Sessions),
            Number(result.PerSecond, "N0"),
            Number(costs.Calls / thousands, "N1"),
            Number(costs.Worker.TotalSeconds / thousands, "N2"),
            Number(costs.Crm.TotalSeconds / thousands, "N2"),
            Number(costs.Memory / 1024d / 1024d, "N0"),
            Number(result.DelayMedian.TotalSeconds, "N2"),
            Number(result.DelayHigh.TotalSeconds, "N2"),
            Number(costs.Commits / (double)plan.Sessions, "N3"),
            result.Problems.Count == 0 ? "all once, whole" : $"{result.Problems.Count} WRONG",
        ]);
    }

    private void Line(IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Switches(RunPlan plan)
    {
        var settings = plan.ConnectorSettings.Where(s => s.Key is not "Linger").Select(s => $"{s.Key}={s.Value}").ToList();
        settings.AddRange(plan.CaseFields.Count > 0 ? ["case fields"] : []);
        settings.AddRange(plan.PerSecond is { } rate ? [$"{rate} files/s"] : []);
        return settings.Count == 0 ? "" : $" ({string.Join(", ", settings)})";
    }

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
