using CrmSync.Core.Reading;

namespace CrmSync.Ledger;

public abstract partial class SqlLedger
{
    // Counting step by step walks along the index; grouping would sort a month of sessions first.
    internal const string PickedUpSql =
        """
        with recursive step (number) as (select 0 union all select number + 1 from step where number + 1 < @steps)
        select number as Step, (
            select count(*) from revision
            where revision = 1 and recorded_at >= @from + number * @step and recorded_at < @from + (number + 1) * @step) as Count
        from step
        """;

    internal const string DeliveredSql =
        """
        with recursive step (number) as (select 0 union all select number + 1 from step where number + 1 < @steps)
        select number as Step, (
            select count(*) from delivery
            where delivered_at >= @from + number * @step and delivered_at < @from + (number + 1) * @step) as Count
        from step
        """;

    internal const string WaitingSql =
        """
        select (created_at - @from) / @step as Step, count(*) as Count from delivery
        where state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing') and created_at >= @from and created_at < @to group by 1
        """;

    internal const string PersonSql =
        """
        select (changed_at - @from) / @step as Step, count(*) as Count from delivery
        where state in ('parked', 'failed') and changed_at >= @from and changed_at < @to group by 1
        """;

    internal const string BusySql =
        """
        select connector, count(*) as Waiting, count(*) filter (where first_due_at <= @now) as Due, min(case when first_due_at <= @now then first_due_at end) as OldestDueAt,
               count(*) filter (where state in ('in_doubt', 'probing')) as InDoubt, count(reason) as Troubled
        from delivery where state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing') group by connector
        """;

    internal const string ThroughputSql =
        """
        select connector, count(*) filter (where delivered_at >= @hourAgo) as LastHour, count(*) as LastDay
        from delivery where delivered_at >= @dayAgo group by connector
        """;

    internal const string ReasonsSql =
        """
        select connector, reason, count(*) as Count from delivery
        where state in ('parked', 'failed') group by connector, reason order by 3 desc, 1, 2
        """;

    public async Task<LedgerOverview> OverviewAsync(OverviewWindow window, CancellationToken cancel) => await ReadAsync(
        async transaction =>
        {
            var reasons = (await transaction.ListAsync<ReasonRow>(ReasonsSql)).ConvertAll(row => row.ToCount());
            return new LedgerOverview(
                await StepsAsync(transaction, window),
                await ActivitiesAsync(transaction, reasons),
                reasons,
                await SourcesAsync(transaction),
                await transaction.FirstAsync<long>("select count(*) from session where not is_final"),
                await transaction.FirstAsync<long>("select count(*) from file where decision = 'quarantined'"));
        },
        cancel);

    private static async Task<List<OverviewStep>> StepsAsync(LedgerTransaction transaction, OverviewWindow window)
    {
        var pickedUp = await CountAsync(transaction, PickedUpSql, window);
        var delivered = await CountAsync(transaction, DeliveredSql, window);
        var waiting = await CountAsync(transaction, WaitingSql, window);
        var person = await CountAsync(transaction, PersonSql, window);
        return
        [
            .. Enumerable.Range(0, window.Steps).Select(step => new OverviewStep(
                window.From + (window.Step * step), pickedUp[step], delivered[step], waiting[step], person[step])),
        ];
    }

    private static async Task<long[]> CountAsync(LedgerTransaction transaction, string sql, OverviewWindow window)
    {
        var counts = new long[window.Steps];
        foreach (var row in await transaction.ListAsync<StepRow>(sql, new { from = window.From.Ms(), to = window.To.Ms(), step = window.Step.Ms(), steps = window.Steps }))
        {
            counts[row.Step] = row.Count;
        }

        return counts;
    }

    private async Task<List<ConnectorActivity>> ActivitiesAsync(LedgerTransaction transaction, List<ReasonCount> reasons)
    {
        var now = await NowAsync(transaction);
        var busy = (await transaction.ListAsync<BusyRow>(BusySql, new { now })).ToDictionary(row => row.Connector, StringComparer.Ordinal);
        var throughput = (await transaction.ListAsync<ThroughputRow>(
            ThroughputSql, new { hourAgo = now - TimeSpan.FromHours(1).Ms(), dayAgo = now - TimeSpan.FromDays(1).Ms() }))
            .ToDictionary(row => row.Connector, StringComparer.Ordinal);
        var pauses = (await PausesAsync(transaction)).ToDictionary(pause => pause.Connector, StringComparer.Ordinal);
        var names = busy.Keys.Concat(throughput.Keys).Concat(pauses.Keys).Concat(reasons.Select(reason => reason.Connector))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return [.. names.Select(name => Activity(name, busy.GetValueOrDefault(name), throughput.GetValueOrDefault(name), pauses.GetValueOrDefault(name), reasons))];
    }

    private static ConnectorActivity Activity(
        string name, BusyRow? busy, ThroughputRow? throughput, ConnectorPause? pause, List<ReasonCount> reasons) => new(
        name,
        busy?.Waiting ?? 0,
        busy?.Due ?? 0,
        (busy?.OldestDueAt).At(),
        busy?.InDoubt ?? 0,
        busy?.Troubled ?? 0,
        reasons.Where(reason => reason.Connector == name).Sum(reason => reason.Count),
        throughput?.LastHour ?? 0,
        throughput?.LastDay ?? 0,
        pause);

    private sealed class StepRow
    {
        public int Step { get; init; }

        public long Count { get; init; }
    }

    private sealed class BusyRow
    {
        public string Connector { get; init; } = "";

        public long Waiting { get; init; }

        public long Due { get; init; }

        public long? OldestDueAt { get; init; }

        public long InDoubt { get; init; }

        public long Troubled { get; init; }
    }

    private sealed class ThroughputRow
    {
        public string Connector { get; init; } = "";

        public long LastHour { get; init; }

        public long LastDay { get; init; }
    }

    private sealed class ReasonRow
    {
        public string Connector { get; init; } = "";

        public string? Reason { get; init; }

        public long Count { get; init; }

        public ReasonCount ToCount() => new(Connector, Reason is null ? ReasonCodes.InternalError : ReasonCodes.Parse(Reason), Count);
    }
}
