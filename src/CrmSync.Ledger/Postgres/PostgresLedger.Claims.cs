namespace CrmSync.Ledger.Postgres;

public sealed partial class PostgresLedger
{
    // Order within lane and session is (place, id), a total one, so that two waiting deliveries never wait for each other.
    // Sub-selects with a limit are looked up row by row along their index, whatever the planner believes about the table's size.
    private const string Claimable =
        """
        d.connector = @connector and d.state in ('ready', 'in_doubt')
        and (
            select 1 from delivery p
            where p.connector = d.connector and p.lane = d.lane and (p.place, p.id) < (d.place, d.id)
            and p.state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing', 'parked')
            and not (p.state = 'parked' and p.changed_at <= now_ms() - @parkedBlocks)
            limit 1) is null
        and (
            select 1 from delivery p
            where p.connector = d.connector and p.lane = d.lane and p.state in ('resolving', 'sending', 'probing')
            limit 1) is null
        and (
            select 1 from delivery p
            where p.session_id = d.session_id and p.connector = d.connector and p.revision < d.revision
            and p.state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing', 'parked')
            and not (p.state = 'parked' and p.changed_at <= now_ms() - @parkedBlocks)
            limit 1) is null
        and (
            select 1 from delivery p
            where p.session_id = d.session_id and p.connector = d.connector and p.state in ('resolving', 'sending', 'probing')
            limit 1) is null
        """;

    private const string ReclaimSql =
        $"""
        with held as materialized (
            select id from delivery
            where connector = @connector and state in ('resolving', 'sending', 'probing') and lease_until <= now_ms()
            order by id for update skip locked),
        lost as (
            {RecoverySql.Return} where id in (select id from held) returning id, state),
        ended as (
            {RecoverySql.EndAttempts} and delivery_id in (select id from lost))
        select state from lost
        """;

    // A delivery that processes died on may be what killed them: at most one such in a claim, so that it takes no innocent ones along again
    // (8 is Deaths.Suspect, spelled out for the partial index).
    // The lock on the worker's own row keeps others from taking this life for over in the same moment. A claim whose answer got lost is
    // asked for again under its number, and takes nothing more.
    internal const string TakeSql =
        $"""
        with me as materialized (
            select id from worker where id = @me for key share),
        may as materialized (
            select 1 from me
            where not exists (select 1 from pause where connector = @connector and (until is null or until > now_ms()))
            and not exists (
                select 1 from delivery where owner = @me and state in ('resolving', 'sending', 'probing') and claim = @claim)),
        suspect as materialized (
            select d.id from delivery d
            where exists (select 1 from may) and d.due_at <= now_ms() and {Claimable} and d.lives >= 8
            order by d.due_at, d.id limit 1 for update skip locked),
        other as materialized (
            select d.id from delivery d
            where exists (select 1 from may) and d.due_at <= now_ms() and {Claimable} and d.lives < 8
            order by d.due_at, d.id limit @most - (select count(*) from suspect) for update skip locked)
        update delivery d set
            state = case d.state when 'ready' then 'resolving' else 'probing' end,
            attempts = d.attempts + case d.state when 'ready' then 1 else 0 end,
            probes = d.probes + case d.state when 'in_doubt' then 1 else 0 end,
            token = d.token + 1, owner = @me, claim = @claim, lease_until = now_ms() + @lease, changed_at = now_ms()
        where d.id in (select id from suspect union all select id from other)
        """;

    internal const string TakenSql =
        $"""
        {DeliveryRow.Select}
        where d.owner = @me and d.state in ('resolving', 'sending', 'probing') and d.claim = @claim
        order by d.due_at, d.id
        """;

    internal const string NextDueSql =
        $"""
        select min(at) from (
            select * from (select d.due_at as at from delivery d where {Claimable} order by d.due_at limit 1) waiting
            union all
            select min(lease_until) from delivery where connector = @connector and state in ('resolving', 'sending', 'probing')
            union all
            select min(changed_at) + @parkedBlocks from delivery
            where state = 'parked' and connector = @connector and changed_at > now_ms() - @parkedBlocks) next
        """;

    public async Task<IReadOnlyList<Delivery>> ClaimAsync(string connector, int most, TimeSpan lease, CancellationToken cancel)
    {
        await StayAliveAsync(cancel);
        var parameters = new
        {
            connector,
            most,
            lease = lease.Ms(),
            me = _life.Id,
            claim = Guid.CreateVersion7(_clock.GetUtcNow()),
            parkedBlocks = ParkedBlocks.Ms(),
            died = ReasonCodes.WorkerDied.Code,
            crashLoop = ReasonCodes.CrashLoop.Code,
            sending = Deaths.WhileSending,
            inHand = Deaths.InHand,
            enough = Deaths.Enough,
        };
        var (lost, taken) = await _store.SendAsync(
            command => command.ListsAsync<string, DeliveryRow>($"{ReclaimSql}; {TakeSql}; {TakenSql}", parameters), cancel);
        if (lost.Count > 0)
        {
            Log.LeasesRanOut(_logger, connector, Count(DeliveryState.InDoubt), Count(DeliveryState.Ready), Count(DeliveryState.Parked));
        }

        return taken.ConvertAll(row => row.ToDelivery());

        int Count(DeliveryState state) => lost.Count(word => word == state.Word());
    }

    public async Task<DateTimeOffset?> NextDueAsync(string connector, CancellationToken cancel)
    {
        var parameters = new { connector, parkedBlocks = ParkedBlocks.Ms() };
        var (next, pauses) = await _store.SendAsync(
            command => command.ListsAsync<long?, PauseRow>($"{NextDueSql}; {PauseSql} and connector = @connector", parameters), cancel);
        return pauses switch
        {
            [] => next[0].At(),
            [{ Until: { } until }] => next[0] is { } due ? Math.Max(due, until).At() : null,
            _ => null,
        };
    }

    // A worker that was silent for a while may be given away any moment: it speaks up before it takes or begins anything.
    private async Task StayAliveAsync(CancellationToken cancel)
    {
        if (!_life.Trust.IsOpen)
        {
            await _life.RenewAsync(cancel);
        }
    }
}
