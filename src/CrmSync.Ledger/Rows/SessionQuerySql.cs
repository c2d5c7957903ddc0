using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Rows;

/// <summary>
/// A session query as SQL. A store may know nothing of how often a reason or a name occurs, so the way in is chosen here: from the few
/// sessions that a text means, from the few deliveries in a state, or along the sessions by time.
/// </summary>
internal sealed class SessionQuerySql(SessionQuery query, SqlDialect dialect)
{
    /// <summary>Up to so many deliveries it is quicker to look at each of them than to walk along the sessions until enough fit.</summary>
    public const int FewDeliveries = 50_000;

    public int Most { get; } = Math.Clamp(query.Take, 1, SessionQuery.TakeMax) + 1;

    public long? From => query.From.Ms();

    public long? To => query.To.Ms();

    public string? Kind => query.Kind is { } kind ? SessionKey.Word(kind) : null;

    public string? Status => query.Status;

    public string? Queue => query.Queue;

    public string? Connector => query.Connector;

    public string? Reason => query.Reason;

    public string States { get; } = System.Text.Json.JsonSerializer.Serialize(
        query.States.Select(state => state.Word()).ToList(), LedgerJson.Default.ListString);

    public long? AfterAt => query.After?.HappenedAt.Ms();

    public long? AfterId => query.After?.Id;

    /// <summary>Whether the deliveries asked for are few: answers 1 row more than <see cref="FewDeliveries"/> at most.</summary>
    public string CountSql => $"select count(*) from (select 1 from delivery d where {DeliveryWhere} limit {FewDeliveries + 1}) few";

    /// <summary>Along the sessions, latest first.</summary>
    public string Walk => Sql(dialect.SessionsByTime, query.NamesDelivery);

    /// <summary>From the deliveries asked for to their sessions.</summary>
    public string FromDeliveries => Sql($"(select distinct d.session_id as id from delivery d where {DeliveryWhere}) m {dialect.ThenJoin} session s on s.id = m.id", false);

    /// <param name="ids">A select of session ids.</param>
    public string FromIds(string ids) => Sql($"({ids}) m {dialect.ThenJoin} session s on s.id = m.id", query.NamesDelivery);

    /// <summary>Along the sessions of the queues in <c>@queues</c>.</summary>
    public string WalkQueues => Sql(
        dialect.SessionsByTime, query.NamesDelivery, $"s.queue in {dialect.Texts("@queues")}");

    private string DeliveryWhere => string.Join(" and ", DeliveryConditions());

    private string Sql(string from, bool checkDeliveries, params IEnumerable<string> more) =>
        $"""
        select s.id, s.happened_at as HappenedAt from {from}
        where {string.Join(" and ", SessionConditions(checkDeliveries).Concat(more).DefaultIfEmpty("true"))}
        order by s.happened_at desc, s.id desc limit @Most
        """;

    private IEnumerable<string> SessionConditions(bool checkDeliveries)
    {
        if (query.From is not null)
        {
            yield return "s.happened_at >= @From";
        }

        if (query.To is not null)
        {
            yield return "s.happened_at < @To";
        }

        if (query.Kind is not null)
        {
            yield return "s.kind = @Kind";
        }

        if (query.Status is not null)
        {
            yield return "s.status = @Status";
        }

        if (query.Queue is not null)
        {
            yield return "s.queue = @Queue";
        }

        if (query.After is not null)
        {
            yield return "(s.happened_at, s.id) < (@AfterAt, @AfterId)";
        }

        if (checkDeliveries)
        {
            yield return $"exists (select 1 from delivery d where d.session_id = s.id and {DeliveryWhere})";
        }
    }

    private IEnumerable<string> DeliveryConditions()
    {
        if (query.Reason is not null)
        {
            yield return "d.reason = @Reason";
        }

        if (query.States.Count > 0)
        {
            yield return $"d.state in {dialect.Texts("@States")}";
        }

        if (query.Connector is not null)
        {
            yield return "d.connector = @Connector";
        }
    }
}
