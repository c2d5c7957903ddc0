namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    /// <summary>Sessions in one transaction: others write in between.</summary>
    private const int PurgeStep = 500;

    // A session is over when none of its deliveries waits for anything, and the last of them ended before @before.
    private const string IsOver =
        """
        s.recorded_at < @before
        and not exists (
            select 1 from delivery d
            where d.session_id = s.id
            and (d.state not in ('delivered', 'skipped', 'superseded', 'failed', 'cancelled') or d.changed_at >= @before))
        """;

    private const string PayloadStepSql =
        $"""
        delete from payload where rowid in (
            select p.rowid from payload p join session s on s.id = p.session_id
            where {IsOver} limit @PurgeStep)
        """;

    private const string SessionStepSql =
        $"""
        delete from session where id in (
            select s.id from session s where {IsOver} order by s.recorded_at limit @PurgeStep)
        """;

    public async Task<int> PurgeAsync(Retention retention, CancellationToken cancel)
    {
        var now = Now;
        return await StepAsync(PayloadStepSql, now - retention.Payloads.Ms(), cancel)
            + await StepAsync(SessionStepSql, now - retention.Rows.Ms(), cancel);
    }

    private async Task<int> StepAsync(string sql, long before, CancellationToken cancel)
    {
        var (all, gone) = (0, 0);
        do
        {
            gone = await Store.WriteAsync(transaction => transaction.ExecuteAsync(sql, new { before, PurgeStep }), cancel);
            all += gone;
        }
        while (gone == PurgeStep);
        return all;
    }
}
