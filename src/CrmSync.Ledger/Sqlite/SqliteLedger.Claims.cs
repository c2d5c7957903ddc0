using System.Text.Json;

namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    // Order within lane and session is (place, id), a total one, so that two waiting deliveries never wait for each other.
    private const string Claimable =
        """
        d.connector = @connector and d.state in ('ready', 'in_doubt') and d.due_at <= @now
        and not exists (
            select 1 from delivery p
            where p.connector = d.connector and p.lane = d.lane and (p.place, p.id) < (d.place, d.id)
            and p.state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing', 'parked')
            and not (p.state = 'parked' and p.changed_at <= @parkedBefore))
        and not exists (
            select 1 from delivery p
            where p.connector = d.connector and p.lane = d.lane and p.state in ('resolving', 'sending', 'probing'))
        and not exists (
            select 1 from delivery p
            where p.session_id = d.session_id and p.connector = d.connector and p.revision < d.revision
            and p.state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing', 'parked')
            and not (p.state = 'parked' and p.changed_at <= @parkedBefore))
        and not exists (
            select 1 from delivery p
            where p.session_id = d.session_id and p.connector = d.connector and p.state in ('resolving', 'sending', 'probing'))
        """;

    // Deaths.Suspect, spelled out for the partial index.
    internal const string ClaimableSql = $"select d.id from delivery d where {Claimable} and d.lives < 8 order by d.due_at, d.id limit @most";

    internal const string SuspectSql = $"select d.id from delivery d where {Claimable} and d.lives >= 8 order by d.due_at, d.id limit 1";

    private const string NextDueSql =
        $"""
        select min(at) from (
            select * from (select d.due_at as at from delivery d where {Claimable} order by d.due_at limit 1)
            union all
            select min(lease_until) from delivery where connector = @connector and state in ('resolving', 'sending', 'probing')
            union all
            select min(changed_at) + @parkedBlocks from delivery where state = 'parked' and connector = @connector and changed_at > @parkedBefore)
        """;

    public async Task<IReadOnlyList<Delivery>> ClaimAsync(string connector, int most, TimeSpan lease, CancellationToken cancel) =>
        await Store.WriteAsync<IReadOnlyList<Delivery>>(
            async transaction =>
            {
                var lost = await ReclaimAsync(transaction, connector);
                if (lost.PutInDoubt + lost.Released + lost.Parked > 0)
                {
                    Log.LeasesRanOut(logger, connector, lost.PutInDoubt, lost.Released, lost.Parked);
                }

                if (await PauseAsync(transaction, connector) is not null)
                {
                    return [];
                }

                var ids = await ClaimableAsync(transaction, connector, most);
                return ids.Count == 0 ? [] : await TakeAsync(transaction, ids, lease);
            },
            cancel);

    public async Task<DateTimeOffset?> NextDueAsync(string connector, CancellationToken cancel) => await Store.ReadAsync(
        async transaction =>
        {
            var next = (await transaction.FirstAsync<long?>(
                NextDueSql,
                new { connector, now = long.MaxValue, parkedBlocks = ParkedBlocks.Ms(), parkedBefore = Now - ParkedBlocks.Ms() })).At();
            return await PauseAsync(transaction, connector) switch
            {
                null => next,
                { Until: { } until } => next < until ? until : next,
                _ => null,
            };
        },
        cancel);

    // A delivery that processes died on may be what killed them: at most one such in a claim, so that it takes no innocent ones along again.
    private async Task<List<long>> ClaimableAsync(LedgerTransaction transaction, string connector, int most)
    {
        var parameters = new { connector, most, now = Now, parkedBefore = Now - ParkedBlocks.Ms() };
        var ids = await transaction.ListAsync<long>(SuspectSql, parameters);
        ids.AddRange(await transaction.ListAsync<long>(ClaimableSql, parameters with { most = most - ids.Count }));
        return ids;
    }

    private async Task<IReadOnlyList<Delivery>> TakeAsync(LedgerTransaction transaction, List<long> ids, TimeSpan lease)
    {
        const string Take =
            """
            update delivery set
                state = case state when 'ready' then 'resolving' else 'probing' end,
                attempts = attempts + (state = 'ready'), probes = probes + (state = 'in_doubt'),
                token = token + 1, lease_until = @leaseUntil, changed_at = @now
            where id in (select value from json_each(@ids))
            """;
        var parameters = new { ids = JsonSerializer.Serialize(ids, LedgerJson.Default.ListInt64), now = Now, leaseUntil = Now + lease.Ms() };
        await transaction.ExecuteAsync(Take, parameters);
        var rows = await transaction.ListAsync<DeliveryRow>(
            $"{DeliveryRow.Select} where d.id in (select value from json_each(@ids)) order by d.due_at, d.id", parameters);
        return rows.ConvertAll(row => row.ToDelivery());
    }
}
