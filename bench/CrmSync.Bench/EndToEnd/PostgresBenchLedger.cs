using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace CrmSync.Bench.EndToEnd;

/// <summary>A database of its own on a PostgreSQL server that is there already; dropped at the end.</summary>
internal sealed class PostgresBenchLedger : IBenchLedger
{
    private const string ProgressSql =
        """
        select (select count(*) from session where number >= @first) as recorded,
               (select count(*) from delivery where state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing')) as moving
        """;

    private const string DeliveriesSql =
        """
        select s.kind as "Kind", s.number as "Number", d.state as "State", d.reason as "Reason",
               d.first_due_at as "DueAt", d.delivered_at as "DeliveredAt"
        from session s join delivery d on d.session_id = s.id
        where s.number >= @first
        """;

    private readonly string _server;
    private readonly string _name = "crmsync_bench_" + RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly NpgsqlDataSource _database;

    /// <param name="server">Connection string of a user who may make databases.</param>
    public PostgresBenchLedger(string server)
    {
        _server = new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString();
        var text = new NpgsqlConnectionStringBuilder(server) { Database = _name };
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Ledger:Type"] = "Postgres",
            ["Ledger:ConnectionString"] = text.ToString(),
        };
        _database = NpgsqlDataSource.Create(text);
    }

    public IReadOnlyDictionary<string, string> Settings { get; }

    public async Task PrepareAsync(int known, string connector, CancellationToken cancel)
    {
        try
        {
            await OnServerAsync($"create database {_name}", cancel);
        }
        catch (NpgsqlException e)
        {
            throw new BenchException($"--postgres: {e.Message} It needs a server where the user may make databases.");
        }
    }

    public async Task<LedgerProgress> ProgressAsync(CancellationToken cancel)
    {
        await using var connection = await _database.OpenConnectionAsync(cancel);
        var (recorded, moving) = await connection.QuerySingleAsync<(long, long)>(ProgressSql, new { first = SessionFeed.FirstNumber });
        return new LedgerProgress(recorded, moving);
    }

    public async Task<IReadOnlyList<LedgerDelivery>> DeliveriesAsync(CancellationToken cancel)
    {
        await using var connection = await _database.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<LedgerDelivery>(DeliveriesSql, new { first = SessionFeed.FirstNumber })).AsList();
    }

    // The whole server's: nobody else should use it meanwhile.
    public async Task<long> CommitsAsync(CancellationToken cancel)
    {
        await using var connection = await _database.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<long>("select wal_sync from pg_stat_wal");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await OnServerAsync($"drop database if exists {_name} with (force)", CancellationToken.None);
    }

    private async Task OnServerAsync(string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync(cancel);
        await connection.ExecuteAsync(sql);
    }
}
