using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using CrmSync.Simulators.Shared;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Simulators.Zendesk;

/// <summary>One authenticated request, its body read to the end. Ids in the path may carry a <c>.json</c> suffix, as everywhere in this API.</summary>
internal sealed class ZendeskCall(HttpContext context, ZendeskAccount account, byte[] body, long userId)
{
    private const string Suffix = ".json";

    public ZendeskAccount Account => account;

    public byte[] Body => body;

    /// <summary>The user the credentials act as.</summary>
    public long UserId => userId;

    public string ContentType => context.Request.ContentType ?? "";

    public string BaseUrl => $"{context.Request.Scheme}://{context.Request.Host}";

    public string Path => context.Request.Path.Value ?? "/";

    public IQueryCollection Query => context.Request.Query;

    public string? Header(string name) => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public bool HasFault(string name) => context.HasFault(name);

    public string Route(string name)
    {
        var value = (string)context.Request.RouteValues[name]!;
        return value.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? value[..^Suffix.Length] : value;
    }

    public bool TryId(string name, out long id, [NotNullWhen(false)] out ZendeskAnswer? refusal)
    {
        refusal = long.TryParse(Route(name), NumberStyles.None, CultureInfo.InvariantCulture, out id)
            ? null
            : ZendeskAnswer.BadParameter(name, "must be an integer");
        return refusal is null;
    }

    /// <summary><c>ids=1,2,3</c>: at most 100, whole numbers.</summary>
    public bool TryIds(out IReadOnlyList<long> ids, [NotNullWhen(false)] out ZendeskAnswer? refusal)
    {
        var words = Query["ids"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        ids = [.. words.Select(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1)];
        refusal = ids.Count == 0 || ids.Contains(-1) ? ZendeskAnswer.BadParameter("ids", "must be a list of integers")
            : ids.Count > ZendeskJobs.TicketsMax ? ZendeskAnswer.Error(400, "TooManyValues", $"At most {ZendeskJobs.TicketsMax} ids are allowed.")
            : null;
        return refusal is null;
    }

    /// <summary>The body as a JSON object. Anything else is refused: a real server would not guess either.</summary>
    public bool TryJson(out JsonElement json, [NotNullWhen(false)] out ZendeskAnswer? refusal)
    {
        json = default;
        refusal = !ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
            ? ZendeskAnswer.Error(415, "UnsupportedMediaType", "Content-Type must be application/json")
            : !TryParse(body, out json) || json.ValueKind is not JsonValueKind.Object ? ZendeskAnswer.BadJson
            : null;
        return refusal is null;
    }

    /// <summary>The body's <c>ticket</c>.</summary>
    public bool TryTicket([NotNullWhen(true)] out ZendeskTicketPatch? patch, [NotNullWhen(false)] out ZendeskAnswer? refusal)
    {
        patch = null;

        if (!TryJson(out var json, out refusal))
        {
            return false;
        }

        if (!json.TryGetProperty("ticket", out var ticket))
        {
            refusal = ZendeskAnswer.Error(400, "InvalidParameter", "Parameter ticket is required");
            return false;
        }

        return ZendeskTicketPatch.TryRead(ticket, out patch, out refusal);
    }

    public static bool TryParse(byte[] bytes, out JsonElement json)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            json = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            json = default;
            return false;
        }
    }
}
