using System.Collections.Frozen;

namespace CrmSync.Core.Sessions;

/// <summary>
/// The CRM record a session belongs to, as the contact centre wrote it, cleaned of what people and forms put around it. The form of
/// the id belongs to the CRM: it is never taken for a number, and leading zeros stay. A connector resolves it.
/// </summary>
/// <param name="Id"><c>out_ticket_id</c>, or null when the platform gave none (also as <c>"0"</c>, <c>"null"</c> or blank).</param>
/// <param name="Url"><c>out_ticket_url</c>; may be null while the id is set. Nothing in it is ever fetched.</param>
public sealed record OutTicket(string? Id, string? Url)
{
    private static readonly FrozenSet<string> NoTicket = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "0", "null", "nil", "none", "undefined", "nan", "n/a", "na", "-", "--", "false", "[]", "{}");

    /// <summary>The host of <see cref="Url"/> in lower case (punycode); decides only together with a connector's allow-list.</summary>
    public string? Host => TicketUrl.HostOf(Url);

    /// <summary>Whether there is anything to look a record up by.</summary>
    public bool IsEmpty => Id is null && Url is null;

    /// <summary>What may be the record's id: <see cref="Id"/>, then the parts of the URL that look like ids, most likely first.</summary>
    public IEnumerable<string> Candidates =>
        (Id is null ? [] : new[] { Id }).Concat(TicketUrl.IdsIn(Url)).Distinct(StringComparer.Ordinal);

    /// <summary>Cleans the two root keys; null when neither says anything.</summary>
    public static OutTicket? From(string? id, string? url)
    {
        var cleanId = CleanId(id);
        var cleanUrl = CleanUrl(url);
        if (TicketUrl.HostOf(cleanId) is not null)
        {
            cleanUrl ??= cleanId;
            cleanId = null;
        }

        return cleanId is null && cleanUrl is null ? null : new OutTicket(cleanId, cleanUrl);
    }

    private static string? CleanId(string? text)
    {
        var id = Strip(text);
        if (id.Any(char.IsWhiteSpace) && TokensWithDigits(id) is [var only])
        {
            id = Strip(only);
        }

        return id.Length == 0 || NoTicket.Contains(id) ? null : id;
    }

    private static string? CleanUrl(string? text)
    {
        var url = Strip(text);
        return url.Length == 0 || NoTicket.Contains(url) ? null : url;
    }

    /// <summary>"Case #00012345" holds one id; "12345 and 12346" is for a person to look at.</summary>
    private static string[] TokensWithDigits(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(token => token.Any(char.IsAsciiDigit))];

    private static string Strip(string? text)
    {
        var from = 0;
        var to = text?.Length ?? 0;
        while (from < to && IsWrapping(text![from]))
        {
            from++;
        }

        while (to > from && IsWrapping(text![to - 1]))
        {
            to--;
        }

        return to == 0 ? string.Empty : text![from..to];
    }

    /// <summary>White space also as zero-width characters, which come along with text pasted from a browser.</summary>
    private static bool IsWrapping(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c)
        || c is '#' or '"' or '\'' or '`' or '\u201C' or '\u201D' or '\u2018' or '\u2019' or '\u00AB' or '\u00BB'
            or '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or '(' or ')' or ',' or ';' or ':' or '.';
}
