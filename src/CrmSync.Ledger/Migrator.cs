using System.Globalization;
using System.Reflection;
using CrmSync.Ledger.Sqlite;

namespace CrmSync.Ledger;

/// <summary>Brings the schema up to what this program knows: the scripts of the Schema folder in order, each in a transaction of its own.</summary>
internal static class Migrator
{
    private const string Folder = "CrmSync.Ledger.Schema.";

    /// <exception cref="LedgerException">The ledger was written by a newer program, or is somebody else's database.</exception>
    public static async Task MigrateAsync(SqliteStore store, TimeProvider clock, CancellationToken cancel)
    {
        var scripts = await ScriptsAsync(cancel);
        var version = await store.WriteAsync(VersionAsync, cancel);
        if (version > scripts[^1].Version)
        {
            throw new LedgerException(
                $"The ledger has schema {version}, this program knows {scripts[^1].Version}: it was used by a newer CrmSync. Start that one, or bring back a backup.");
        }

        foreach (var script in scripts.Where(script => script.Version > version))
        {
            await store.WriteAsync(transaction => ApplyAsync(transaction, script, clock.GetUtcNow()), cancel);
        }
    }

    private static async Task<long> VersionAsync(LedgerTransaction transaction)
    {
        var tables = await transaction.ListAsync<string>("select name from sqlite_schema where type = 'table'");
        if (tables.Count > 0 && !tables.Contains("schema_version"))
        {
            throw new LedgerException("The file is another program's database. Name another path for the ledger.");
        }

        await transaction.ExecuteAsync(
            "create table if not exists schema_version (version integer primary key, script text not null, applied_at integer not null) strict");
        return await transaction.FirstAsync<long?>("select max(version) from schema_version") ?? 0;
    }

    private static async Task<int> ApplyAsync(LedgerTransaction transaction, Script script, DateTimeOffset now)
    {
        await transaction.ExecuteAsync(script.Sql);
        return await transaction.ExecuteAsync(
            "insert into schema_version (version, script, applied_at) values (@Version, @Name, @now)",
            new { script.Version, script.Name, now = now.ToUnixTimeMilliseconds() });
    }

    private static async Task<List<Script>> ScriptsAsync(CancellationToken cancel)
    {
        var scripts = new List<Script>();
        var program = Assembly.GetExecutingAssembly();
        foreach (var resource in program.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(program.GetManifestResourceStream(resource)!);
            var name = resource[Folder.Length..];
            scripts.Add(new Script(long.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name, await reader.ReadToEndAsync(cancel)));
        }

        return scripts;
    }

    private sealed record Script(long Version, string Name, string Sql);
}
