namespace CrmSync.Core.Deliveries;

/// <summary>From a session's OutTicket to a record of the CRM. The list is closed.</summary>
public abstract record Resolution
{
    private Resolution()
    {
    }

    public sealed record Found(TicketRef Ticket) : Resolution;

    /// <summary>The platform or the CRM may still fill it in; asked again until the ticket wait is over.</summary>
    public sealed record NotYet(Fault Fault) : Resolution;

    /// <summary>None is expected: deflected, abandoned, left in the menu.</summary>
    public sealed record NotExpected(Fault Fault) : Resolution;

    /// <summary>Several records fit; a person chooses.</summary>
    public sealed record Ambiguous(Fault Fault) : Resolution;

    /// <summary>The record was deleted, is hidden from us, or the id is none of this CRM.</summary>
    public sealed record Gone(Fault Fault) : Resolution;

    /// <summary>The CRM could not be asked; weighs as this outcome.</summary>
    public sealed record Failed(Outcome Outcome) : Resolution;
}
