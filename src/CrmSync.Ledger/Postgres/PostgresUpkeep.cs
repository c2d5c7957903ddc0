namespace CrmSync.Ledger.Postgres;

/// <summary>A shared ledger that is looked after without working from it.</summary>
internal sealed class PostgresUpkeep(PostgresStore store) : ILedgerUpkeep
{
    public static async Task<PostgresUpkeep> OpenAsync(LedgerOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var store = PostgresStore.ForVerb(options, clock);
        try
        {
            await PostgresServer.DemandAsync(store, cancel);
            if (await store.SendAsync(command => command.FirstAsync<string?>("select to_regclass('schema_version')::text"), cancel) is null)
            {
                throw new LedgerException($"There is no ledger in the database {store.Name} yet: start a worker with 'crmsync run'.");
            }

            return new PostgresUpkeep(store);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>PostgreSQL looks after its pages itself (data checksums, pg_amcheck); here the rows are compared with each other.</summary>
    public Task<LedgerCheckup> CheckUpAsync(CancellationToken cancel) => store.ReadAsync(
        async transaction => new LedgerCheckup(
            store.Name,
            await transaction.FirstAsync<string>("select name from installation") ?? "none",
            await transaction.FirstAsync<long?>("select max(version) from schema_version") ?? 0,
            await transaction.FirstAsync<long>("select count(*) from session"),
            await SqlLedger.CountsAsync(transaction),
            await TroublesAsync(transaction)),
        cancel);

    public Task BackUpAsync(string path, CancellationToken cancel) => throw new LedgerException(
        "A ledger on PostgreSQL is backed up with PostgreSQL's tools, while the workers run: pg_dump --format=custom --exclude-table-data='quartz.*' --file=FILE DATABASE. Keep the key file in another place.");

    public async Task<int> ReconcileAsync(CancellationToken cancel) => await store.ChangeAsync(
        async transaction =>
        {
            if (await transaction.FirstAsync<string?>("select string_agg(name, ', ') from worker where alive_until > now_ms()") is { } alive)
            {
                throw new LedgerException($"The ledger is in use by {alive}. Stop all workers first.");
            }

            var now = await transaction.FirstAsync<long>("select now_ms()");
            var parameters = new { now, restored = ReasonCodes.LedgerRestored.Code };
            await transaction.ExecuteAsync("delete from worker");
            var doubted = await transaction.ExecuteAsync(ReconcileSql.DoubtWhatWaits("owner = null, lease_until = null"), parameters);
            await transaction.ExecuteAsync(ReconcileSql.DoubtWhatRests);
            await transaction.ExecuteAsync(ReconcileSql.EndAttempts, parameters);
            await transaction.ExecuteAsync(ReconcileSql.Note, parameters);
            return doubted;
        },
        cancel);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static async Task<IReadOnlyList<string>> TroublesAsync(LedgerTransaction transaction)
    {
        const string Sql =
            """
            select 'Session ' || s.kind || '-' || s.number || ' has no revision ' || s.revision || '.' from session s
            where not exists (select 1 from revision r where r.session_id = s.id and r.revision = s.revision)
            union all
            select 'Delivery ' || d.id || ' is delivered, and the CRM''s answer is missing.' from delivery d
            where d.state = 'delivered' and d.receipt_record is null
            union all
            select 'Index ' || c.relname || ' is not usable: reindex it.' from pg_index i join pg_class c on c.oid = i.indexrelid
            where not i.indisvalid and c.relnamespace = current_schema()::regnamespace
            limit 100
            """;
        return await transaction.ListAsync<string>(Sql);
    }
}
