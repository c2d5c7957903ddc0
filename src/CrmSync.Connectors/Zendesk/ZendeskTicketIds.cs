using System.Globalization;
using System.Text.RegularExpressions;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Zendesk;

/// <summary>From a session's OutTicket to a ticket id. Pure: nothing a session names is ever fetched.</summary>
internal sealed partial class ZendeskTicketIds
{
    private const string ExternalPrefix = "external:";

    private readonly Uri _url;
    private readonly HashSet<string> _hosts;
    private readonly Regex? _pattern;

    public ZendeskTicketIds(ZendeskOptions options)
    {
        _url = options.Url!;
        _hosts = new HashSet<string>(options.Hosts.Append(_url.IdnHost), StringComparer.OrdinalIgnoreCase);
        _pattern = options.TicketPattern is { } pattern ? new Regex(pattern, RegexOptions.NonBacktracking) : null;
    }

    /// <summary><c>12345</c> or <c>external:XYZ</c>; null when the session names no ticket of this account.</summary>
    public string? LaneOf(SessionMetadata session) => Read(session) switch
    {
        (long id, _, _) => Text(id),
        (_, string external, _) => ExternalPrefix + external,
        _ => null,
    };

    /// <summary>Exactly one of the three is set.</summary>
    public (long? Id, string? External, Resolution? Missing) Read(SessionMetadata session)
    {
        if (session.OutTicket is not { } ticket)
        {
            return (null, null, session.TicketExpectation is TicketExpectation.NoneExpected
                ? new Resolution.NotExpected(new Fault(ReasonCodes.NoTicketExpected, "Nobody handled the session, so there is no ticket."))
                : new Resolution.NotYet(new Fault(ReasonCodes.NoTicketYet, "The session's file names no ticket yet.")));
        }

        if (ticket.Host is { } host && !_hosts.Contains(host))
        {
            return (null, null, new Resolution.Gone(new Fault(
                ReasonCodes.TicketHostMismatch, $"The session's ticket link points at {host}, not at {_url.Host}.")));
        }

        if (ticket.Id is { } text && text.StartsWith(ExternalPrefix, StringComparison.OrdinalIgnoreCase) && text.Length > ExternalPrefix.Length)
        {
            return (null, text[ExternalPrefix.Length..], null);
        }

        return IdOf(ticket) is { } id
            ? (id, null, null)
            : (null, null, new Resolution.Gone(new Fault(ReasonCodes.TicketIdUnusable, "A Zendesk ticket id is a whole number; the session's is not.")));
    }

    public TicketRef Ref(long id) => new("ticket", Text(id), new Uri(_url, $"agent/tickets/{Text(id)}").AbsoluteUri);

    public static long IdOf(TicketRef ticket) => long.Parse(ticket.RecordId, NumberStyles.None, CultureInfo.InvariantCulture);

    private long? IdOf(OutTicket ticket) =>
        Number(ticket.Id)
        ?? (ticket.Id is { } id && _pattern?.Match(id) is { Success: true } own ? Number(own.Groups[1].Value) : null)
        ?? (ticket.Url is { } url && TicketPath().Match(url) is { Success: true } path ? Number(path.Groups["id"].Value) : null);

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>/agent/tickets/123</c>, <c>/tickets/123</c>, <c>/hc/en-us/requests/123</c>, <c>/api/v2/tickets/123.json</c>.</summary>
    [GeneratedRegex(@"/(tickets|requests)/(?<id>\d{1,19})(\.json|[/?#]|$)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TicketPath();
}
