using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrmSync.Simulators.Salesforce.Soql;

/// <summary>Runs a query over the org's tables.</summary>
internal sealed class SoqlEngine(Org org)
{
    /// <param name="all"><c>queryAll</c>: deleted and merged records too.</param>
    /// <param name="also">A condition beyond the query's own: a search's.</param>
    public (int Total, IReadOnlyList<JsonNode> Records) Run(string soql, string version, bool all, Func<Row, bool>? also = null)
    {
        var query = SoqlParser.Parse(soql);
        var type = org.Schema.GetValueOrDefault(query.From)
            ?? throw new ApiException(400, "INVALID_TYPE", $"sObject type '{query.From}' is not supported.");
        EnsureFields(type, query);
        EnsureLinkFilter(type, query.Where);

        using var transaction = org.Begin();
        var rows = org.Rows(type).Where(r => (all || !r.IsDeleted) && also?.Invoke(r) is not false && (query.Where is null || Holds(r, query.Where)));
        rows = Order(rows, query.OrderBy).Skip(query.Offset);
        var found = (query.Limit is { } limit ? rows.Take(limit) : rows).ToList();
        return query.IsCount ? (found.Count, []) : (found.Count, [.. found.Select(r => Record(r, query.Fields, version))]);
    }

    private void EnsureFields(SObjectType type, SoqlQuery query)
    {
        foreach (var path in query.Fields.Where(f => f != "COUNT()"))
        {
            var first = path.Split('.')[0];
            if ((path.Contains('.', StringComparison.Ordinal) ? Relationship(type, first) : org.Visible(type, first)) is null)
            {
                throw new ApiException(400, "INVALID_FIELD", $"No such column '{first}' on entity '{type.Name}'.");
            }
        }
    }

    // "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator."
    private static void EnsureLinkFilter(SObjectType type, Condition? where)
    {
        if (type.Name == "ContentDocumentLink" && !IsFiltered(where))
        {
            throw new ApiException(
                400,
                "MALFORMED_QUERY",
                "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.");
        }

        static bool IsFiltered(Condition? condition) => condition switch
        {
            Condition.And(var left, var right) => IsFiltered(left) || IsFiltered(right),
            Condition.Compare(var field, "=" or "IN", _) => field.ToUpperInvariant() is "ID" or "CONTENTDOCUMENTID" or "LINKEDENTITYID",
            _ => false,
        };
    }

    private bool Holds(Row row, Condition condition) => condition switch
    {
        Condition.And(var left, var right) => Holds(row, left) && Holds(row, right),
        Condition.Or(var left, var right) => Holds(row, left) || Holds(row, right),
        Condition.Not(var inner) => !Holds(row, inner),
        Condition.Compare compare => Holds(row, compare),
        _ => throw new InvalidOperationException($"No rule for {condition.GetType().Name}."),
    };

    private bool Holds(Row row, Condition.Compare compare)
    {
        var (field, value) = Read(row, compare.Field);
        return compare.Operator switch
        {
            "IN" => compare.Values.Any(v => Same(value, Literal(field, v))),
            "NOT IN" => !compare.Values.Any(v => Same(value, Literal(field, v))),
            "=" => Same(value, Literal(field, compare.Values[0])),
            "!=" => !Same(value, Literal(field, compare.Values[0])),
            "LIKE" => value is string text && Like(text, compare.Values[0].Value),
            var other => value is IComparable comparable && Literal(field, compare.Values[0]) is { } literal && value.GetType() == literal.GetType()
                && other switch
                {
                    "<" => comparable.CompareTo(literal) < 0,
                    "<=" => comparable.CompareTo(literal) <= 0,
                    ">" => comparable.CompareTo(literal) > 0,
                    _ => comparable.CompareTo(literal) >= 0,
                },
        };
    }

    // Field and value at the end of a path such as ContentDocument.LatestPublishedVersion.Checksum.
    private (Field Field, object? Value) Read(Row row, string path)
    {
        var steps = path.Split('.');
        Row? at = row;
        var type = row.Type;
        foreach (var step in steps[..^1])
        {
            var link = Relationship(type, step) ?? throw NoColumn(step, type);
            at = org.Find(at?.Text(link.Name));
            type = at?.Type ?? (link.ReferenceTo is [var only, ..] ? org.Schema[only] : type);
        }

        var field = org.Visible(type, steps[^1]) ?? throw NoColumn(steps[^1], type);
        return (field, at?[field.Name]);
    }

    private static object? Literal(Field field, Token token) => token switch
    {
        { Kind: TokenKind.Word } => token.Is("null") ? null : token.Is("true"),
        { Kind: TokenKind.Number } => decimal.Parse(token.Value, CultureInfo.InvariantCulture),
        { Kind: TokenKind.Instant } => DateTimeOffset.Parse(token.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        { Kind: TokenKind.Text } when field.Kind is FieldKind.Id or FieldKind.Reference => RecordId.TryNormalize(token.Value, out var id)
            ? id
            : throw new ApiException(400, "INVALID_QUERY_FILTER_OPERATOR", $"invalid ID field: {token.Value}"),
        _ => token.Value,
    };

    private static bool Same(object? value, object? literal) => value is string text && literal is string other
        ? string.Equals(text, other, StringComparison.OrdinalIgnoreCase)
        : Equals(value, literal);

    private static bool Like(string text, string pattern)
    {
        var regex = Regex.Escape(pattern).Replace(@"\\%", "[%]", StringComparison.Ordinal).Replace(@"\\_", "[_]", StringComparison.Ordinal);
        regex = Regex.Replace(regex, "(?<!\\[)%", ".*", RegexOptions.None, TimeSpan.FromSeconds(1));
        regex = Regex.Replace(regex, "(?<!\\[)_", ".", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Regex.IsMatch(text, $"^{regex}$", RegexOptions.IgnoreCase | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }

    private IEnumerable<Row> Order(IEnumerable<Row> rows, IReadOnlyList<Ordering> orderings)
    {
        var ordered = rows.OrderBy(_ => 0);
        foreach (var ordering in orderings)
        {
            ordered = ordering.Descending
                ? ordered.ThenByDescending(r => Read(r, ordering.Field).Value)
                : ordered.ThenBy(r => Read(r, ordering.Field).Value);
        }

        return ordered;
    }

    private JsonObject Record(Row row, IReadOnlyList<string> paths, string version)
    {
        var record = Records.Attributes(row, version);
        foreach (var path in paths)
        {
            Project(record, row, path.Split('.'), version);
        }

        return record;
    }

    private void Project(JsonObject into, Row row, string[] steps, string version)
    {
        if (steps is [var name])
        {
            var field = org.Visible(row.Type, name) ?? throw NoColumn(name, row.Type);
            into[field.Name] = Records.Value(row, field, version);
            return;
        }

        var link = Relationship(row.Type, steps[0]) ?? throw NoColumn(steps[0], row.Type);
        if (org.Find(row.Text(link.Name)) is not { } parent)
        {
            into[link.Relationship!] = null;
            return;
        }

        var nested = into[link.Relationship!] as JsonObject ?? Records.Attributes(parent, version);
        into[link.Relationship!] = nested;
        Project(nested, parent, steps[1..], version);
    }

    private Field? Relationship(SObjectType type, string name) => type.FindRelationship(name) is { } link && org.IsVisible(type, link) ? link : null;

    private static ApiException NoColumn(string name, SObjectType type) =>
        new(400, "INVALID_FIELD", $"No such column '{name}' on entity '{type.Name}'.");
}
