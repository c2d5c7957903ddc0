using System.Text.Json;

namespace CrmSync.Ledger.Postgres;

public sealed partial class PostgresLedger
{
    // Where two of a batch turn out to go to one record, the first goes. What is sending under this very token was begun by this command
    // before its answer got lost: nothing was sent since.
    private const string BeginSql =
        """
        with input as materialized (
            select * from jsonb_to_recordset(@attempts::jsonb) as a (
                n int, id bigint, token bigint, lane text, record_type text, record_id text, url text, settle bigint)),
        ours as materialized (
            select i.*, d.connector
            from input i join delivery d on d.id = i.id and d.token = i.token
            where d.state in ('resolving', 'probing')
            order by d.id for update of d),
        free as materialized (
            select o.* from ours o
            where not exists (select 1 from ours e where e.connector = o.connector and e.lane = o.lane and e.n < o.n)
            and not exists (
                select 1 from delivery p
                where p.connector = o.connector and p.lane = o.lane and p.state in ('resolving', 'sending', 'probing') and p.id <> o.id)),
        begun as (
            update delivery d set
                state = 'sending', lane = f.lane, ticket_type = f.record_type, ticket_id = f.record_id, ticket_url = f.url,
                attempts = d.attempts + case d.state when 'probing' then 1 else 0 end, probes = 0, settle_ms = f.settle,
                first_sent_at = coalesce(d.first_sent_at, now_ms()), changed_at = now_ms()
            from free f where d.id = f.id
            returning d.id, d.token),
        stepped_back as (
            update delivery d set
                state = case d.state when 'resolving' then 'ready' else 'in_doubt' end,
                attempts = d.attempts - case d.state when 'resolving' then 1 else 0 end,
                probes = d.probes - case d.state when 'probing' then 1 else 0 end,
                lane = o.lane, due_at = now_ms(), owner = null, lease_until = null, changed_at = now_ms(),
                reason = @waits, message = 'Another delivery to the same record is under way.', crm_code = null
            from ours o where d.id = o.id and not exists (select 1 from free f where f.id = o.id)),
        started as (
            insert into attempt (delivery_id, number, phase, token, started_at)
            select b.id, coalesce((select max(a.number) from attempt a where a.delivery_id = b.id), 0) + 1, 'send', b.token, now_ms()
            from begun b)
        select id from begun
        union all
        select d.id from input i join delivery d on d.id = i.id and d.token = i.token where @again and d.state = 'sending'
        """;

    // A probe spends no attempt, so none is given back for it. The token only changes when somebody else takes or changes the delivery: one
    // that is settled under this very token was settled by this command before its answer got lost.
    private const string SettleSql =
        $"""
        with input as materialized (
            select * from jsonb_to_recordset(@settlements::jsonb) as s (
                delivery_id bigint, token bigint, phase text, outcome text, took bigint, state text, wait bigint, may_have_arrived boolean,
                refund int, is_delivered boolean, reason text, message text, crm_code text,
                lane text, ticket_type text, ticket_id text, ticket_url text,
                receipt_record text, receipt_note text, receipt_file text, receipt_url text, receipt_confirmed boolean)),
        settled as (
            update delivery d set
                state = i.state, due_at = coalesce(now_ms() + i.wait, d.due_at), may_have_arrived = coalesce(i.may_have_arrived, d.may_have_arrived),
                attempts = case d.state when 'probing' then d.attempts else greatest(d.attempts - i.refund, 0) end,
                lives = 0, owner = null, lease_until = null, changed_at = now_ms(),
                delivered_at = case when i.is_delivered then now_ms() end,
                reason = i.reason, message = i.message, crm_code = i.crm_code,
                lane = coalesce(i.lane, d.lane), ticket_type = coalesce(i.ticket_type, d.ticket_type),
                ticket_id = coalesce(i.ticket_id, d.ticket_id),
                ticket_url = case when i.ticket_id is null then d.ticket_url else i.ticket_url end,
                receipt_record = i.receipt_record, receipt_note = i.receipt_note, receipt_file = i.receipt_file,
                receipt_url = i.receipt_url, receipt_confirmed = i.receipt_confirmed
            from input i
            where d.id = i.delivery_id and d.token = i.token and d.state in ('resolving', 'sending', 'probing')
            returning d.id, d.session_id, d.revision, i.token, i.phase, i.outcome, i.took, i.reason, i.message, i.crm_code),
        ended as (
            update attempt a set
                ended_at = now_ms(), outcome = s.outcome, took_ms = s.took, reason = s.reason, message = s.message, crm_code = s.crm_code
            from settled s
            where s.phase = 'send' and a.delivery_id = s.id and a.token = s.token and a.phase = 'send' and a.outcome is null
            returning a.delivery_id),
        whole as (
            insert into attempt (delivery_id, number, phase, token, started_at, ended_at, outcome, took_ms, reason, message, crm_code)
            select s.id, coalesce((select max(a.number) from attempt a where a.delivery_id = s.id), 0) + 1, s.phase, s.token,
                   now_ms() - s.took, now_ms(), s.outcome, s.took, s.reason, s.message, s.crm_code
            from settled s where s.id not in (select delivery_id from ended)),
        diverted as (
            select p.*, s.session_id, s.revision, r.ended_at
            from settled s
            join revision r on r.session_id = s.session_id and r.revision = s.revision
            join jsonb_to_recordset(@diverted::jsonb) as p (
                "for" bigint, connector text, key text, route text, lane text, place bigint, state text, wait bigint,
                reason text, message text, crm_code text) on p.for = s.id),
        planned as (
            {PlanSql}
            from diverted p cross join lateral {DoubtSql} doubt
            on conflict (session_id, connector, revision) do nothing)
        select id from settled
        union all
        select d.id from input i join delivery d on d.id = i.delivery_id and d.token = i.token
        where @again and d.state not in ('resolving', 'sending', 'probing')
        """;

    public async Task<IReadOnlySet<long>> BeginAsync(IReadOnlyList<AttemptStart> attempts, CancellationToken cancel)
    {
        await StayAliveAsync(cancel);
        IReadOnlyList<BeginEntry> entries = [.. attempts.Select(BeginEntry.Of)];
        var json = JsonSerializer.Serialize(entries, PostgresJson.Default.IReadOnlyListBeginEntry);
        var begun = await _store.SendAsync(
            (command, again) => command.ListAsync<long>(BeginSql, new { attempts = json, again, waits = ReasonCodes.WaitsForLane.Code }), cancel);
        return begun.ToHashSet();
    }

    public async Task<IReadOnlySet<long>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancel)
    {
        IReadOnlyList<SettleEntry> entries = [.. settlements.Select(SettleEntry.Of)];
        IReadOnlyList<PlannedEntry> diverted =
            [.. settlements.Where(s => s.Verdict is Verdict.Divert).Select(s => PlannedEntry.Of(s.DeliveryId, ((Verdict.Divert)s.Verdict).To))];
        var (entriesJson, divertedJson) = (
            JsonSerializer.Serialize(entries, PostgresJson.Default.IReadOnlyListSettleEntry),
            JsonSerializer.Serialize(diverted, PostgresJson.Default.IReadOnlyListPlannedEntry));
        var settled = await _store.SendAsync(
            (command, again) => command.ListAsync<long>(SettleSql, new { settlements = entriesJson, diverted = divertedJson, again }), cancel);
        return settlements.Select(settlement => settlement.DeliveryId).Except(settled).ToHashSet();
    }
}
