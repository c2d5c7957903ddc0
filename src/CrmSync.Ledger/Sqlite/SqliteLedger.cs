using CrmSync.Ledger.Access;
using CrmSync.Ledger.Payloads;
using Microsoft.Extensions.Logging;

namespace CrmSync.Ledger.Sqlite;

/// <summary>The ledger of one worker: a SQLite file, a key file and a lock file beside each other.</summary>
/// <remarks>The rules are <see cref="ILedger"/>'s; docs/ledger.md says what is kept and what is promised.</remarks>
public sealed partial class SqliteLedger(LedgerOptions options, TimeProvider clock, ILogger<SqliteLedger> logger)
    : SqlLedger, ILedger, ILendsTransactions, ILedgerUpkeep
{
    private readonly string _path = options.FullPath;
    private LedgerLock? _lock;
    private SqliteStore? _store;
    private PayloadSeal? _seal;
    private SearchTokens? _tokens;
    private string? _installation;

    public string Installation => _installation ?? throw NotOpen();

    public TrustWindow Trust => TrustWindow.Endless;

    private SqliteStore Store => _store ?? throw NotOpen();

    ITransactions ILendsTransactions.Transactions => Store;

    private PayloadSeal Sealing => _seal ?? throw NotOpen();

    private protected override SqlDialect Dialect => SqlDialect.Sqlite;

    private protected override SearchTokens Tokens => _tokens ?? throw NotOpen();

    private long Now => clock.GetUtcNow().Ms();

    public async Task<RecoveryReport> OpenAsync(CancellationToken cancel)
    {
        LedgerFolder.Prepare(_path);
        _lock = LedgerLock.Take(_path);
        try
        {
            RefuseLost(_lock);
            await _lock.SignAsync(_lock.Installation, cancel);
            _store = await SqliteStore.OpenAsync(_path, cancel);
            await SqliteSchema.MigrateAsync(_store, clock, cancel);
            var isNew = await _store.ReadAsync(transaction => transaction.FirstAsync<bool>("select count(*) = 0 from installation"), cancel);
            var key = await PayloadKey.OpenAsync(options.FullKeyFile, mayCreate: isNew, cancel);
            _seal = new PayloadSeal(key);
            _tokens = new SearchTokens(key);
            var (installation, epoch) = await _store.WriteAsync(transaction => BeginLifeAsync(transaction, key), cancel);
            _installation = installation;
            await _lock.SignAsync(installation, cancel);

            var report = await _store.WriteAsync(transaction => ReclaimAsync(transaction, connector: null), cancel);
            Log.Opened(logger, _path, installation, epoch, report.PutInDoubt, report.Released, report.Parked);
            return report;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public Task<LedgerHealth> HealthAsync(CancellationToken cancel)
    {
        var (free, low) = LedgerFolder.Room(_path);
        var trouble = _store switch
        {
            null => "The ledger is not open.",
            { Broken: { } broken } => broken,
            _ when low => $"The disk that holds the ledger {_path} has {free >> 20} MB left. Make room before it is full.",
            _ => null,
        };
        return Task.FromResult(new LedgerHealth(_store is { Broken: null }, trouble, free));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _store, null) is { } store)
        {
            await store.DisposeAsync();
        }

        Interlocked.Exchange(ref _lock, null)?.Dispose();
    }

    private protected override Task<long> NowAsync(LedgerTransaction transaction) => Task.FromResult(Now);

    private protected override Task<T> ReadAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel) => Store.ReadAsync(work, cancel);

    // An empty ledger in the place of a lost one would deliver everything a second time.
    private void RefuseLost(LedgerLock held)
    {
        var isThere = File.Exists(_path) && new FileInfo(_path).Length > 0;
        if (!isThere && held.Installation is { } lost)
        {
            throw new LedgerException(
                $"The ledger {_path} of installation {lost} is gone. Bring back a backup, or the right volume. " +
                $"To begin a new one and risk second deliveries, delete {LedgerLock.OwnerPath(_path)}.");
        }
    }

    private async Task<(string Installation, long Epoch)> BeginLifeAsync(LedgerTransaction transaction, PayloadKey key)
    {
        const string Sql =
            """
            insert into installation (id, name, key_fingerprint, created_at, epoch, opened_at)
            values (1, @name, @fingerprint, @now, 1, @now)
            on conflict (id) do update set epoch = epoch + 1, opened_at = @now
            """;
        await transaction.ExecuteAsync(
            Sql, new { name = NewInstallation(), fingerprint = key.Fingerprint, now = Now });
        var row = await transaction.FirstAsync<InstallationRow>("select name, key_fingerprint as KeyFingerprint, epoch from installation");
        return row!.KeyFingerprint == key.Fingerprint
            ? (row.Name, row.Epoch)
            : throw new LedgerException(
                $"The key file {options.FullKeyFile} is not the one this ledger was made with. Bring back the right one: the kept session files cannot be read with another.");
    }

    private static InvalidOperationException NotOpen() => new("The ledger is not open.");

    private sealed class InstallationRow
    {
        public string Name { get; init; } = "";

        public string KeyFingerprint { get; init; } = "";

        public long Epoch { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Information,
            "Ledger {Path} of installation {Installation} opened, life {Epoch}: {InDoubt} in doubt, {Released} released, {Parked} parked")]
        public static partial void Opened(ILogger logger, string path, string installation, long epoch, int inDoubt, int released, int parked);

        [LoggerMessage(301, LogLevel.Warning,
            "Leases of {Connector} ran out: {InDoubt} in doubt, {Released} released, {Parked} parked")]
        public static partial void LeasesRanOut(ILogger logger, string connector, int inDoubt, int released, int parked);

        [LoggerMessage(302, LogLevel.Error, "The kept file of {Session} revision {Revision} is damaged or was sealed with another key")]
        public static partial void Unreadable(ILogger logger, string session, int revision);

        [LoggerMessage(303, LogLevel.Information, "{Actor}: {Action} changed {Count} deliveries")]
        public static partial void Acted(ILogger logger, string actor, string action, int count);
    }
}
