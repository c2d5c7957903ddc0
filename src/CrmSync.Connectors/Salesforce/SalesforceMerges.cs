using System.Text.Json;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>What became of a Case.</summary>
/// <param name="Id">Where it lives now: itself, or the master it was merged into.</param>
/// <param name="IsDeleted">Deleted, and not by a merge.</param>
internal sealed record CaseFate(string Id, bool IsDeleted);

/// <summary>Asks where Cases are now. A merge deletes the loser and leaves <c>MasterRecordId</c> on it, which only <c>queryAll</c> shows.</summary>
internal sealed class SalesforceMerges(SalesforceClient client)
{
    private const int HopsMax = 5;
    private const int IdsInQuery = 200;

    /// <summary>The fate of each Case that ever was; ids that are not there are not in the answer.</summary>
    public async Task<SalesforceReply<IReadOnlyDictionary<string, CaseFate>>> FollowAsync(IEnumerable<string> ids, CancellationToken cancel)
    {
        var rows = new Dictionary<string, (bool IsDeleted, string? Master)>(StringComparer.Ordinal);
        var asked = ids.Distinct(StringComparer.Ordinal).ToList();
        var next = asked;
        for (var hop = 0; hop < HopsMax && next.Count > 0; hop++)
        {
            foreach (var chunk in next.Chunk(IdsInQuery))
            {
                var (answer, trouble) = await client.QueryAsync(
                    $"SELECT Id, IsDeleted, MasterRecordId FROM Case WHERE Id IN {Soql.List(chunk)}", all: true, cancel);
                if (answer is null)
                {
                    return SalesforceReply<IReadOnlyDictionary<string, CaseFate>>.Of(trouble!);
                }

                foreach (var row in answer.Records ?? [])
                {
                    rows[row.GetProperty("Id").GetString()!] = (row.GetProperty("IsDeleted").ValueKind is JsonValueKind.True, row.GetProperty("MasterRecordId").GetString());
                }
            }

            next = [.. rows.Values.Select(r => r.Master).OfType<string>().Where(m => !rows.ContainsKey(m)).Distinct(StringComparer.Ordinal)];
        }

        return new(asked.Where(rows.ContainsKey).ToDictionary(id => id, id => Fate(id, rows), StringComparer.Ordinal), Trouble: null);
    }

    /// <summary>The same ticket, on the record that its Case was merged into.</summary>
    public static TicketRef Moved(TicketRef ticket, string record) =>
        ticket with { RecordId = record, Url = ticket.Url?.Replace(ticket.RecordId, record, StringComparison.Ordinal) };

    private static CaseFate Fate(string id, Dictionary<string, (bool IsDeleted, string? Master)> rows)
    {
        var at = id;
        for (var hop = 0; hop < HopsMax && rows.TryGetValue(at, out var row) && row is { IsDeleted: true, Master: { } master }; hop++)
        {
            at = master;
        }

        return new CaseFate(at, !rows.TryGetValue(at, out var end) || end.IsDeleted);
    }
}
