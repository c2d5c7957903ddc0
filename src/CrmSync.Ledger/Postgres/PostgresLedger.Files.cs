using System.Text.Json;
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

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancel)
    {
        RevisionKey[] keys =
        [
            .. deliveries.Select(d => new RevisionKey(d.Session.Instance, SessionKey.Word(d.Session.Kind), d.Session.Id, d.Revision)),
        ];
        var revisions = JsonSerializer.Serialize(keys, PostgresJson.Default.RevisionKeyArray);
        var payloads = await _store.SendAsync(command => command.ListAsync<byte[]?>(PayloadsSql, new { revisions }), cancel);
        return [.. deliveries.Zip(payloads, Open)];
    }

    private ReadOnlyMemory<byte>? Open(Delivery delivery, byte[]? payload)
    {
        if (payload is null)
        {
            return null;
        }

        if (Sealing.Open(delivery.Session, delivery.Revision, payload) is { } content)
        {
            return content;
        }

        Log.Unreadable(_logger, delivery.Session.ToString(), delivery.Revision);
        return null;
    }
}
