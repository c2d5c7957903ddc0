namespace CrmSync.Ledger.Postgres;

public sealed partial class PostgresLedger
{
    /// <summary>Sessions in one transaction: short ones keep nobody waiting.</summary>
    private const int PurgeStep = 500;

    // A session is over when none of its deliveries waits for anything, and the last of them ended before that.
    private const string IsOver =
        """
        s.recorded_at < now_ms() - @age
        and not exists (
            select 1 from delivery d
            where d.session_id = s.id
            and (d.state not in ('delivered', 'skipped', 'superseded', 'failed', 'cancelled') or d.changed_at >= now_ms() - @age))
        """;

    // Who is in a session is forgotten together with its file.
    private const string PayloadStepSql =
        $"""
        with gone as (
            delete from payload where (session_id, revision) in (
                select p.session_id, p.revision from payload p join session s on s.id = p.session_id
                where {IsOver} limit @PurgeStep)
            returning session_id),
        forgotten as (delete from session_term where session_id in (select session_id from gone))
        select count(*)::int from gone
        """;

    private const string SessionStepSql =
        $"""
        with gone as (
            delete from session where id in (
                select s.id from session s where {IsOver} order by s.recorded_at limit @PurgeStep for update skip locked)
            returning id)
        select count(*)::int from gone
        """;

    public async Task<int> PurgeAsync(Retention retention, CancellationToken cancel) =>
        await StepAsync(PayloadStepSql, retention.Payloads, cancel) + await StepAsync(SessionStepSql, retention.Rows, cancel);

    private async Task<int> StepAsync(string sql, TimeSpan age, CancellationToken cancel)
    {
        var (all, gone) = (0, 0);
        do
        {
            gone = await _store.SendAsync(command => command.FirstAsync<int>(sql, new { age = age.Ms(), PurgeStep }), cancel);
            all += gone;
        }
        while (gone == PurgeStep);
        return all;
    }
}
