namespace CrmSync.Ledger.Postgres;

public sealed partial class PostgresLedger
{
    private const string PauseSql =
        "select connector, reason, message, crm_code as CrmCode, since, until from pause where (until is null or until > now_ms())";

    public async Task PauseAsync(string connector, Fault fault, TimeSpan? length, CancellationToken cancel)
    {
        const string Sql =
            """
            insert into pause (connector, reason, message, crm_code, since, until, noted_at)
            values (@connector, @reason, @message, @crmCode, now_ms(), now_ms() + @length, now_ms())
            on conflict (connector) do update set
                reason = excluded.reason, message = excluded.message, crm_code = excluded.crm_code, until = excluded.until, noted_at = excluded.noted_at,
                since = case when pause.until is null or pause.until > now_ms() - @recent then pause.since else excluded.since end
            where pause.until is not null or excluded.until is null
            """;
        var pause = new
        {
            connector,
            reason = fault.Reason.Code,
            message = PlainText.Of(fault.Message),
            crmCode = fault.CrmCode is { } code ? PlainText.Of(code) : null,
            length = length?.Ms(),
            recent = IDeliveryLedger.TroubleLasts.Ms(),
        };
        await _store.SendAsync(command => command.ExecuteAsync(Sql, pause), cancel);
    }

    public async Task ResumeAsync(string connector, CancellationToken cancel) => await _store.SendAsync(
        command => command.ExecuteAsync("delete from pause where connector = @connector", new { connector }), cancel);

    public async Task<ConnectorPause?> PauseOfAsync(string connector, CancellationToken cancel) => (await _store.SendAsync(
        command => command.FirstAsync<PauseRow>($"{PauseSql} and connector = @connector", new { connector }), cancel))?.ToPause();

    public async Task<ConnectorPause?> TroubleOfAsync(string connector, CancellationToken cancel)
    {
        const string Sql =
            """
            select connector, reason, message, crm_code as CrmCode, since, until from pause
            where connector = @connector and (until is null or until > now_ms() - @recent)
            """;
        var recent = IDeliveryLedger.TroubleLasts.Ms();
        return (await _store.SendAsync(command => command.FirstAsync<PauseRow>(Sql, new { connector, recent }), cancel))?.ToPause();
    }

    public async Task ForgetTroubleAsync(string connector, CancellationToken cancel) => await _store.SendAsync(
        command => command.ExecuteAsync("delete from pause where connector = @connector and until is not null", new { connector }), cancel);

    /// <summary>All times are the database's: it is its clock that counts.</summary>
    public async Task<int> FollowClockAsync(CancellationToken cancel)
    {
        const string OfDeliveries =
            """
            update delivery set
                due_at = greatest(now_ms(), due_at - (changed_at - now_ms())),
                first_due_at = least(first_due_at, greatest(now_ms(), due_at - (changed_at - now_ms()))),
                changed_at = now_ms()
            where state in ('ready', 'in_doubt') and changed_at > now_ms() and due_at > now_ms()
            """;
        const string OfPauses =
            "update pause set until = now_ms() + (until - noted_at), since = least(since, now_ms()), noted_at = now_ms() where noted_at > now_ms()";
        await _store.SendAsync(command => command.ExecuteAsync(OfPauses), cancel);
        return await _store.SendAsync(command => command.ExecuteAsync(OfDeliveries), cancel);
    }

    private protected override async Task<List<ConnectorPause>> PausesAsync(LedgerTransaction transaction) =>
        (await transaction.ListAsync<PauseRow>($"{PauseSql} order by connector")).ConvertAll(row => row.ToPause());
}
