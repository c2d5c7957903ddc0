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
        returning session_id
        """;

    private const string SessionStepSql =
        $"""
        delete from session where id in (
            select s.id from session s where {IsOver} order by s.recorded_at limit @PurgeStep)
        """;

    public async Task<int> PurgeAsync(Retention retention, CancellationToken cancel)
    {
        var now = Now;
        return await StepAsync(ForgetFilesAsync, now - retention.Payloads.Ms(), cancel)
            + await StepAsync(ForgetSessionsAsync, now - retention.Rows.Ms(), cancel);
    }

    private static Task<int> ForgetSessionsAsync(LedgerTransaction transaction, long before) =>
        transaction.ExecuteAsync(SessionStepSql, new { before, PurgeStep });

    // Who is in a session is forgotten together with its file.
    private static async Task<int> ForgetFilesAsync(LedgerTransaction transaction, long before)
    {
        var sessions = await transaction.ListAsync<long>(PayloadStepSql, new { before, PurgeStep });
        await transaction.ExecuteAsync(
            "delete from session_term where session_id in (select value from json_each(@sessions))",
            new { sessions = System.Text.Json.JsonSerializer.Serialize(sessions, LedgerJson.Default.ListInt64) });
        return sessions.Count;
    }

    private async Task<int> StepAsync(Func<LedgerTransaction, long, Task<int>> step, long before, CancellationToken cancel)
    {
        var (all, gone) = (0, 0);
        do
        {
            gone = await Store.WriteAsync(transaction => step(transaction, before), cancel);
            all += gone;
        }
        while (gone == PurgeStep);
        return all;
    }
}
