using System.Globalization;
using System.Reflection;

namespace CrmSync.Ledger;

/// <summary>Brings a store's schema up to what this program knows: the scripts of its Schema folder in order, all of them or none.</summary>
/// <param name="folder">Below Schema: <c>Sqlite</c>, <c>Postgres</c>.</param>
/// <param name="tablesSql">Names of the tables that are there.</param>
/// <param name="versionTableSql">Makes the table that says which scripts were applied.</param>
internal sealed class Migrator(string folder, string tablesSql, string versionTableSql)
{
    /// <summary>Runs within the caller's transaction, which keeps others out.</summary>
    /// <exception cref="LedgerException">The ledger was written by a newer program, or is somebody else's database.</exception>
    public async Task<long> MigrateAsync(LedgerTransaction transaction, DateTimeOffset now, CancellationToken cancel)
    {
        var scripts = await ScriptsAsync(cancel);
        var applied = await AppliedAsync(transaction);
        if (applied.Max > scripts[^1].Version)
        {
            throw new LedgerException(
                $"The ledger has schema {applied.Max}, this program knows {scripts[^1].Version}: it was used by a newer CrmSync. Start that one, or bring back a backup.");
        }

        foreach (var script in scripts.Where(script => !applied.Contains(script.Version)))
        {
            await transaction.ExecuteAsync(script.Sql);
            await transaction.ExecuteAsync(
                "insert into schema_version (version, script, applied_at) values (@Version, @Name, @now)",
                new { script.Version, script.Name, now = now.Ms() });
        }

        return scripts[^1].Version;
    }

    /// <summary>The newest schema that this program knows.</summary>
    public async Task<long> KnownAsync(CancellationToken cancel) => (await ScriptsAsync(cancel))[^1].Version;

    private async Task<SortedSet<long>> AppliedAsync(LedgerTransaction transaction)
    {
        var tables = await transaction.ListAsync<string>(tablesSql);
        if (tables.Count > 0 && !tables.Contains("schema_version"))
        {
            throw new LedgerException("This is another program's database. Give CrmSync one of its own.");
        }

        await transaction.ExecuteAsync(versionTableSql);
        return [.. await transaction.ListAsync<long>("select version from schema_version")];
    }

    private async Task<List<Script>> ScriptsAsync(CancellationToken cancel)
    {
        var program = Assembly.GetExecutingAssembly();
        var prefix = $"CrmSync.Ledger.Schema.{folder}.";
        var scripts = new List<Script>();
        foreach (var resource in program.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(program.GetManifestResourceStream(resource)!);
            var name = resource[prefix.Length..];
            scripts.Add(new Script(long.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name, await reader.ReadToEndAsync(cancel)));
        }

        return scripts;
    }

    private sealed record Script(long Version, string Name, string Sql);
}
