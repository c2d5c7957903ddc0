using CrmSync.Ledger.Postgres;
using CrmSync.TestSupport.Postgres;
using Dapper;
using Npgsql;

namespace CrmSync.Tests.Ledger;

/// <summary>The statements that run all day must not get slower as the ledger grows: none of them reads all deliveries.</summary>
public sealed class PostgresPlanTests(PostgresCluster cluster)
{
    private const int Delivered = 30_000;
    private const int Waiting = 3_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claiming_walks_along_indexes_whether_or_not_the_planner_knows_the_table(bool analyzed)
    {
        await using var place = await PostgresPlace.MakeAsync(cluster, new LedgerClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)));
        await FillAsync(place, analyzed);

        var plan = await PlanAsync(place, PostgresLedger.TakeSql);

        plan.ShouldContain(step => step.Contains("delivery_due"));
        plan.ShouldContain(step => step.Contains("delivery_lane"));
        plan.Where(step => step.Contains("Seq Scan on delivery")).ShouldBeEmpty();
    }

    // Most are done, the rest waits in lanes of ten.
    private static async Task FillAsync(PostgresPlace place, bool analyzed)
    {
        await place.ExecuteAsync(
            $"""
            alter table delivery set (autovacuum_enabled = false);
            insert into session (instance, kind, number, revision, is_final, recorded_at) select 'test', 'call', n, 1, true, 0 from generate_series(1, {Delivered + Waiting}) n;
            insert into delivery (session_id, revision, connector, key, lane, place, state, due_at, first_due_at, created_at, changed_at, delivered_at)
            select id, 1, 'zendesk', 'key ' || number, 'lane ' || number / 10, number, case when number <= {Delivered} then 'delivered' else 'ready' end, 0, 0, 0, 0,
                   case when number <= {Delivered} then 0 end
            from session;
            """);
        if (analyzed)
        {
            await place.ExecuteAsync("analyze delivery");
        }
    }

    private static async Task<List<string>> PlanAsync(PostgresPlace place, string sql)
    {
        await using var connection = new NpgsqlConnection(place.ConnectionString);
        var parameters = new { connector = "zendesk", most = 50, lease = 300_000L, me = 1L, claim = Guid.Empty, parkedBlocks = 900_000L };
        return [.. await connection.QueryAsync<string>($"explain {sql}", parameters)];
    }
}
