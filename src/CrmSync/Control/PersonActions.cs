using CrmSync.Core.Deliveries;

namespace CrmSync.Control;

/// <summary>The verbs a person has, the same for the command line, the control API and the console.</summary>
internal static class PersonActions
{
    public const string Retry = "retry";
    public const string Park = "park";
    public const string Cancel = "cancel";
    public const string Ticket = "ticket";

    public static Task<int> ActAsync(ILedgerActions ledger, ActionRequest request, CancellationToken cancel) => request.Verb switch
    {
        Retry => ledger.RetryAsync(request.Which, request.Actor, cancel),
        Park => ledger.ParkAsync(request.Which, request.Actor, cancel),
        Cancel => ledger.CancelAsync(request.Which, request.Actor, cancel),
        Ticket when !string.IsNullOrWhiteSpace(request.Ticket) => ledger.SetTicketAsync(request.Which, request.Ticket, request.Actor, cancel),
        _ => throw new BadHttpRequestException($"Unknown verb; known are {Retry}, {Park}, {Cancel}, and {Ticket} with a ticket."),
    };
}
