using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests.Console;

/// <summary>Sessions that do not simply get delivered, made from a sample: for the pages that show trouble, and for what must show as text.</summary>
internal static class OddSessions
{
    public const long Lost = 79001;
    public const long Unresolved = 79002;
    /// <summary>In every text of it stands one of <see cref="HostileTexts"/>, with a number of its own.</summary>
    public const long Markup = 79099;
    public const string MarkupTicket = "99990003";

    private static readonly HashSet<string> Meaningful = new(StringComparer.Ordinal)
    {
        "status", "call_type", "session_type", "session_type_v2", "type", "entry_type", "lang", "out_ticket_id", "out_ticket_url", "menu_type", "event",
    };

    /// <summary>Writes them as the storage does.</summary>
    public static void Write(string folder)
    {
        WriteOne(folder, Lost, "99990001", plant: false);
        WriteOne(folder, Unresolved, "99990002", plant: false);
        WriteOne(folder, Markup, MarkupTicket, plant: true);
    }

    /// <summary>A session that goes to a ticket there is, like any other.</summary>
    public static void WriteGood(string folder, long number) => WriteTo(folder, number, MarkupTicket);

    /// <summary>A session like any other, for this ticket.</summary>
    public static void WriteTo(string folder, long number, string ticket) => WriteOne(folder, number, ticket, plant: false);

    private static void WriteOne(string folder, long number, string ticket, bool plant)
    {
        var session = JsonNode.Parse(File.ReadAllText(Repository.Combine("samples", "sessions", "call-70112.json")))!.AsObject();
        session["id"] = number;
        session["out_ticket_id"] = ticket;
        session["out_ticket_url"] = $"https://northlake.zendesk.example/agent/tickets/{ticket}";
        if (plant)
        {
            var count = 0;
            Plant(session, ref count);
        }

        var file = string.Create(CultureInfo.InvariantCulture, $"call-{number}.json");
        var draft = Path.Combine(folder, file + ".tmp");
        File.WriteAllText(draft, session.ToJsonString());
        File.Move(draft, Path.Combine(folder, file));
    }

    private static void Plant(JsonNode node, ref int count)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list.OfType<JsonNode>().Where(item => item is JsonObject or JsonArray))
            {
                Plant(item, ref count);
            }

            return;
        }

        foreach (var (key, value) in node.AsObject().ToList())
        {
            if (value is JsonObject or JsonArray)
            {
                Plant(value, ref count);
            }
            else if (value is JsonValue text && text.TryGetValue<string>(out _) && !Meaningful.Contains(key) && !key.EndsWith("_at", StringComparison.Ordinal))
            {
                node[key] = string.Create(CultureInfo.InvariantCulture, $"planted{count}{HostileTexts.Number(count++)}");
            }
        }
    }
}
