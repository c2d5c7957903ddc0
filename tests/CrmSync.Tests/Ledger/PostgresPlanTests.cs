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
    private const int UnderWay = 1_000;

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

    // A young table's statistics make a connector look as rare as a session: 4,000 waiting deliveries then took a claim seconds.
    [Theory]
    [InlineData(PostgresLedger.TakeSql)]
    [InlineData(PostgresLedger.TakenSql)]
    [InlineData(PostgresLedger.NextDueSql)]
    public async Task No_claim_looks_through_all_of_a_connector_for_each_delivery_before_the_planner_knows_the_table(string sql)
    {
        await using var place = await PostgresPlace.MakeAsync(cluster, new LedgerClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)));
        await FillAsync(place, analyzed: false);

        var plan = await PlanAsync(place, sql);

        plan.ShouldContain(step => step.Contains("session_id = d"));
        plan.Where(step => step.Contains("Index Cond:") && step.Contains("connector = d") && !step.Contains("lane = d") && !step.Contains("session_id = d"))
            .ShouldBeEmpty();
    }

    // Most are done, some are under way, the rest waits in lanes of ten.
    private static async Task FillAsync(PostgresPlace place, bool analyzed)
    {
        await place.ExecuteAsync(
            $"""
            alter table delivery set (autovacuum_enabled = false);
            insert into session (instance, kind, number, revision, is_final, recorded_at)
            select 'test', 'call', n, 1, true, 0 from generate_series(1, {Delivered + Waiting + UnderWay}) n;
            insert into delivery (session_id, revision, connector, key, lane, place, state, due_at, first_due_at, created_at, changed_at, delivered_at)
            select id, 1, 'zendesk', 'key ' || number, 'lane ' || number / 10, number, case when number <= {Delivered} then 'delivered' else 'ready' end, 0, 0, 0, 0,
                   case when number <= {Delivered} then 0 end
            from session where number <= {Delivered + Waiting};
            insert into delivery (session_id, revision, connector, key, lane, place, state, due_at, first_due_at, created_at, changed_at, owner, lease_until)
            select id, 1, 'zendesk', 'key ' || number, 'own lane ' || number, number, 'resolving', 0, 0, 0, 0, 1, 0
            from session where number > {Delivered + Waiting};
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
