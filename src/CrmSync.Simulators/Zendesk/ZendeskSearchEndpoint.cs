using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrmSync.Simulators.Zendesk;

/// <summary>
/// <c>GET /search</c> for tickets: <c>requester:</c>, <c>status&lt;</c>, <c>created&gt;=</c>, <c>created&lt;=</c>. Other words are refused
/// rather than passed over, so that a query which means something else here than at Zendesk is found out.
/// </summary>
internal static partial class ZendeskSearchEndpoint
{
    private static readonly string[] Statuses = ["new", "open", "pending", "hold", "solved", "closed"];

    public static void Map(ZendeskRouter router) => router.Get("search", Search);

    private static ZendeskAnswer Search(ZendeskCall call)
    {
        var words = Word().Matches(call.Query["query"].ToString());

        if (words.Count == 0 || words.Any(word => !IsKnown(word)))
        {
            return ZendeskAnswer.Error(422, "InvalidSearch", "The simulator does not know this query.");
        }

        var found = call.Account.Tickets.All
            .Where(ticket => !ticket.Deleted && !ticket.Archived && !ticket.Hidden && words.All(word => Fits(call, ticket, word)))
            .Select(ticket =>
            {
                var json = ZendeskViews.Ticket(ticket, call.BaseUrl);
                json["result_type"] = "ticket";
                return (JsonNode)json;
            });
        return ZendeskPages.Answer(call, "results", [.. found]);
    }

    private static bool IsKnown(Match word) => (word.Groups["key"].Value, word.Groups["operator"].Value) switch
    {
        ("type", ":") => Value(word) == "ticket",
        ("requester", ":") => true,
        ("status", "<") => Statuses.Contains(Value(word), StringComparer.Ordinal),
        ("created", "<=" or ">=") => DateTimeOffset.TryParse(Value(word), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => false,
    };

    private static bool Fits(ZendeskCall call, ZendeskTicket ticket, Match word) => word.Groups["key"].Value switch
    {
        "requester" => call.Account.Users.Find(ticket.RequesterId) is { } user
            && (string.Equals(user.Email, Value(word), StringComparison.OrdinalIgnoreCase) || user.Phone == Value(word)),
        "status" => Array.IndexOf(Statuses, ticket.Status) < Array.IndexOf(Statuses, Value(word)),
        "created" when word.Groups["operator"].Value == ">=" => ticket.CreatedAt >= Time(word),
        "created" => ticket.CreatedAt <= Time(word),
        _ => true,
    };

    private static DateTimeOffset Time(Match word) => DateTimeOffset.Parse(Value(word), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Value(Match word) => word.Groups["value"].Value.Trim('"');

    [GeneratedRegex("""(?<key>[a-z_]+)(?<operator>:|<=|>=|<|>)(?<value>"[^"]*"|\S+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
