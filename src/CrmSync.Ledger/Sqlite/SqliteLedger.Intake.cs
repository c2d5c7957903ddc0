using System.Text.Json;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    internal const string KnowsSql =
        """
        select f.locator is not null
        from json_each(@files) j
        left join file f on f.source = @source and f.locator = j.value ->> 'locator'
            and f.size_bytes = j.value ->> 'size' and f.modified_at = j.value ->> 'at'
        order by j.key
        """;

    private const string FindSql =
        """
        select s.instance, s.kind, s.number, s.revision, r.updated_at as UpdatedAt, r.content_sha256 as ContentSha256,
               r.semantic_sha256 as SemanticSha256, r.relevant_sha256 as RelevantSha256, r.is_final as IsFinal,
               coalesce((select min(d.state in ('ready', 'parked', 'failed') and d.may_have_arrived = 0)
                         from delivery d
                         where d.session_id = s.id
                         and d.revision = (select max(l.revision) from delivery l where l.session_id = s.id)), 0) as HasUnsent
        from json_each(@sessions) j
        join session s on s.number = j.value ->> 'number' and s.kind = j.value ->> 'kind' and s.instance = j.value ->> 'instance'
        join revision r on r.session_id = s.id and r.revision = s.revision
        """;

    private const string NoteFileSql =
        """
        insert into file (source, locator, size_bytes, modified_at, decision, reason, message, crm_code, recorded_at)
        values (@Source, @Locator, @SizeBytes, @modifiedAt, @decision, @reason, @Message, @CrmCode, @now)
        on conflict (source, locator) do update set
            size_bytes = excluded.size_bytes, modified_at = excluded.modified_at, decision = excluded.decision,
            reason = excluded.reason, message = excluded.message, crm_code = excluded.crm_code, recorded_at = excluded.recorded_at
        """;

    private const string NewSessionSql =
        """
        insert into session (instance, kind, number, revision, is_final, recorded_at, happened_at, status, queue)
        values (@Instance, @kind, @Id, 1, @IsFinal, @now, @happenedAt, @Status, @Queue)
        on conflict do nothing
        returning id
        """;

    private const string NextRevisionSql =
        """
        update session set revision = revision + 1, is_final = @IsFinal, recorded_at = @now, happened_at = @happenedAt, status = @Status, queue = @Queue
        where number = @Id and kind = @kind and instance = @Instance and revision = @Follows
        returning id
        """;

    private const string QueueSql = "insert into queue (name) values (@Queue) on conflict do nothing";

    private const string TermsSql =
        "insert into session_term (term, session_id) select j.value, @session from json_each(@terms) j where true on conflict do nothing";

    private const string NewRevisionSql =
        """
        insert into revision (session_id, revision, source, locator, content_sha256, semantic_sha256, relevant_sha256, recorded_at,
                              updated_at, ended_at, status, is_final, session_type, language, out_ticket, queue)
        values (@session, @number, @Source, @Locator, @ContentSha256, @SemanticSha256, @RelevantSha256, @now,
                @updatedAt, @endedAt, @Status, @IsFinal, @SessionType, @Language, @OutTicket, @Queue)
        """;

    // A later revision never goes before an earlier one, whatever their ends say; and it goes to the ticket that a person gave the
    // earlier one. What ended before the ledger was restored from a backup may have been delivered by the ledger that was
    // lost: it is asked after first.
    private const string PlanSql =
        """
        with doubt (is_there) as (
            select exists (
                select 1 from installation i, revision r
                where r.session_id = @SessionId and r.revision = @Revision and coalesce(r.ended_at, 0) <= i.restored_at))
        insert into delivery (session_id, revision, connector, key, route, lane, place, state, may_have_arrived, due_at, first_due_at,
                              created_at, changed_at, ticket_by_hand, reason, message, crm_code)
        select @SessionId, @Revision, @Connector, @Key, @Route, @Lane,
               max(@Place, coalesce((select max(place) from delivery where session_id = @SessionId and connector = @Connector), @Place)),
               case when is_there and @State = 'ready' then 'in_doubt' else @State end, is_there, @Now + @Wait, @Now + @Wait,
               @Now, @Now,
               (select ticket_by_hand from delivery
                where session_id = @SessionId and connector = @Connector and ticket_by_hand is not null order by revision desc limit 1),
               @Reason, @Message, @CrmCode
        from doubt where true
        on conflict (session_id, connector, revision) do nothing
        """;

    // What may have arrived stays: it is asked after first, and the new revision waits behind it.
    private const string SupersedeSql =
        """
        update delivery set state = 'superseded', token = token + 1, changed_at = @Now,
            reason = @newer, message = 'Revision ' || @Revision || ' took its place before it was sent.', crm_code = null
        where session_id = @SessionId and connector = @Connector and revision < @Revision
        and state in ('ready', 'parked', 'failed') and may_have_arrived = 0
        """;

    public async Task<IReadOnlyList<bool>> KnowsAsync(string source, IReadOnlyList<FileStamp> files, CancellationToken cancel)
    {
        FileKey[] keys = [.. files.Select(file => new FileKey(file.Locator, file.SizeBytes, file.ModifiedAt.Ms()))];
        var json = JsonSerializer.Serialize(keys, LedgerJson.Default.FileKeyArray);
        return await Store.ReadAsync(transaction => transaction.ListAsync<bool>(KnowsSql, new { source, files = json }), cancel);
    }

    public async Task<IReadOnlyDictionary<SessionKey, KnownSession>> FindAsync(IReadOnlyList<SessionKey> sessions, CancellationToken cancel)
    {
        NumberKey[] keys = [.. sessions.Distinct().Select(key => new NumberKey(key.Instance, SessionKey.Word(key.Kind), key.Id))];
        var json = JsonSerializer.Serialize(keys, LedgerJson.Default.NumberKeyArray);
        var rows = await Store.ReadAsync(transaction => transaction.ListAsync<KnownRow>(FindSql, new { sessions = json }), cancel);
        return rows.Select(row => row.ToKnown()).ToDictionary(known => known.Key);
    }

    public async Task<IReadOnlyList<IntakeReceipt>> RecordAsync(IReadOnlyList<IntakeRecord> records, CancellationToken cancel)
    {
        // Compressing and encrypting keeps nobody waiting who wants to write.
        var payloads = records.Select(record => record.Revision is { } r ? Sealing.Seal(r.Session, r.Follows + 1, r.Bytes.Span) : null).ToList();
        return await Store.WriteAsync(
            async transaction =>
            {
                var receipts = new List<IntakeReceipt>(records.Count);
                foreach (var (record, payload) in records.Zip(payloads))
                {
                    receipts.Add(await RecordAsync(transaction, record, payload));
                }

                return receipts;
            },
            cancel);
    }

    public async Task NoteSourceAsync(string source, SourceNote note, CancellationToken cancel)
    {
        const string Sql =
            """
            insert into source (name, noted_at, error, seen, recorded, quarantined, last_ok_at)
            values (@source, @at, @Error, @Seen, @Recorded, @Quarantined, @okAt)
            on conflict (name) do update set
                noted_at = excluded.noted_at, error = excluded.error, seen = excluded.seen, recorded = excluded.recorded,
                quarantined = excluded.quarantined, last_ok_at = coalesce(excluded.last_ok_at, source.last_ok_at)
            """;
        var at = note.At.Ms();
        await Store.WriteAsync(
            transaction => transaction.ExecuteAsync(
                Sql, new { source, at, note.Error, note.Seen, note.Recorded, note.Quarantined, okAt = note.Error is null ? at : (long?)null }),
            cancel);
    }

    private async Task<IntakeReceipt> RecordAsync(LedgerTransaction transaction, IntakeRecord record, byte[]? payload)
    {
        if (record.Revision is { } revision)
        {
            if (await NextRevisionAsync(transaction, revision) is not { } session)
            {
                return new IntakeReceipt(Conflict: true, await CurrentRevisionAsync(transaction, revision.Session));
            }

            await KeepAsync(transaction, session, record, revision, payload!);
            await PlanAsync(transaction, session, revision);
        }

        await NoteFileAsync(transaction, record);
        return new IntakeReceipt(Conflict: false, record.Revision is { Follows: var follows } ? follows + 1 : 0);
    }

    private async Task<long?> NextRevisionAsync(LedgerTransaction transaction, NewRevision revision)
    {
        var (key, facts, now) = (revision.Session, revision.Facts, Now);
        var happenedAt = (facts.EndedAt ?? facts.UpdatedAt).Ms() ?? now;
        return await transaction.FirstAsync<long?>(
            revision.Follows == 0 ? NewSessionSql : NextRevisionSql,
            new { key.Instance, kind = SessionKey.Word(key.Kind), key.Id, revision.Follows, facts.IsFinal, now, happenedAt, facts.Status, facts.Queue });
    }

    private static async Task<int> CurrentRevisionAsync(LedgerTransaction transaction, SessionKey session) =>
        await transaction.FirstAsync<int>(
            "select revision from session where number = @Id and kind = @kind and instance = @Instance",
            new { session.Id, kind = SessionKey.Word(session.Kind), session.Instance });

    private async Task KeepAsync(LedgerTransaction transaction, long session, IntakeRecord record, NewRevision revision, byte[] payload)
    {
        var (number, facts) = (revision.Follows + 1, revision.Facts);
        await transaction.ExecuteAsync(
            NewRevisionSql,
            new
            {
                session,
                number,
                record.Source,
                record.File.Locator,
                revision.ContentSha256,
                revision.SemanticSha256,
                revision.RelevantSha256,
                now = Now,
                updatedAt = facts.UpdatedAt.Ms(),
                endedAt = facts.EndedAt.Ms(),
                facts.Status,
                facts.IsFinal,
                facts.SessionType,
                facts.Language,
                facts.OutTicket,
                facts.Queue,
            });
        await transaction.ExecuteAsync(
            "insert into payload (session_id, revision, sealed) values (@session, @number, @payload)", new { session, number, payload });
        await NoteSearchAsync(transaction, session, revision);
    }

    private async Task NoteSearchAsync(LedgerTransaction transaction, long session, NewRevision revision)
    {
        if (revision.Facts.Queue is not null)
        {
            await transaction.ExecuteAsync(QueueSql, new { revision.Facts.Queue });
        }

        if (revision.Terms.Count > 0)
        {
            var terms = JsonSerializer.Serialize(revision.Terms.Select(Tokens.Of).ToList(), LedgerJson.Default.ListInt64);
            await transaction.ExecuteAsync(TermsSql, new { session, terms });
        }
    }

    private async Task PlanAsync(LedgerTransaction transaction, long session, NewRevision revision)
    {
        foreach (var planned in revision.Deliveries)
        {
            var row = PlannedRow.Of(session, revision.Follows + 1, planned, Now);
            if (revision.Follows > 0)
            {
                await transaction.ExecuteAsync(
                    SupersedeSql, new { row.SessionId, row.Connector, row.Revision, row.Now, newer = ReasonCodes.NewerRevision.Code });
            }

            await transaction.ExecuteAsync(PlanSql, row);
        }
    }

    private async Task NoteFileAsync(LedgerTransaction transaction, IntakeRecord record) => await transaction.ExecuteAsync(
        NoteFileSql,
        new
        {
            record.Source,
            record.File.Locator,
            record.File.SizeBytes,
            modifiedAt = record.File.ModifiedAt.Ms(),
            decision = record.Decision.Word(),
            reason = record.Fault?.Reason.Code,
            record.Fault?.Message,
            record.Fault?.CrmCode,
            now = Now,
        });
}
