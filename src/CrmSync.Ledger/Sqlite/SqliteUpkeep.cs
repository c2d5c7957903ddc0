using CrmSync.Ledger.Payloads;

namespace CrmSync.Ledger.Sqlite;

/// <summary>A ledger file that is looked after without living in it.</summary>
internal sealed class SqliteUpkeep(SqliteStore store, LedgerLock? held, string path, TimeProvider clock) : ILedgerUpkeep
{
    private const int FindingsMax = 100;

    public static async Task<SqliteUpkeep> OpenAsync(LedgerOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var path = options.FullPath;
        if (!File.Exists(path))
        {
            throw new LedgerException($"There is no ledger at {path}.");
        }

        var held = LedgerLock.Take(path);
        try
        {
            return new SqliteUpkeep(await SqliteStore.OpenAsync(path, cancel), held, path, clock);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Reads every page: seconds per gigabyte.</summary>
    public async Task<LedgerCheckup> CheckUpAsync(CancellationToken cancel)
    {
        try
        {
            return await store.ReadAsync(
                async transaction => new LedgerCheckup(
                    path,
                    await transaction.FirstAsync<string>("select name from installation") ?? "none",
                    await transaction.FirstAsync<long?>("select max(version) from schema_version") ?? 0,
                    await transaction.FirstAsync<long>("select count(*) from session"),
                    await SqlLedger.CountsAsync(transaction),
                    await TroublesAsync(transaction)),
                cancel);
        }
        catch (LedgerException e)
        {
            return new LedgerCheckup(path, "unknown", 0, 0, [], [e.Message]);
        }
    }

    public async Task BackUpAsync(string path, CancellationToken cancel)
    {
        Claim(path);
        try
        {
            await store.CopyToAsync(path, cancel);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public Task<int> ReconcileAsync(CancellationToken cancel) => store.WriteAsync(
        async transaction =>
        {
            var parameters = new { now = clock.GetUtcNow().Ms(), restored = ReasonCodes.LedgerRestored.Code };
            var doubted = await transaction.ExecuteAsync(ReconcileSql.DoubtWhatWaits("lease_until = null"), parameters);
            await transaction.ExecuteAsync(ReconcileSql.DoubtWhatRests);
            await transaction.ExecuteAsync(ReconcileSql.EndAttempts, parameters);
            await transaction.ExecuteAsync(ReconcileSql.Note, parameters);
            return doubted;
        },
        cancel);

    /// <summary>Brings an older ledger up to this program's schema.</summary>
    public Task MigrateAsync(CancellationToken cancel) => SqliteSchema.MigrateAsync(store, clock, cancel);

    /// <exception cref="LedgerException">The ledger was made with another key.</exception>
    public async Task DemandKeyAsync(PayloadKey key, string keyFile, CancellationToken cancel)
    {
        var fingerprint = await store.ReadAsync(transaction => transaction.FirstAsync<string>("select key_fingerprint from installation"), cancel);
        if (fingerprint != key.Fingerprint)
        {
            throw new LedgerException($"The key file {keyFile} is not the one this ledger was made with. Bring back the right one first.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        held?.Dispose();
    }

    // Like the ledger's own folder it is for its owner only.
    private static void Claim(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new LedgerException($"{path} exists. Name a file that does not: a backup never replaces another one.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{path} cannot be written. Check that its folder exists, and that the worker's user may write there.", e);
        }
    }

    private static async Task<IReadOnlyList<string>> TroublesAsync(LedgerTransaction transaction)
    {
        var found = await transaction.ListAsync<string>($"pragma integrity_check({FindingsMax})");
        var orphans = await transaction.ListAsync<string>("select 'A row of ' || \"table\" || ' points at nothing.' from pragma_foreign_key_check limit 20");
        return found is ["ok"] ? orphans : [.. found, .. orphans];
    }
}
