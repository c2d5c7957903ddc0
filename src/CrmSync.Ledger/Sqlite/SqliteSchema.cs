namespace CrmSync.Ledger.Sqlite;

/// <summary>The tables of a ledger file.</summary>
internal static class SqliteSchema
{
    private static readonly Migrator Migrator = new(
        "Sqlite",
        "select name from sqlite_schema where type = 'table'",
        "create table if not exists schema_version (version integer primary key, script text not null, applied_at integer not null) strict");

    public static Task<long> MigrateAsync(SqliteStore store, TimeProvider clock, CancellationToken cancel) =>
        store.WriteAsync(transaction => Migrator.MigrateAsync(transaction, clock.GetUtcNow(), cancel), cancel);
}
