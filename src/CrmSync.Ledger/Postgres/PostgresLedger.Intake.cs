using System.Text.Json;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Postgres;

public sealed partial class PostgresLedger
{
    private const string KnowsSql =
        """
        select f.locator is not null
        from rows from (jsonb_to_recordset(@files::jsonb) as (locator text, size bigint, at bigint)) with ordinality as j (locator, size, at, n)
        left join file f on f.source = @source and f.locator = j.locator and f.size_bytes = j.size and f.modified_at = j.at
        order by j.n
        """;

    private const string FindSql =
        """
        select s.instance, s.kind, s.number, s.revision, r.updated_at as UpdatedAt, r.content_sha256 as ContentSha256,
               r.semantic_sha256 as SemanticSha256, r.relevant_sha256 as RelevantSha256, r.is_final as IsFinal,
               coalesce((select bool_and(d.state in ('ready', 'parked', 'failed') and not d.may_have_arrived)
                         from delivery d
                         where d.session_id = s.id
                         and d.revision = (select max(l.revision) from delivery l where l.session_id = s.id)), false) as HasUnsent
        from jsonb_to_recordset(@sessions::jsonb) as j (instance text, kind text, number bigint)
        join session s on s.number = j.number and s.kind = j.kind and s.instance = j.instance
        join revision r on r.session_id = s.id and r.revision = s.revision
        """;

    // A later revision never goes before an earlier one, whatever their ends say. What ended before the ledger was restored from a backup
    // may have been delivered by the ledger that was lost: it is asked after first. From and conflict clauses follow.
    private const string PlanSql =
        """
        insert into delivery (session_id, revision, connector, key, route, lane, place, state, may_have_arrived, due_at, first_due_at,
                              created_at, changed_at, ticket_by_hand, reason, message, crm_code)
        select p.session_id, p.revision, p.connector, p.key, p.route, p.lane,
               greatest(p.place, (select max(e.place) from delivery e where e.session_id = p.session_id and e.connector = p.connector)),
               case when doubt.is_there and p.state = 'ready' then 'in_doubt' else p.state end, doubt.is_there, now_ms() + p.wait, now_ms() + p.wait,
               now_ms(), now_ms(),
               (select e.ticket_by_hand from delivery e
                where e.session_id = p.session_id and e.connector = p.connector and e.ticket_by_hand is not null order by e.revision desc limit 1),
               p.reason, p.message, p.crm_code

        """;

    private const string DoubtSql =
        "(select exists (select 1 from installation where coalesce(p.ended_at, 0) <= restored_at) as is_there)";

    // Sessions in the order of their keys, so that two workers that record the same ones wait for each other in the same direction.
    // What may have arrived is not superseded: it is asked after first, and the new revision waits behind it.
    private const string RecordSql =
        $"""
        with input as materialized (
            select * from jsonb_to_recordset(@records::jsonb) as r (
                n int, source text, locator text, size_bytes bigint, modified_at bigint, decision text, reason text, message text, crm_code text,
                instance text, kind text, number bigint, follows int, content_sha256 text, semantic_sha256 text, relevant_sha256 text,
                updated_at bigint, ended_at bigint, status text, is_final boolean, session_type text, language text, out_ticket text, queue text, terms jsonb)
            order by number, kind, instance),
        fresh as (
            insert into session (instance, kind, number, revision, is_final, recorded_at, happened_at, status, queue)
            select instance, kind, number, 1, is_final, now_ms(), coalesce(ended_at, updated_at, now_ms()), status, queue from input where follows = 0
            on conflict (number, kind, instance) do nothing
            returning id, instance, kind, number),
        next as (
            update session s set revision = s.revision + 1, is_final = i.is_final, recorded_at = now_ms(),
                happened_at = coalesce(i.ended_at, i.updated_at, now_ms()), status = i.status, queue = i.queue
            from input i
            where i.follows > 0 and s.number = i.number and s.kind = i.kind and s.instance = i.instance and s.revision = i.follows
            returning s.id, s.instance, s.kind, s.number),
        taken as (
            select i.*, s.id as session_id, i.follows + 1 as revision
            from input i join (select * from fresh union all select * from next) s
                on s.number = i.number and s.kind = i.kind and s.instance = i.instance),
        kept as (
            insert into revision (session_id, revision, source, locator, content_sha256, semantic_sha256, relevant_sha256, recorded_at,
                                  updated_at, ended_at, status, is_final, session_type, language, out_ticket, queue)
            select session_id, revision, source, locator, content_sha256, semantic_sha256, relevant_sha256, now_ms(),
                   updated_at, ended_at, status, is_final, session_type, language, out_ticket, queue
            from taken),
        put_by as (
            insert into payload (session_id, revision, sealed)
            select t.session_id, t.revision, p.sealed
            from taken t join unnest(@numbers, @payloads) as p (n, sealed) on p.n = t.n),
        queued as (
            insert into queue (name) select distinct queue from taken where queue is not null
            order by queue
            on conflict do nothing),
        found_by as (
            insert into session_term (term, session_id)
            select e.value::bigint, t.session_id from taken t cross join jsonb_array_elements_text(t.terms) e
            on conflict do nothing),
        planned as (
            select p.*, t.session_id, t.revision, t.ended_at
            from taken t
            join jsonb_to_recordset(@planned::jsonb) as p (
                "for" bigint, connector text, key text, route text, lane text, place bigint, state text, wait bigint,
                reason text, message text, crm_code text) on p.for = t.n),
        superseded as (
            update delivery d set state = 'superseded', token = d.token + 1, changed_at = now_ms(),
                reason = @newer, message = 'Revision ' || p.revision || ' took its place before it was sent.', crm_code = null
            from planned p
            where d.session_id = p.session_id and d.connector = p.connector and d.revision < p.revision
            and d.state in ('ready', 'parked', 'failed') and not d.may_have_arrived),
        added as (
            {PlanSql}
            from planned p cross join lateral {DoubtSql} doubt
            on conflict (session_id, connector, revision) do nothing),
        noted as (
            insert into file (source, locator, size_bytes, modified_at, decision, reason, message, crm_code, recorded_at)
            select i.source, i.locator, i.size_bytes, i.modified_at, i.decision, i.reason, i.message, i.crm_code, now_ms()
            from input i where i.follows is null or i.n in (select n from taken)
            order by i.source, i.locator
            on conflict (source, locator) do update set
                size_bytes = excluded.size_bytes, modified_at = excluded.modified_at, decision = excluded.decision,
                reason = excluded.reason, message = excluded.message, crm_code = excluded.crm_code, recorded_at = excluded.recorded_at)
        select n from taken
        """;

    private const string CurrentSql =
        """
        select i.n, s.revision
        from jsonb_to_recordset(@records::jsonb) as i (n int, instance text, kind text, number bigint)
        join session s on s.number = i.number and s.kind = i.kind and s.instance = i.instance
        """;

    public async Task<IReadOnlyList<bool>> KnowsAsync(string source, IReadOnlyList<FileStamp> files, CancellationToken cancel)
    {
        FileKey[] keys = [.. files.Select(file => new FileKey(file.Locator, file.SizeBytes, file.ModifiedAt.Ms()))];
        var json = JsonSerializer.Serialize(keys, PostgresJson.Default.FileKeyArray);
        return await _store.SendAsync(command => command.ListAsync<bool>(KnowsSql, new { source, files = json }), cancel);
    }

    public async Task<IReadOnlyDictionary<SessionKey, KnownSession>> FindAsync(IReadOnlyList<SessionKey> sessions, CancellationToken cancel)
    {
        NumberKey[] keys = [.. sessions.Distinct().Select(key => new NumberKey(key.Instance, SessionKey.Word(key.Kind), key.Id))];
        var json = JsonSerializer.Serialize(keys, PostgresJson.Default.NumberKeyArray);
        var rows = await _store.SendAsync(command => command.ListAsync<KnownRow>(FindSql, new { sessions = json }), cancel);
        return rows.Select(row => row.ToKnown()).ToDictionary(known => known.Key);
    }

    public async Task<IReadOnlyList<IntakeReceipt>> RecordAsync(IReadOnlyList<IntakeRecord> records, CancellationToken cancel)
    {
        var receipts = new IntakeReceipt[records.Count];
        foreach (var wave in RecordWave.Of(records, Sealing, Tokens))
        {
            await RecordAsync(wave, receipts, cancel);
        }

        return receipts;
    }

    public async Task NoteSourceAsync(string source, SourceNote note, CancellationToken cancel)
    {
        const string Sql =
            """
            insert into source (name, noted_at, error, seen, recorded, quarantined, last_ok_at)
            values (@source, @at, @error, @Seen, @Recorded, @Quarantined, @okAt)
            on conflict (name) do update set
                noted_at = excluded.noted_at, error = excluded.error, seen = excluded.seen, recorded = excluded.recorded,
                quarantined = excluded.quarantined, last_ok_at = coalesce(excluded.last_ok_at, source.last_ok_at)
            """;
        var at = note.At.Ms();
        var error = note.Error is { } text ? PlainText.Of(text) : null;
        await _store.SendAsync(
            command => command.ExecuteAsync(
                Sql, new { source, at, error, note.Seen, note.Recorded, note.Quarantined, okAt = error is null ? at : (long?)null }),
            cancel);
    }

    private async Task RecordAsync(RecordWave wave, IntakeReceipt[] receipts, CancellationToken cancel)
    {
        var parameters = new
        {
            records = JsonSerializer.Serialize(wave.Records, PostgresJson.Default.IReadOnlyListRecordEntry),
            planned = JsonSerializer.Serialize(wave.Planned, PostgresJson.Default.IReadOnlyListPlannedEntry),
            numbers = wave.Payloads.Select(payload => payload.N).ToArray(),
            payloads = wave.Payloads.Select(payload => payload.Sealed).ToArray(),
            newer = ReasonCodes.NewerRevision.Code,
        };
        var (taken, current) = await _store.SendAsync(
            command => command.ListsAsync<int, CurrentRow>($"{RecordSql}; {CurrentSql}", parameters), cancel);
        var revisions = current.ToDictionary(row => row.N, row => row.Revision);
        foreach (var entry in wave.Records)
        {
            receipts[entry.N] = entry.Follows is not { } follows
                ? new IntakeReceipt(Conflict: false, 0)
                : taken.Contains(entry.N)
                    ? new IntakeReceipt(Conflict: false, follows + 1)
                    : new IntakeReceipt(Conflict: true, revisions.GetValueOrDefault(entry.N));
        }
    }

    private sealed class CurrentRow
    {
        public int N { get; init; }

        public int Revision { get; init; }
    }
}
