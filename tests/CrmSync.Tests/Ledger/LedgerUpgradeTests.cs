using System.Data.Common;
using System.Globalization;
using CrmSync.Core.Deliveries;
using CrmSync.Ledger;
using CrmSync.Ledger.Sqlite;
using CrmSync.TestSupport.Postgres;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CrmSync.Tests.Ledger;

/// <summary>A ledger with work in it that an older CrmSync left behind: opening it brings it up to date, and the work goes on.</summary>
public sealed class LedgerUpgradeTests(PostgresCluster cluster)
{
    private const string Crm = "zendesk";

    /// <summary>What both stores' first schema understands: a session whose delivery waits, one in doubt, a pause, a line of the audit.</summary>
    private const string WorkSql =
        """
        insert into session (instance, kind, number, revision, is_final, recorded_at) values ('test', 'call', 135, 1, true, 7), ('test', 'chat', 8, 1, true, 7);
        insert into revision (session_id, revision, source, locator, content_sha256, semantic_sha256, relevant_sha256, recorded_at, ended_at, is_final, queue)
        select id, 1, 'inbox', 'file-' || number, 'a', 'b', 'c', 7, 5, true, 'Billing' from session;
        insert into delivery (session_id, revision, connector, key, lane, place, state, may_have_arrived, due_at, first_due_at, created_at, changed_at, lives)
        select id, 1, 'zendesk', 'key-' || number, 'lane-' || number, number,
               case kind when 'call' then 'ready' else 'in_doubt' end, kind = 'chat', 7, 7, 7, 7, 0
        from session;
        insert into pause (connector, reason, message, since, until) values ('salesforce', 'CRM_UNAVAILABLE', 'Down.', 7, 9000000000000);
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> SqliteVersions => [.. Enumerable.Range(1, Scripts("Sqlite").Count - 1)];

    public static TheoryData<int> PostgresVersions => [.. Enumerable.Range(1, Scripts("Postgres").Count - 1)];

    [Theory]
    [MemberData(nameof(SqliteVersions))]
    public async Task Work_in_an_older_SQLite_ledger_goes_on(int version)
    {
        using var folder = new ScratchFolder();
        await using (var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False"))
        {
            await LeaveBehindAsync(connection, "Sqlite", version);
        }

        var options = new LedgerOptions { Path = folder.Database };
        await using var ledger = new SqliteLedger(options, TimeProvider.System, NullLogger<SqliteLedger>.Instance);

        await ShouldGoOnAsync(ledger);
    }

    [Theory]
    [MemberData(nameof(PostgresVersions))]
    public async Task Work_in_an_older_PostgreSQL_ledger_goes_on(int version)
    {
        await using var place = await PostgresPlace.MakeEmptyAsync(cluster);
        await using (var connection = new NpgsqlConnection(place.ConnectionString + ";Pooling=false"))
        {
            await LeaveBehindAsync(connection, "Postgres", version);
        }

        await using var ledger = place.Create();

        await ShouldGoOnAsync(ledger);
    }

    private static async Task ShouldGoOnAsync(ILedger ledger)
    {
        await ledger.OpenAsync(Cancel);

        var claimed = await ledger.ClaimAsync(Crm, 10, TimeSpan.FromMinutes(5), Cancel);
        claimed.Select(delivery => (delivery.Session.Id, delivery.State)).Order().ShouldBe([(8, DeliveryState.Probing), (135, DeliveryState.Resolving)]);
        var stale = await ledger.SettleAsync(
            [.. claimed.Select(delivery => new Settlement(
                delivery.Id, delivery.Token, AttemptPhase.Probe, "Found", new Verdict.Done(new Receipt("1", "2", "3", null, Confirmed: true)), TimeSpan.Zero))],
            Cancel);
        stale.ShouldBeEmpty();

        (await ledger.FollowClockAsync(Cancel)).ShouldBe(0);
        (await ledger.PauseOfAsync("salesforce", Cancel)).ShouldNotBeNull().Until.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(9_000_000_000_000));
        var summary = await ledger.SummarizeAsync(Cancel);
        summary.Counts.ShouldHaveSingleItem().ShouldBe(new StateCount(Crm, DeliveryState.Delivered, 2));
    }

    private static async Task LeaveBehindAsync(DbConnection connection, string store, int version)
    {
        await connection.OpenAsync(Cancel);
        await ExecuteAsync("create table schema_version (version bigint primary key, script text not null, applied_at bigint not null)");
        foreach (var (number, script) in Scripts(store).Take(version))
        {
            await ExecuteAsync(script);
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"insert into schema_version values ({number}, 'script', 7)"));
            if (number == 1)
            {
                await ExecuteAsync(WorkSql);
            }
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(Cancel);
        }
    }

    private static List<(int Number, string Sql)> Scripts(string store)
    {
        var program = typeof(SqliteLedger).Assembly;
        var prefix = $"CrmSync.Ledger.Schema.{store}.";
        return [.. program.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (int.Parse(name.AsSpan(prefix.Length, 3), CultureInfo.InvariantCulture), Read(name)))];

        string Read(string name)
        {
            using var reader = new StreamReader(program.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }
}
