namespace CrmSync.Ledger.Postgres;

/// <summary>The tables, made and changed by whichever worker starts first.</summary>
internal static class PostgresSchema
{
    // Any number will do, as long as every CrmSync uses the same. Ends with the transaction, so a pooler does not mind.
    private const string AloneSql = "select true from pg_advisory_xact_lock(7267797)";

    private static readonly Migrator Migrator = new(
        "Postgres",
        "select table_name from information_schema.tables where table_schema = current_schema()",
        "create table if not exists schema_version (version bigint primary key, script text not null, applied_at bigint not null)");

    public static Task<long> KnownAsync(CancellationToken cancel) => Migrator.KnownAsync(cancel);

    public static async Task<long> MigrateAsync(LedgerTransaction transaction, DateTimeOffset now, CancellationToken cancel)
    {
        await transaction.ListAsync<bool>(AloneSql);
        return await Migrator.MigrateAsync(transaction, now, cancel);
    }
}
