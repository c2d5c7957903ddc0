using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrmSync.Simulators.Salesforce.Soql;

namespace CrmSync.Simulators.Salesforce;

/// <summary><c>query</c>, <c>queryAll</c> and the pages after the first.</summary>
internal sealed partial class QueryResource(Org org)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<JsonNode>> _cursors = new(StringComparer.Ordinal);
    private readonly SoqlEngine _engine = new(org);
    private long _cursorNumber;

    public ApiAnswer Run(ApiRequest request, bool all)
    {
        var (total, records) = _engine.Run(request.Required("q"), request.Version, all);
        return records.Count <= PageSize(request)
            ? ApiAnswer.Ok(Page(total, records, next: null))
            : Start(request, total, records);
    }

    /// <param name="locator">E.g. <c>01gSM0000000001AAA-2000</c>: cursor id and offset.</param>
    public ApiAnswer More(ApiRequest request, string locator)
    {
        if (locator.Split('-') is not [var cursor, var offsetText]
            || !int.TryParse(offsetText, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            || !_cursors.TryGetValue(cursor, out var records))
        {
            throw new ApiException(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
        }

        return ApiAnswer.Ok(Page(request, cursor, records.Count, records, offset));
    }

    private ApiAnswer Start(ApiRequest request, int total, IReadOnlyList<JsonNode> records)
    {
        var cursor = RecordId.Create("01g", Interlocked.Increment(ref _cursorNumber));
        _cursors[cursor] = records;
        return ApiAnswer.Ok(Page(request, cursor, total, records, offset: 0));
    }

    private static JsonObject Page(ApiRequest request, string cursor, int total, IReadOnlyList<JsonNode> records, int offset)
    {
        var end = offset + PageSize(request);
        var next = end < records.Count ? $"/services/data/{request.Version}/query/{cursor}-{end}" : null;
        return Page(total, records.Skip(offset).Take(PageSize(request)), next);
    }

    private static JsonObject Page(int total, IEnumerable<JsonNode> records, string? next)
    {
        var page = new JsonObject { ["totalSize"] = total, ["done"] = next is null };
        if (next is not null)
        {
            page["nextRecordsUrl"] = next;
        }

        page["records"] = new JsonArray([.. records.Select(r => r.DeepClone())]);
        return page;
    }

    private static int PageSize(ApiRequest request) =>
        request.Headers.TryGetValue("Sforce-Query-Options", out var options) && BatchSize().Match(options) is { Success: true } match
            ? Math.Clamp(int.Parse(match.Groups["size"].ValueSpan, CultureInfo.InvariantCulture), 200, 2_000)
            : 2_000;

    [GeneratedRegex(@"batchSize=(?<size>\d{1,5})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex BatchSize();
}
