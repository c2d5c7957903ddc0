using CrmSync.Ledger.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
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

    private static bool UsesIndex(string step) => !step.StartsWith("SCAN", StringComparison.Ordinal);

    private static async Task<List<string>> PlanAsync(string sql)
    {
        using var folder = new ScratchFolder();
        var options = new CrmSync.Ledger.LedgerOptions { Path = folder.Database };
        await using var ledger = new SqliteLedger(options, TimeProvider.System, NullLogger<SqliteLedger>.Instance);
        await ledger.OpenAsync(TestContext.Current.CancellationToken);
        await using var connection = new SqliteConnection($"Data Source={folder.Database};Mode=ReadOnly;Pooling=false");
        var parameters = new { connector = "zendesk", now = 0L, parkedBefore = 0L, most = 50, died = "", crashLoop = "", livesMax = 3, source = "inbox", files = "[]" };
        return [.. (await connection.QueryAsync<Step>($"explain query plan {sql}", parameters)).Select(step => step.Detail)];
    }

    private sealed class Step
    {
        public string Detail { get; init; } = "";
    }
}
