using CrmSync.Ledger.Payloads;

namespace CrmSync.Ledger.Postgres;

/// <summary>Whether a shared ledger would work: the server, the rights in it, the schema, the key.</summary>
internal static class PostgresCheck
{
    // Leases are told by the database's clock; due times and notes by the worker's.
    private static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(10);

    private const string Sql =
        """
        select current_setting('server_version') as Version, current_setting('fsync') as Fsync, current_setting('full_page_writes') as FullPageWrites,
               current_database() as Database, current_user as Role,
               has_schema_privilege(current_schema(), 'create') and has_database_privilege(current_database(), 'create') as MayCreate,
               to_regclass('schema_version')::text as SchemaTable, (extract(epoch from clock_timestamp()) * 1000)::bigint as Now
        """;

    public static async Task<IReadOnlyList<CheckFinding>> RunAsync(LedgerOptions options, TimeProvider clock, CancellationToken cancel)
    {
        await using var store = PostgresStore.ForVerb(options, clock);
        try
        {
            await PostgresServer.DemandAsync(store, cancel);
            var before = clock.GetUtcNow();
            var server = (await store.SendAsync(command => command.FirstAsync<ServerRow>(Sql), cancel))!;
            var skew = server.Now.At() - before;
            List<CheckFinding> findings =
            [
                new(CheckLevel.Ok, "Database", $"{store.Name}, PostgreSQL {server.Version}, as {server.Role}."),
                .. Server(server, skew),
            ];
            findings.AddRange(server.SchemaTable is null
                ? [new CheckFinding(CheckLevel.Ok, "Schema", "The database is empty; the first worker makes the tables.")]
                : await LedgerAsync(store, options, cancel));
            return findings;
        }
        catch (LedgerException e)
        {
            return [new CheckFinding(CheckLevel.Problem, "Database", e.Message)];
        }
    }

    private static IEnumerable<CheckFinding> Server(ServerRow server, TimeSpan skew)
    {
        if (!server.MayCreate)
        {
            yield return new CheckFinding(
                CheckLevel.Problem, "Rights", $"{server.Role} may not make tables and schemas in {server.Database}.", $"Run: alter database {server.Database} owner to {server.Role}");
        }

        if (server.Fsync != "on" || server.FullPageWrites != "on")
        {
            yield return new CheckFinding(
                CheckLevel.Warning, "Durability", "fsync or full_page_writes is off: a power cut loses what was written down as delivered.", "Set both to on in postgresql.conf.");
        }

        if (skew.Duration() > SkewMax)
        {
            yield return new CheckFinding(
                CheckLevel.Warning, "Clock", $"This machine's clock and the database's are {skew.Duration().TotalSeconds:F0} seconds apart.", "Let both follow a time server.");
        }
    }

    private static async Task<IReadOnlyList<CheckFinding>> LedgerAsync(PostgresStore store, LedgerOptions options, CancellationToken cancel)
    {
        var schema = await store.SendAsync(command => command.FirstAsync<long>("select max(version) from schema_version"), cancel);
        var known = await PostgresSchema.KnownAsync(cancel);
        var founded = await store.SendAsync(
            command => command.FirstAsync<FoundedRow>("select key_fingerprint as KeyFingerprint, created_by as CreatedBy from installation"), cancel);
        return
        [
            schema <= known
                ? new CheckFinding(CheckLevel.Ok, "Schema", schema == known ? $"{schema}, up to date." : $"{schema}; the next start brings it to {known}.")
                : new CheckFinding(CheckLevel.Problem, "Schema", $"{schema}, but this program knows {known} only.", "Run the newer CrmSync, as the other workers do."),
            founded is null ? new CheckFinding(CheckLevel.Ok, "Key", "No worker has started yet; the first one makes the key.") : await KeyAsync(founded, options, cancel),
        ];
    }

    private static async Task<CheckFinding> KeyAsync(FoundedRow founded, LedgerOptions options, CancellationToken cancel)
    {
        var fix = $"All workers of a ledger have the same key file: copy it from {founded.CreatedBy}, or name it in Ledger:KeyFile.";
        try
        {
            var key = await PayloadKey.OpenAsync(options.FullKeyFile, mayCreate: false, cancel);
            return key.Fingerprint == founded.KeyFingerprint
                ? new CheckFinding(CheckLevel.Ok, "Key", $"{options.FullKeyFile} is the ledger's.")
                : new CheckFinding(CheckLevel.Problem, "Key", $"{options.FullKeyFile} is not this ledger's.", fix);
        }
        catch (LedgerException e)
        {
            return new CheckFinding(CheckLevel.Problem, "Key", e.Message, fix);
        }
    }

    private sealed class ServerRow
    {
        public string Version { get; init; } = "";

        public string Fsync { get; init; } = "";

        public string FullPageWrites { get; init; } = "";

        public string Database { get; init; } = "";

        public string Role { get; init; } = "";

        public bool MayCreate { get; init; }

        public string? SchemaTable { get; init; }

        public long Now { get; init; }
    }

    private sealed class FoundedRow
    {
        public string KeyFingerprint { get; init; } = "";

        public string CreatedBy { get; init; } = "";
    }
}
