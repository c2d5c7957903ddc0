using CrmSync.Ledger.Access;
using CrmSync.Ledger.Payloads;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmSync.Ledger.Postgres;

/// <summary>The ledger of several workers: a PostgreSQL database, and one key file that each of them has.</summary>
/// <remarks>
/// The rules are <see cref="ILedger"/>'s; docs/ledger.md says what is kept and what is promised. Its clock is the database's: <c>now_ms()</c>.
/// </remarks>
public sealed partial class PostgresLedger : SqlLedger, ILedger, ILendsTransactions, ILedgerUpkeep
{
    private readonly LedgerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<PostgresLedger> _logger;
    private readonly PostgresStore _store;
    private readonly WorkerLife _life;
    private readonly CancellationTokenSource _ending = new();
    private Task? _living;
    private bool _disposed;
    private PayloadSeal? _seal;
    private SearchTokens? _tokens;
    private string? _installation;

    public PostgresLedger(LedgerOptions options, TimeProvider clock, ILogger<PostgresLedger> logger)
    {
        (_options, _clock, _logger) = (options, clock, logger);
        _store = new PostgresStore(NpgsqlDataSource.Create(options.DatabaseText), clock);
        _life = new WorkerLife(_store, clock, logger);
    }

    public string Installation => _installation ?? throw NotOpen();

    public TrustWindow Trust => _life.Trust;

    ITransactions ILendsTransactions.Transactions => _store;

    private protected override SqlDialect Dialect => SqlDialect.Postgres;

    private protected override SearchTokens Tokens => _tokens ?? throw NotOpen();

    private PayloadSeal Sealing => _seal ?? throw NotOpen();

    public async Task<RecoveryReport> OpenAsync(CancellationToken cancel)
    {
        await PostgresServer.DemandAsync(_store, cancel);
        await _store.ChangeAsync(transaction => PostgresSchema.MigrateAsync(transaction, _clock.GetUtcNow(), cancel), cancel);
        var isNew = await _store.SendAsync(command => command.FirstAsync<bool>("select count(*) = 0 from installation"), cancel);
        var key = await OpenKeyAsync(isNew, cancel);
        _installation = await JoinAsync(key, cancel);
        _seal = new PayloadSeal(key);
        _tokens = new SearchTokens(key);
        await _life.BeginAsync(cancel);
        var report = await _life.SweepAsync(cancel);
        _living = _life.RunAsync(_ending.Token);
        Log.Opened(_logger, WorkerLife.Name, _life.Id, _installation, report.PutInDoubt, report.Released, report.Parked);
        return report;
    }

    public async Task<LedgerHealth> HealthAsync(CancellationToken cancel)
    {
        try
        {
            var isStandby = await _store.AskAsync(command => command.FirstAsync<bool>("select pg_is_in_recovery()"), cancel);
            return new LedgerHealth(!isStandby, isStandby ? "The database is a standby that only answers reads." : null, BytesFree: null);
        }
        catch (LedgerException e)
        {
            return new LedgerHealth(Writable: false, e.Message, BytesFree: null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A container that knows it under two names disposes of it twice.
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _ending.CancelAsync();
        if (Interlocked.Exchange(ref _living, null) is { } living)
        {
            await living.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            try
            {
                await _life.EndAsync(CancellationToken.None);
            }
            catch (LedgerException e)
            {
                Log.LeftInSilence(_logger, e.Message);
            }
        }

        await _store.DisposeAsync();
        _life.Dispose();
        _ending.Dispose();
    }

    public Task<LedgerCheckup> CheckUpAsync(CancellationToken cancel) => new PostgresUpkeep(_store).CheckUpAsync(cancel);

    public Task BackUpAsync(string path, CancellationToken cancel) => new PostgresUpkeep(_store).BackUpAsync(path, cancel);

    public Task<int> ReconcileAsync(CancellationToken cancel) =>
        throw new LedgerException("A worker uses the ledger. Stop all of them first.");

    private protected override Task<long> NowAsync(LedgerTransaction transaction) => transaction.FirstAsync<long>("select now_ms()");

    private protected override Task<T> ReadAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancel) => _store.ReadAsync(work, cancel);

    private async Task<PayloadKey> OpenKeyAsync(bool isNew, CancellationToken cancel)
    {
        if (!isNew && !File.Exists(_options.FullKeyFile))
        {
            throw new LedgerException(
                $"The key file {_options.FullKeyFile} is missing. All workers of a ledger have the same: copy it from {await FounderAsync(cancel)}, or name it in Ledger:KeyFile.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_options.FullKeyFile)!);
        return await PayloadKey.OpenAsync(_options.FullKeyFile, mayCreate: isNew, cancel);
    }

    private async Task<string> JoinAsync(PayloadKey key, CancellationToken cancel)
    {
        const string Sql =
            """
            insert into installation (id, name, key_fingerprint, created_at, created_by)
            values (1, @name, @fingerprint, now_ms(), @founder) on conflict (id) do nothing
            """;
        var founding = new { name = NewInstallation(), fingerprint = key.Fingerprint, founder = WorkerLife.Name };
        await _store.SendAsync(command => command.ExecuteAsync(Sql, founding), cancel);
        var row = await _store.SendAsync(
            command => command.FirstAsync<InstallationRow>("select name, key_fingerprint as KeyFingerprint from installation"), cancel);
        return row!.KeyFingerprint == key.Fingerprint
            ? row.Name
            : throw new LedgerException(
                $"The key file {_options.FullKeyFile} is not the one of this ledger. All workers of a ledger have the same: copy it from {await FounderAsync(cancel)}, or name it in Ledger:KeyFile.");
    }

    private async Task<string> FounderAsync(CancellationToken cancel) =>
        (await _store.SendAsync(command => command.FirstAsync<string>("select created_by from installation"), cancel))!;

    private static InvalidOperationException NotOpen() => new("The ledger is not open.");

    private sealed class InstallationRow
    {
        public string Name { get; init; } = "";

        public string KeyFingerprint { get; init; } = "";
    }

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Information,
            "Worker {Worker}, number {Number}, joined the ledger of installation {Installation}: {InDoubt} in doubt, {Released} released, {Parked} parked")]
        public static partial void Opened(ILogger logger, string worker, long number, string installation, int inDoubt, int released, int parked);

        [LoggerMessage(314, LogLevel.Warning, "The ledger was not told that this worker stops; others notice by themselves. {Trouble}")]
        public static partial void LeftInSilence(ILogger logger, string trouble);

        [LoggerMessage(315, LogLevel.Warning, "Leases of {Connector} ran out: {InDoubt} in doubt, {Released} released, {Parked} parked")]
        public static partial void LeasesRanOut(ILogger logger, string connector, int inDoubt, int released, int parked);

        [LoggerMessage(316, LogLevel.Error, "The kept file of {Session} revision {Revision} is damaged or was sealed with another key")]
        public static partial void Unreadable(ILogger logger, string session, int revision);

        [LoggerMessage(317, LogLevel.Information, "{Actor}: {Action} changed {Count} deliveries")]
        public static partial void Acted(ILogger logger, string actor, string action, int count);
    }
}
