using System.Globalization;
using System.Text;
using CrmSync.Jobs;
using CrmSync.TestSupport.Postgres;
using Npgsql;

namespace CrmSync.Tests.Jobs;

public sealed class SharedScheduleTests(PostgresCluster cluster)
{
    private static readonly CompositeFormat LockSql = CompositeFormat.Parse(SharedSchedule.LockSql);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_stands_still_with_the_schedules_lock_loses_it_after_15_seconds_and_nobody_else_does()
    {
        await using var database = NpgsqlDataSource.Create(await cluster.NewDatabaseAsync());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await ExecuteAsync(connection, """
            create schema quartz;
            create table quartz.qrtz_locks (sched_name text, lock_name text, primary key (sched_name, lock_name));
            insert into quartz.qrtz_locks values ('crmsync', 'TRIGGER_ACCESS');
            """);

        await using (var transaction = await connection.BeginTransactionAsync(Cancel))
        {
            var sql = string.Format(CultureInfo.InvariantCulture, LockSql, SharedSchedule.TablePrefix);
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            command.Parameters.AddWithValue("schedulerName", "crmsync");
            command.Parameters.AddWithValue("lockName", "TRIGGER_ACCESS");
            (await command.ExecuteScalarAsync(Cancel)).ShouldBe("15s");
            (await IdleLimitAsync(connection)).ShouldBe("15s");
            (await IsLockedAsync(database)).ShouldBeTrue();
            await transaction.CommitAsync(Cancel);
        }

        (await IdleLimitAsync(connection)).ShouldBe("0");
        (await IsLockedAsync(database)).ShouldBeFalse();
    }

    private static async Task<object?> IdleLimitAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("show idle_in_transaction_session_timeout", connection);
        return await command.ExecuteScalarAsync(Cancel);
    }

    private static async Task<bool> IsLockedAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select count(*) from (select 1 from quartz.qrtz_locks for update skip locked) as free");
        return (long)(await command.ExecuteScalarAsync(Cancel))! == 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
