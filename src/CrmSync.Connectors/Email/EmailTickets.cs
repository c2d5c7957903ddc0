using System.Text.Json;
using System.Text.RegularExpressions;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Email;

/// <summary>Which ticket a session's mail is for. Mail cannot ask: what looks like an id of this system is taken for one.</summary>
internal sealed class EmailTickets(EmailOptions options, EmailPreset preset)
{
    private const string RecordType = "mailbox";

    private readonly JsonPath? _path = options.TicketPath is { } text && JsonPath.TryParse(text, out var path, out _) ? path : null;

    private readonly Regex _pattern = new(
        $"^(?:{options.TicketPattern ?? preset.TicketPattern})\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public string? IdOf(SessionMetadata session) => Candidates(session).FirstOrDefault(_pattern.IsMatch);

    public Resolution Resolve(SessionMetadata session)
    {
        if (options.Hosts.Count > 0
            && session.OutTicket?.Host is { } host
            && !options.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return new Resolution.Gone(new Fault(ReasonCodes.TicketHostMismatch, "The ticket's link names a host that is not among the connector's Hosts."));
        }

        if (IdOf(session) is { } id)
        {
            return new Resolution.Found(new TicketRef(RecordType, id));
        }

        return preset.NeedsTicket ? Without(session) : new Resolution.Found(new TicketRef(RecordType, session.Key.Local));
    }

    private Resolution Without(SessionMetadata session) => session.TicketExpectation switch
    {
        TicketExpectation.NoneExpected =>
            new Resolution.NotExpected(new Fault(ReasonCodes.NoTicketExpected, "Nobody handled the session.")),
        TicketExpectation.Present when _path is null =>
            new Resolution.Gone(new Fault(ReasonCodes.TicketIdUnusable, $"The ticket's id is none that {preset.Name} could have given.")),
        _ => new Resolution.NotYet(new Fault(ReasonCodes.NoTicketYet, "The session's file names no ticket.")),
    };

    private IEnumerable<string> Candidates(SessionMetadata session) => _path is null
        ? session.OutTicket?.Candidates ?? []
        : _path.Select(session.Json).Where(e => e.ValueKind is JsonValueKind.String).Select(e => e.GetString()!.Trim());
}
