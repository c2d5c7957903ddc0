namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    private const string PauseSql = "select connector, reason, message, crm_code as CrmCode, since, until from pause where (until is null or until > @now)";

    public async Task PauseAsync(string connector, Fault fault, TimeSpan? length, CancellationToken cancel)
    {
        const string Sql =
            """
            insert into pause (connector, reason, message, crm_code, since, until, noted_at)
            values (@connector, @reason, @Message, @CrmCode, @now, @now + @length, @now)
            on conflict (connector) do update set
                reason = excluded.reason, message = excluded.message, crm_code = excluded.crm_code, until = excluded.until, noted_at = excluded.noted_at,
                since = case when pause.until is null or pause.until > @recent then pause.since else excluded.since end
            where pause.until is not null or excluded.until is null
            """;
        await Store.WriteAsync(
            transaction => transaction.ExecuteAsync(
                Sql, new { connector, reason = fault.Reason.Code, fault.Message, fault.CrmCode, now = Now, recent = RecentTrouble, length = length?.Ms() }),
            cancel);
    }

    public async Task ResumeAsync(string connector, CancellationToken cancel) => await Store.WriteAsync(
        transaction => transaction.ExecuteAsync("delete from pause where connector = @connector", new { connector }), cancel);

    public async Task<ConnectorPause?> PauseOfAsync(string connector, CancellationToken cancel) =>
        await Store.ReadAsync(transaction => PauseAsync(transaction, connector), cancel);

    public async Task<ConnectorPause?> TroubleOfAsync(string connector, CancellationToken cancel) => (await Store.ReadAsync(
        transaction => transaction.FirstAsync<PauseRow>($"{PauseSql} and connector = @connector", new { connector, now = RecentTrouble }), cancel))?.ToPause();

    public async Task ForgetTroubleAsync(string connector, CancellationToken cancel) => await Store.WriteAsync(
        transaction => transaction.ExecuteAsync("delete from pause where connector = @connector and until is not null", new { connector }), cancel);

    public async Task<int> FollowClockAsync(CancellationToken cancel)
    {
        const string OfDeliveries =
            """
            update delivery set
                due_at = max(@now, due_at - (changed_at - @now)),
                first_due_at = min(first_due_at, max(@now, due_at - (changed_at - @now))),
                changed_at = @now
            where state in ('ready', 'in_doubt') and changed_at > @now and due_at > @now
            """;
        const string OfPauses = "update pause set until = @now + (until - noted_at), since = min(since, @now), noted_at = @now where noted_at > @now";
        return await Store.WriteAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(OfPauses, new { now = Now });
                return await transaction.ExecuteAsync(OfDeliveries, new { now = Now });
            },
            cancel);
    }

    private long RecentTrouble => Now - IDeliveryLedger.TroubleLasts.Ms();

    private async Task<ConnectorPause?> PauseAsync(LedgerTransaction transaction, string connector) =>
        (await transaction.FirstAsync<PauseRow>($"{PauseSql} and connector = @connector", new { connector, now = Now }))?.ToPause();

    private protected override async Task<List<ConnectorPause>> PausesAsync(LedgerTransaction transaction) =>
        (await transaction.ListAsync<PauseRow>($"{PauseSql} order by connector", new { now = Now })).ConvertAll(row => row.ToPause());
}
