using System.Text.Json;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Postgres;

public sealed partial class PostgresLedger
{
    private const string PayloadsSql =
        """
        select p.sealed
        from rows from (jsonb_to_recordset(@revisions::jsonb) as (instance text, kind text, number bigint, revision int)) with ordinality
            as j (instance, kind, number, revision, n)
        left join session s on s.number = j.number and s.kind = j.kind and s.instance = j.instance
        left join payload p on p.session_id = s.id and p.revision = j.revision
        order by j.n
        """;

    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancel) =>
        ReadFilesAsync([.. deliveries.Select(delivery => new SessionRevision(delivery.Session, delivery.Revision))], cancel);

    public override async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadFilesAsync(IReadOnlyList<SessionRevision> revisions, CancellationToken cancel)
    {
        RevisionKey[] keys = [.. revisions.Select(r => new RevisionKey(r.Session.Instance, SessionKey.Word(r.Session.Kind), r.Session.Id, r.Revision))];
        var json = JsonSerializer.Serialize(keys, PostgresJson.Default.RevisionKeyArray);
        var payloads = await _store.SendAsync(command => command.ListAsync<byte[]?>(PayloadsSql, new { revisions = json }), cancel);
        return [.. revisions.Zip(payloads, Open)];
    }

    private ReadOnlyMemory<byte>? Open(SessionRevision revision, byte[]? payload)
    {
        if (payload is null)
        {
            return null;
        }

        if (Sealing.Open(revision.Session, revision.Revision, payload) is { } content)
        {
            return content;
        }

        Log.Unreadable(_logger, revision.Session.ToString(), revision.Revision);
        return null;
    }
}
