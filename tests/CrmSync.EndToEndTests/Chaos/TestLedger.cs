using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.TestSupport.Postgres;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CrmSync.EndToEndTests.Chaos;

/// <summary>Where the workers of one test remember, and how the test gets at it behind their back.</summary>
internal abstract class TestLedger : IAsyncDisposable
{
    public const string Sqlite = "Sqlite";
    public const string Postgres = "Postgres";

    /// <summary>Both CRMs on every store.</summary>
    public static TheoryData<string, string> CrmsOnLedgers => new()
    {
        { TestCrm.Salesforce, Sqlite },
        { TestCrm.Zendesk, Sqlite },
        { TestCrm.Salesforce, Postgres },
        { TestCrm.Zendesk, Postgres },
    };

    /// <summary>How many workers share it in a storm.</summary>
    public abstract int Workers { get; }

    /// <summary>Section <c>Ledger</c> of the settings.</summary>
    public abstract JsonObject Settings();

    /// <summary>Deliveries that a dead worker was sending: what came of them, nobody wrote down.</summary>
    /// <param name="process">The dead worker's process id.</param>
    public abstract Task<int> LeftSendingAsync(int process);

    /// <summary>
    /// Takes the protection away after a death: whatever may have arrived is simply sent again, as a queue without a state of doubt does
    /// it. For control runs, which must show what the protection is good for.
    /// </summary>
    public abstract Task ForgetDoubtsAsync();

    /// <summary>Gives room back that it holds on its disk for later, so that a full disk is felt at the next write.</summary>
    public virtual Task GiveRoomBackAsync() => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();

    /// <param name="cluster">The server of PostgreSQL ledgers; null: the one that all tests share.</param>
    public static async Task<TestLedger> CreateAsync(string kind, string folder, PostgresCluster? cluster) => kind switch
    {
        Sqlite => new SqliteTestLedger(Path.Combine(folder, "data", "crmsync.db")),
        Postgres => await CreatePostgresAsync(folder, cluster),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such ledger."),
    };

    private static async Task<TestLedger> CreatePostgresAsync(string folder, PostgresCluster? cluster)
    {
        cluster ??= await TestContext.Current.GetFixture<PostgresCluster>() ?? throw new InvalidOperationException("The assembly has no PostgreSQL.");
        return new PostgresTestLedger(await cluster.NewDatabaseAsync(), Path.Combine(folder, "data", "crmsync.key"));
    }

    private sealed class PostgresTestLedger(string connectionString, string keyFile) : TestLedger
    {
        public override int Workers => 2;

        public override JsonObject Settings() => new() { ["Type"] = Postgres, ["ConnectionString"] = connectionString, ["KeyFile"] = keyFile };

        public override async Task<int> LeftSendingAsync(int process)
        {
            await using var ledger = new NpgsqlConnection(connectionString);
            return await ledger.ExecuteScalarAsync<int>(
                "select count(*) from delivery where state = 'sending' and owner in (select id from worker where name like @process || '@%')",
                new { process = process.ToString(CultureInfo.InvariantCulture) });
        }

        public override async Task ForgetDoubtsAsync()
        {
            await using var ledger = new NpgsqlConnection(connectionString);
            await ledger.ExecuteAsync(
                "update delivery set state = 'ready', may_have_arrived = false, owner = null, lease_until = null, due_at = 0 where state in ('sending', 'in_doubt', 'probing')");
        }

        public override async ValueTask DisposeAsync() => await PostgresCluster.DropAsync(connectionString);
    }

    private sealed class SqliteTestLedger(string path) : TestLedger
    {
        public override int Workers => 1;

        public override JsonObject Settings() => new() { ["Type"] = Sqlite, ["Path"] = path };

        /// <summary>The one worker of such a ledger was the one that died.</summary>
        public override async Task<int> LeftSendingAsync(int process)
        {
            await using var ledger = Open();
            return await ledger.ExecuteScalarAsync<int>("select count(*) from delivery where state = 'sending'");
        }

        public override async Task ForgetDoubtsAsync()
        {
            await using var ledger = Open();
            await ledger.ExecuteAsync(
                "update delivery set state = 'ready', may_have_arrived = 0, lease_until = null, due_at = 0 where state in ('sending', 'in_doubt', 'probing')");
        }

        // The write-ahead log keeps its length and is written from the front again.
        public override async Task GiveRoomBackAsync()
        {
            await using var ledger = Open();
            while (await ledger.ExecuteScalarAsync<int>("pragma wal_checkpoint(truncate)") != 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
            }
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private SqliteConnection Open() => new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
    }
}
