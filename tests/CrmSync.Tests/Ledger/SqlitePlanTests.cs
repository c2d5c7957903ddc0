using System.Text.RegularExpressions;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;
using CrmSync.Ledger;
using CrmSync.Ledger.Rows;
using CrmSync.Ledger.Sqlite;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Tests.Ledger;

/// <summary>The statements that run all day must not get slower as the ledger grows: none of them reads a whole table.</summary>
public sealed class SqlitePlanTests
{
    [Fact]
    public async Task Claiming_walks_along_indexes_only()
    {
        (await PlanAsync(SqliteLedger.ClaimableSql)).ShouldAllBe(step => UsesIndex(step));
        (await PlanAsync(SqliteLedger.ReclaimExpiredSql)).ShouldAllBe(step => UsesIndex(step));
        (await PlanAsync(SqliteLedger.SuspectSql)).ShouldContain(step => step.Contains("delivery_suspect"));
    }

    [Fact]
    public async Task Whether_files_are_known_is_a_search_by_key()
    {
        var plan = await PlanAsync(SqliteLedger.KnowsSql);

        plan.ShouldContain("SEARCH f USING PRIMARY KEY (source=? AND locator=?) LEFT-JOIN");
        plan.Where(step => !step.Contains(" j ")).ShouldAllBe(step => UsesIndex(step));
    }

    [Theory]
    [InlineData(SqlLedger.PickedUpSql, "revision_first")]
    [InlineData(SqlLedger.DeliveredSql, "delivery_delivered")]
    [InlineData(SqlLedger.WaitingSql, "delivery_state")]
    [InlineData(SqlLedger.PersonSql, "delivery_state")]
    [InlineData(SqlLedger.BusySql, "delivery_state")]
    [InlineData(SqlLedger.ThroughputSql, "delivery_delivered")]
    [InlineData(SqlLedger.ReasonsSql, "delivery_state")]
    public async Task The_overview_reads_only_what_it_counts(string sql, string index)
    {
        var plan = await PlanAsync(sql);

        plan.ShouldContain(step => step.StartsWith("SEARCH", StringComparison.Ordinal) && step.Contains(index));
        plan.ShouldNotContain(step => step.StartsWith("SCAN revision", StringComparison.Ordinal) || step.StartsWith("SCAN delivery", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_newest_sessions_are_the_end_of_one_index_and_need_no_sorting()
    {
        var plan = await PlanAsync(new SessionQuerySql(new SessionQuery(), SqlDialect.Sqlite).Walk);

        plan.ShouldHaveSingleItem().ShouldBe("SCAN s USING COVERING INDEX session_happened");
    }

    [Fact]
    public async Task Filters_on_sessions_are_answered_from_the_index_alone()
    {
        var query = new SessionQuery
        {
            Kind = SessionKind.Call,
            Status = "failed",
            Queue = "Sales",
            From = DateTimeOffset.UnixEpoch,
            After = new SessionCursor(DateTimeOffset.UnixEpoch, 1),
        };

        var step = (await PlanAsync(new SessionQuerySql(query, SqlDialect.Sqlite).Walk)).ShouldHaveSingleItem();

        step.ShouldStartWith("SEARCH s USING COVERING INDEX session_happened (happened_at>? AND happened_at<?");
    }

    [Fact]
    public async Task Sessions_of_a_few_deliveries_are_found_from_the_deliveries()
    {
        var sql = new SessionQuerySql(new SessionQuery { States = [DeliveryState.Parked], Reason = "NO_TICKET" }, SqlDialect.Sqlite);

        (await PlanAsync(sql.CountSql)).ShouldContain(step => step.Contains("SEARCH d USING COVERING INDEX delivery_reason"));
        (await PlanAsync(sql.FromDeliveries)).ShouldContain(step => step.Contains("SEARCH s USING INTEGER PRIMARY KEY"));
    }

    [Theory]
    [InlineData("35436")]
    [InlineData("Maya Torres")]
    public async Task A_text_is_looked_up_by_number_ticket_and_term(string text)
    {
        var ids = SoughtSessions.Read(text, _ => 0, SqlDialect.Sqlite).IdsSql;

        var plan = await PlanAsync(new SessionQuerySql(new SessionQuery { Text = text }, SqlDialect.Sqlite).FromIds(ids));

        plan.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal)).ShouldAllBe(step => ReadsOnlyAnswers(step));
        plan.ShouldContain(step => step.Contains("SEARCH r USING COVERING INDEX revision_ticket"));
        plan.ShouldContain(step => step.Contains("SEARCH session_term USING PRIMARY KEY (term=?)"));
    }

    private static bool UsesIndex(string step) => !step.StartsWith("SCAN", StringComparison.Ordinal);

    // The list of sought tickets, and what the parts of the search gave.
    private static bool ReadsOnlyAnswers(string step) => step.Contains(" VIRTUAL TABLE ") || step is "SCAN m" or "SCAN people" || step.StartsWith("SCAN (subquery", StringComparison.Ordinal);

    private static async Task<List<string>> PlanAsync(string sql)
    {
        using var folder = new ScratchFolder();
        var options = new CrmSync.Ledger.LedgerOptions { Path = folder.Database };
        await using var ledger = new SqliteLedger(options, TimeProvider.System, NullLogger<SqliteLedger>.Instance);
        await ledger.OpenAsync(TestContext.Current.CancellationToken);
        await using var connection = await SqliteConnections.OpenReaderAsync(folder.Database, TestContext.Current.CancellationToken);
        var parameters = new DynamicParameters();
        foreach (var name in Regex.Matches(sql, "@[A-Za-z0-9]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value))
        {
            parameters.Add(name, 1);
        }

        return [.. (await connection.QueryAsync<Step>($"explain query plan {sql}", parameters)).Select(step => step.Detail)];
    }

    private sealed class Step
    {
        public string Detail { get; init; } = "";
    }
}
