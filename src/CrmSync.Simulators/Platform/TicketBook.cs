namespace CrmSync.Simulators.Platform;

/// <summary>The record a session belongs to, as its file will say it.</summary>
internal sealed record Ticket(ExpectedTicket Expected, string? Id, Uri? Url);

/// <summary>Hands out records so that each gets its number of sessions, a few records at a time.</summary>
internal sealed class TicketBook(SessionFileOptions options)
{
    /// <summary>Records that take turns, as open cases do over an afternoon.</summary>
    private const int OpenAtOnce = 20;

    private int _salesforce;
    private int _zendesk;

    public Ticket Next(Random random)
    {
        var draw = random.NextDouble();
        if ((draw -= options.NoTicketExpectedShare) < 0)
        {
            return new Ticket(ExpectedTicket.None, Id: null, Url: null);
        }

        if ((draw -= options.TicketMissingShare) < 0)
        {
            return new Ticket(ExpectedTicket.Missing, Id: null, Url: null);
        }

        return draw < options.ZendeskShare ? OfZendesk() : OfSalesforce();
    }

    private Ticket OfSalesforce()
    {
        var id = options.SalesforceCase(RecordOf(_salesforce++));
        return new Ticket(ExpectedTicket.Salesforce, id, new Uri(options.SalesforceAddress, $"{id}"));
    }

    private Ticket OfZendesk()
    {
        var id = options.ZendeskTicket(RecordOf(_zendesk++));
        return new Ticket(ExpectedTicket.Zendesk, id, new Uri(options.ZendeskAddress, $"agent/tickets/{id}"));
    }

    private int RecordOf(int ordinal)
    {
        var block = ordinal / (OpenAtOnce * options.SessionsPerTicket);
        return (block * OpenAtOnce) + (ordinal % OpenAtOnce) + 1;
    }
}
