namespace CrmSync.Ledger.Postgres;

/// <summary>What the server must be and do, looked at before anything is written.</summary>
internal static class PostgresServer
{
    private const int VersionMin = 130_000;

    /// <exception cref="LedgerException">It is too old, a standby, or acknowledges what is not on disk.</exception>
    public static async Task DemandAsync(PostgresStore store, CancellationToken cancel)
    {
        const string Sql =
            """
            select current_setting('server_version_num')::int as Version, current_setting('server_version') as VersionText,
                   current_setting('synchronous_commit') as SynchronousCommit, pg_is_in_recovery() as IsStandby
            """;
        var server = await store.SendAsync(command => command.FirstAsync<ServerRow>(Sql), cancel);
        var trouble = server switch
        {
            { Version: < VersionMin } => $"The database server is PostgreSQL {server.VersionText}. CrmSync needs 13 or later.",
            { IsStandby: true } => "The database is a standby that only answers reads. Name the primary in Ledger:ConnectionString.",
            { SynchronousCommit: "off" } =>
                "The database has synchronous_commit = off: it acknowledges what a crash may lose. Run: alter role ... set synchronous_commit = on.",
            _ => null,
        };
        if (trouble is not null)
        {
            throw new LedgerException(trouble);
        }
    }

    private sealed class ServerRow
    {
        public int Version { get; init; }

        public string VersionText { get; init; } = "";

        public string SynchronousCommit { get; init; } = "";

        public bool IsStandby { get; init; }
    }
}
