using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Ledger.Postgres;

/// <summary>
/// This process among the workers of a ledger: says every few seconds that it is alive, and takes back what others held who do not say so
/// any more.
/// </summary>
internal sealed partial class WorkerLife(PostgresStore store, TimeProvider clock, ILogger logger) : IDisposable
{
    /// <summary>A worker that says nothing for this long is taken for dead.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(12);

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    /// <summary>It must stop before the others may start: clocks differ in speed, and the first byte comes after the last look.</summary>
    private static readonly TimeSpan Trusted = Life - Period;

    private const string RenewSql =
        """
        update worker w set seen_at = now_ms(), alive_until = now_ms() + @life
        from worker before where w.id = @id and before.id = w.id
        returning before.alive_until > now_ms()
        """;

    // Rows that somebody has locked are left for the next time: their worker may be on its way back this moment.
    private const string SweepSql =
        $"""
        with dead as materialized (
            select id from worker where id <> @id and alive_until <= now_ms() order by id for update skip locked),
        held as materialized (
            select id from delivery
            where owner in (select id from dead) and state in ('resolving', 'sending', 'probing')
            order by id for update skip locked),
        lost as (
            {RecoverySql.Return} where id in (select id from held) returning id, state),
        ended as (
            {RecoverySql.EndAttempts} and delivery_id in (select id from lost)),
        gone as (
            delete from worker w
            where w.id in (select id from dead)
            and not exists (
                select 1 from delivery d
                where d.owner = w.id and d.state in ('resolving', 'sending', 'probing') and d.id not in (select id from held))
            returning w.name)
        select (select count(*) from gone) as Dead,
               (select count(*) from lost where state = 'in_doubt') as PutInDoubt,
               (select count(*) from lost where state = 'ready') as Released,
               (select count(*) from lost where state = 'parked') as Parked
        """;

    private readonly SemaphoreSlim _renewing = new(1);

    /// <summary>Process and machine: 4711@worker-2.</summary>
    public static string Name { get; } = $"{Environment.ProcessId}@{Environment.MachineName}";

    /// <summary>Of the row that stands for this life.</summary>
    public long Id { get; private set; }

    /// <summary>Of this life. Take it before a claim, and look at it before the first byte.</summary>
    public TrustWindow Trust { get; private set; } = new(clock, TimeSpan.Zero);

    public async Task BeginAsync(CancellationToken cancel)
    {
        const string Sql =
            """
            insert into worker (name, version, started_at, seen_at, alive_until)
            values (@Name, @version, now_ms(), now_ms(), now_ms() + @life) returning id
            """;
        var trust = new TrustWindow(clock, Trusted);
        var version = typeof(WorkerLife).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Id = await store.SendAsync(command => command.FirstAsync<long>(Sql, new { Name, version, life = Life.Ms() }), cancel);
        Trust = trust;
    }

    /// <summary>Alive again, or anew where somebody has taken this life for over. Answers whether it was alive all the time.</summary>
    public async Task<bool> RenewAsync(CancellationToken cancel)
    {
        // Two that find this life taken over at the same moment must not begin two new ones.
        await _renewing.WaitAsync(cancel);
        try
        {
            var since = clock.GetTimestamp();
            if (await store.SendAsync(command => command.FirstAsync<bool?>(RenewSql, new { id = Id, life = Life.Ms() }), cancel) is { } wasAlive)
            {
                Trust.Renew(since);
                return wasAlive;
            }

            Trust.Close();
            Log.TakenForDead(logger, Name, Life);
            await BeginAsync(cancel);
            return false;
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>Takes back what dead workers held.</summary>
    public async Task<RecoveryReport> SweepAsync(CancellationToken cancel)
    {
        var parameters = new
        {
            id = Id,
            died = ReasonCodes.WorkerDied.Code,
            crashLoop = ReasonCodes.CrashLoop.Code,
            sending = Deaths.WhileSending,
            inHand = Deaths.InHand,
            enough = Deaths.Enough,
        };
        var swept = await store.SendAsync(command => command.FirstAsync<SweptRow>(SweepSql, parameters), cancel);
        var report = new RecoveryReport(swept!.PutInDoubt, swept.Released, swept.Parked);
        if (swept.Dead > 0)
        {
            Log.TookOver(logger, swept.Dead, report.PutInDoubt, report.Released, report.Parked);
        }

        return report;
    }

    /// <summary>Says every few seconds that this worker is alive. A database that does not answer is asked again.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            try
            {
                // After silence of one's own (a freeze, a database that was away) the others first get the time to speak up again.
                if (await RenewAsync(cancel))
                {
                    await SweepAsync(cancel);
                }
            }
            catch (LedgerException e)
            {
                Log.Silent(logger, e.Message);
            }
        }
    }

    /// <summary>The end of this life: whatever it still holds may be taken at once.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        const string Sql =
            """
            update worker set alive_until = now_ms() where id = @Id;
            delete from worker
            where id = @Id and not exists (select 1 from delivery where owner = @Id and state in ('resolving', 'sending', 'probing'))
            """;
        Trust.Close();
        await store.SendAsync(command => command.ExecuteAsync(Sql, new { Id }), cancel);
    }

    public void Dispose() => _renewing.Dispose();

    private sealed class SweptRow
    {
        public int Dead { get; init; }

        public int PutInDoubt { get; init; }

        public int Released { get; init; }

        public int Parked { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(311, LogLevel.Warning, "{Worker} was silent for more than {Life} and taken for dead; others have its deliveries. It goes on as a new worker")]
        public static partial void TakenForDead(ILogger logger, string worker, TimeSpan life);

        [LoggerMessage(312, LogLevel.Warning, "Took over from {Dead} dead workers: {InDoubt} in doubt, {Released} released, {Parked} parked")]
        public static partial void TookOver(ILogger logger, int dead, int inDoubt, int released, int parked);

        [LoggerMessage(313, LogLevel.Warning, "This worker cannot say that it is alive: {Trouble}")]
        public static partial void Silent(ILogger logger, string trouble);
    }
}
