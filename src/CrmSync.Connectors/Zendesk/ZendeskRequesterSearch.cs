using System.Globalization;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// By option, for a session whose file names no ticket: the one open ticket its customer has from around that time. Zendesk's index lags by
/// minutes and matches loosely, so only a single hit counts, and it is read again before it is believed.
/// </summary>
internal sealed class ZendeskRequesterSearch(ZendeskClient client, ZendeskTicketIds ids, ZendeskOptions options)
{
    /// <param name="missing">What it comes to when nothing is found.</param>
    public async Task<Resolution> FindAsync(SessionMetadata session, Resolution missing, CancellationToken cancel)
    {
        if (!options.FindByRequester || ContactOf(session) is not { } contact || (session.CreatedAt ?? session.EndsAt) is not { } began)
        {
            return missing;
        }

        var (from, to) = (began - options.FindWithin, (session.EndsAt ?? began) + options.FindWithin);
        var reply = await client.SearchAsync(
            $"type:ticket requester:\"{contact}\" status<solved created>={Text(from)} created<={Text(to)}", cancel);

        return reply.Trouble is { } trouble ? new Resolution.Failed(ZendeskFaults.Harmless(trouble)) : reply.Value?.Results switch
        {
            null => new Resolution.Failed(ZendeskFaults.Harmless(new ZendeskTrouble(ZendeskTroubleKind.Unanswered))),
            [] => missing,
            [var only] => await ReadAgainAsync(only.Id, missing, cancel),
            _ => new Resolution.Ambiguous(new Fault(ReasonCodes.TicketAmbiguous, "The session names no ticket, and its customer has several open ones.")),
        };
    }

    private async Task<Resolution> ReadAgainAsync(long id, Resolution missing, CancellationToken cancel)
    {
        var shown = await client.ShowTicketAsync(id, cancel);
        return shown.Trouble is { } trouble && !ZendeskFaults.IsNotFound(ZendeskFaults.ToOutcome(trouble))
            ? new Resolution.Failed(ZendeskFaults.Harmless(trouble))
            : shown.Value?.Ticket is { Status: not ("solved" or "closed") } ? new Resolution.Found(ids.Ref(id))
            : missing;
    }

    /// <summary>The customer's email address, else the telephone number.</summary>
    private static string? ContactOf(SessionMetadata session)
    {
        var customers = session.Participants.Where(participant => participant.IsEndUser).ToList();
        string?[] contacts = [.. customers.Select(customer => customer.Email), session.EndUser?.Identifier, .. customers.Select(customer => customer.PhoneNumber)];
        return contacts.FirstOrDefault(contact => contact is not null && IsContact(contact));
    }

    // Goes into a query: nothing that could end the quotes or mean something else there.
    private static bool IsContact(string text) =>
        text.Length is >= 6 and <= 254
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '+' or '-' or '_')
        && (text.Contains('@', StringComparison.Ordinal) || text.All(c => char.IsAsciiDigit(c) || c is '+' or '-'));

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
