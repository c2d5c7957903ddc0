using System.Text.Json;
using CrmSync.Core.Reading;
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

    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancel) =>
        ReadFilesAsync([.. deliveries.Select(delivery => new SessionRevision(delivery.Session, delivery.Revision))], cancel);

    public override async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadFilesAsync(IReadOnlyList<SessionRevision> revisions, CancellationToken cancel)
    {
        RevisionKey[] keys = [.. revisions.Select(r => new RevisionKey(r.Session.Instance, SessionKey.Word(r.Session.Kind), r.Session.Id, r.Revision))];
        var json = JsonSerializer.Serialize(keys, LedgerJson.Default.RevisionKeyArray);
        var payloads = await Store.ReadAsync(transaction => transaction.ListAsync<byte[]?>(PayloadsSql, new { revisions = json }), cancel);
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

        Log.Unreadable(logger, revision.Session.ToString(), revision.Revision);
        return null;
    }
}
