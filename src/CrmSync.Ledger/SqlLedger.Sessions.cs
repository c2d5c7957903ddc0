using System.Text.Json;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;
using Dapper;

namespace CrmSync.Ledger;

public abstract partial class SqlLedger
{
    /// <summary>A text that is part of more queue names than this is not about queues.</summary>
    private const int QueuesMax = 50;

    private const string SummariesSql =
        """
        select s.id, s.instance, s.kind, s.number, s.revision, s.happened_at as HappenedAt, r.updated_at as UpdatedAt, r.ended_at as EndedAt,
               r.status, r.is_final as IsFinal, r.session_type as SessionType, r.language, r.out_ticket as OutTicket, r.queue
        from session s
        join revision r on r.session_id = s.id and r.revision = s.revision
        where s.id in
        """;

    public async Task<SessionPage> FindSessionsAsync(SessionQuery query, CancellationToken cancel) => await ReadAsync(
        async transaction =>
        {
            var places = await PlacesAsync(transaction, query);
            var take = Math.Clamp(query.Take, 1, SessionQuery.TakeMax);
            var page = await SummariesAsync(transaction, places.Take(take).ToList());
            return new SessionPage(page, places.Count > take ? places[take - 1].ToCursor() : null);
        },
        cancel);

    public async Task<IReadOnlyList<string>> QueuesAsync(CancellationToken cancel) =>
        await ReadAsync(transaction => transaction.ListAsync<string>("select name from queue order by name"), cancel);

    // One place more than a page holds, where there are so many.
    private async Task<List<Place>> PlacesAsync(LedgerTransaction transaction, SessionQuery query)
    {
        var sql = new SessionQuerySql(query, Dialect);
        var parameters = new DynamicParameters(sql);
        if (query.Text is { } text && !string.IsNullOrWhiteSpace(text))
        {
            return await SoughtAsync(transaction, sql, parameters, text);
        }

        var few = query.NamesDelivery && await transaction.FirstAsync<long>(sql.CountSql, parameters) <= SessionQuerySql.FewDeliveries;
        return await transaction.ListAsync<Place>(few ? sql.FromDeliveries : sql.Walk, parameters);
    }

    // A text may mean a number, a ticket, a person, or a queue: each has a way in of its own.
    private async Task<List<Place>> SoughtAsync(LedgerTransaction transaction, SessionQuerySql sql, DynamicParameters parameters, string text)
    {
        var sought = SoughtSessions.Read(text, Tokens.Of, Dialect);
        parameters.AddDynamicParams(sought);
        var places = await transaction.ListAsync<Place>(sql.FromIds(sought.IdsSql), parameters);
        var queues = (await transaction.ListAsync<string>("select name from queue"))
            .FindAll(queue => queue.Contains(sought.Text, StringComparison.OrdinalIgnoreCase));
        if (queues.Count is > 0 and <= QueuesMax)
        {
            parameters.Add("queues", JsonSerializer.Serialize(queues, LedgerJson.Default.ListString));
            places.AddRange(await transaction.ListAsync<Place>(sql.WalkQueues, parameters));
        }

        return [.. places.DistinctBy(place => place.Id).OrderByDescending(place => place.HappenedAt).ThenByDescending(place => place.Id).Take(sql.Most)];
    }

    private async Task<List<SessionSummary>> SummariesAsync(LedgerTransaction transaction, List<Place> places)
    {
        var ids = new { ids = JsonSerializer.Serialize(places.ConvertAll(place => place.Id), LedgerJson.Default.ListInt64) };
        var sessions = await transaction.ListAsync<SummaryRow>($"{SummariesSql} {Dialect.Numbers("@ids")} order by s.happened_at desc, s.id desc", ids);
        var rows = await transaction.ListAsync<DeliveryRow>(
            $"{DeliveryRow.Select} where d.session_id in {Dialect.Numbers("@ids")} order by d.id", ids);
        var deliveries = rows.ConvertAll(row => row.ToDelivery()).ToLookup(delivery => delivery.Session);
        return sessions.ConvertAll(row => row.ToSummary(deliveries));
    }

    private sealed class Place
    {
        public long Id { get; init; }

        public long HappenedAt { get; init; }

        public SessionCursor ToCursor() => new(HappenedAt.At(), Id);
    }

    private sealed class SummaryRow
    {
        public string Instance { get; init; } = "";

        public string Kind { get; init; } = "";

        public long Number { get; init; }

        public int Revision { get; init; }

        public long HappenedAt { get; init; }

        public long? UpdatedAt { get; init; }

        public long? EndedAt { get; init; }

        public string? Status { get; init; }

        public bool IsFinal { get; init; }

        public string? SessionType { get; init; }

        public string? Language { get; init; }

        public string? OutTicket { get; init; }

        public string? Queue { get; init; }

        public SessionSummary ToSummary(ILookup<SessionKey, Delivery> deliveries)
        {
            var key = new SessionKey(Instance, Words.Kind(Kind), Number);
            return new SessionSummary(
                key,
                Revision,
                HappenedAt.At(),
                new SessionFacts(UpdatedAt.At(), EndedAt.At(), Status, IsFinal, SessionType, Language, OutTicket, Queue),
                [.. deliveries[key]]);
        }
    }
}
