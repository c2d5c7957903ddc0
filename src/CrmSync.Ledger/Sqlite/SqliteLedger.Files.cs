using System.Text.Json;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Sqlite;

public sealed partial class SqliteLedger
{
    private const string PayloadsSql =
        """
        select p.sealed
        from json_each(@revisions) j
        left join session s on s.number = j.value ->> 'number' and s.kind = j.value ->> 'kind' and s.instance = j.value ->> 'instance'
        left join payload p on p.session_id = s.id and p.revision = j.value ->> 'revision'
        order by j.key
        """;

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancel)
    {
        RevisionKey[] keys =
        [
            .. deliveries.Select(d => new RevisionKey(d.Session.Instance, SessionKey.Word(d.Session.Kind), d.Session.Id, d.Revision)),
        ];
        var json = JsonSerializer.Serialize(keys, LedgerJson.Default.RevisionKeyArray);
        var payloads = await Store.ReadAsync(transaction => transaction.ListAsync<byte[]?>(PayloadsSql, new { revisions = json }), cancel);
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

        Log.Unreadable(logger, delivery.Session.ToString(), delivery.Revision);
        return null;
    }
}
