using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Rows;

/// <summary>A filter as a condition on deliveries <c>d</c>: only what was asked for is in it, so that the planner can pick an index.</summary>
internal sealed class FilterSql(DeliveryFilter filter)
{
    public string Where { get; } = string.Join(" and ", Conditions(filter).DefaultIfEmpty("true"));

    public string? Connector => filter.Connector;

    public string? State => filter.State?.Word();

    public string? Reason => filter.Reason;

    public string? Instance => filter.Session?.Instance;

    public string? Kind => filter.Session is { } session ? SessionKey.Word(session.Kind) : null;

    public long? Number => filter.Session?.Id;

    public long? Since => filter.Since.Ms();

    public long? Id => filter.Id;

    private static IEnumerable<string> Conditions(DeliveryFilter filter)
    {
        if (filter.Connector is not null)
        {
            yield return "d.connector = @Connector";
        }

        if (filter.State is not null)
        {
            yield return "d.state = @State";
        }

        if (filter.Reason is not null)
        {
            yield return "d.reason = @Reason";
        }

        if (filter.Session is not null)
        {
            yield return "d.session_id = (select id from session where number = @Number and kind = @Kind and instance = @Instance)";
        }

        if (filter.Since is not null)
        {
            yield return "d.created_at >= @Since";
        }

        if (filter.Id is not null)
        {
            yield return "d.id = @Id";
        }
    }
}
