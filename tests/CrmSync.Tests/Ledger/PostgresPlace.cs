using CrmSync.Ledger;
using CrmSync.Ledger.Postgres;
using CrmSync.TestSupport.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace CrmSync.Tests.Ledger;

/// <summary>A database for one test, whose clock the test moves.</summary>
internal sealed class PostgresPlace : IAsyncDisposable
{
    private const string Template = "ledger_template";

    private static readonly SemaphoreSlim Making = new(1);
    private static bool Made;

    private readonly ScratchFolder _folder = new();

    private PostgresPlace(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    public string KeyFile => Path.Combine(_folder.Path, "crmsync.key");

    public static async Task<PostgresPlace> MakeAsync(PostgresCluster cluster, LedgerClock clock)
    {
        await MakeTemplateAsync(cluster);
        var place = new PostgresPlace(await cluster.NewDatabaseAsync(Template));
        place.Set(clock.GetUtcNow());
        clock.Moved = place.Set;
        return place;
    }

    /// <summary>A database with nothing in it yet.</summary>
    public static async Task<PostgresPlace> MakeEmptyAsync(PostgresCluster cluster) => new(await cluster.NewDatabaseAsync());

    public LedgerOptions Options => new() { Type = "Postgres", ConnectionString = ConnectionString, KeyFile = KeyFile };

    /// <summary>A worker's ledger. Its own clock tells it only how long it was silent.</summary>
    /// <param name="port">Of something between the worker and the database.</param>
    public PostgresLedger Create(TimeProvider? clock = null, int? port = null) => new(
        new LedgerOptions
        {
            Type = "Postgres",
            ConnectionString = port is null ? ConnectionString : new NpgsqlConnectionStringBuilder(ConnectionString) { Port = port.Value }.ToString(),
            KeyFile = KeyFile,
        },
        clock ?? TimeProvider.System,
        NullLogger<PostgresLedger>.Instance);

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await PostgresCluster.DropAsync(ConnectionString);
        _folder.Dispose();
    }

    private void Set(DateTimeOffset at)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand("update test_clock set at = $1", connection) { Parameters = { new() { Value = at.ToUnixTimeMilliseconds() } } };
        command.ExecuteNonQuery();
    }

    /// <summary>The schema as the product makes it, but for the function that is its clock.</summary>
    private static async Task MakeTemplateAsync(PostgresCluster cluster)
    {
        await Making.WaitAsync();
        try
        {
            if (Made)
            {
                return;
            }

            var server = await cluster.ServerAsync();
            await server.ExecuteAsync($"create database {Template}");
            await using (var store = new PostgresStore(NpgsqlDataSource.Create(server.ConnectionString(Template) + ";Pooling=false"), TimeProvider.System))
            {
                await store.ChangeAsync(t => PostgresSchema.MigrateAsync(t, DateTimeOffset.UnixEpoch, default), default);
            }

            await server.ExecuteAsync(
                """
                create table test_clock (at bigint not null);
                insert into test_clock values (0);
                create or replace function now_ms() returns bigint language sql stable as 'select at from test_clock';
                """,
                Template);
            Made = true;
        }
        finally
        {
            Making.Release();
        }
    }
}
