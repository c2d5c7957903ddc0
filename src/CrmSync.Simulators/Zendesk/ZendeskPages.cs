using System.Globalization;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>
/// Lists in both forms: <c>page[size]</c> with cursors when asked for, else <c>page</c> and <c>per_page</c> with counts.
/// Links are absolute and null past the end.
/// </summary>
internal static class ZendeskPages
{
    private const int SizeMax = 100;

    public static ZendeskAnswer Answer(ZendeskCall call, string name, IReadOnlyList<JsonNode> rows) =>
        ZendeskAnswer.Ok(call.Query.ContainsKey("page[size]") ? ByCursor(call, name, rows) : ByOffset(call, name, rows));

    private static JsonObject ByCursor(ZendeskCall call, string name, IReadOnlyList<JsonNode> rows)
    {
        var size = Math.Clamp(Number(call, "page[size]", SizeMax), 1, SizeMax);
        var start = call.Query.ContainsKey("page[after]") ? Number(call, "page[after]", 0) : Math.Max(0, Number(call, "page[before]", 0) - size);
        var end = Math.Min(start + size, rows.Count);
        return new JsonObject
        {
            [name] = Slice(rows, start, end),
            ["meta"] = new JsonObject
            {
                ["has_more"] = end < rows.Count,
                ["after_cursor"] = end < rows.Count ? Text(end) : null,
                ["before_cursor"] = start > 0 ? Text(start) : null,
            },
            ["links"] = new JsonObject
            {
                ["next"] = end < rows.Count ? Link(call, $"page[after]={end}&page[size]={size}") : null,
                ["prev"] = start > 0 ? Link(call, $"page[before]={start}&page[size]={size}") : null,
            },
        };
    }

    private static JsonObject ByOffset(ZendeskCall call, string name, IReadOnlyList<JsonNode> rows)
    {
        var size = Math.Clamp(Number(call, "per_page", SizeMax), 1, SizeMax);
        var page = Math.Max(1, Number(call, "page", 1));
        var end = Math.Min(page * size, rows.Count);
        return new JsonObject
        {
            [name] = Slice(rows, Math.Min((page - 1) * size, end), end),
            ["count"] = rows.Count,
            ["next_page"] = end < rows.Count ? Link(call, $"page={page + 1}&per_page={size}") : null,
            ["previous_page"] = page > 1 ? Link(call, $"page={page - 1}&per_page={size}") : null,
        };
    }

    private static JsonArray Slice(IReadOnlyList<JsonNode> rows, int start, int end) =>
        new([.. rows.Skip(start).Take(end - start)]);

    /// <summary>The rest of the query is kept, so that a following page is filtered and sorted like the first.</summary>
    private static string Link(ZendeskCall call, string page)
    {
        var kept = call.Query
            .Where(pair => !pair.Key.StartsWith("page", StringComparison.Ordinal) && pair.Key != "per_page")
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}");
        return $"{call.BaseUrl}{call.Path}?{string.Join('&', kept.Append(page))}";
    }

    private static int Number(ZendeskCall call, string name, int otherwise) =>
        int.TryParse(call.Query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
