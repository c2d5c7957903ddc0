using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Rows;

/// <summary>A delivery as SQL brings it, with its session and what it replaces.</summary>
internal sealed class DeliveryRow
{
    /// <summary>Deliveries <c>d</c> with everything a <see cref="Delivery"/> holds; a where clause follows.</summary>
    public const string Select =
        """
        select d.id, s.instance, s.kind, s.number, d.revision, d.connector, d.key, d.route, d.lane, d.place, d.state,
               d.due_at as DueAt, d.first_due_at as FirstDueAt, d.created_at as CreatedAt, d.first_sent_at as FirstSentAt,
               d.delivered_at as DeliveredAt, d.attempts, d.probes, d.lives, d.token, d.may_have_arrived as MayHaveArrived,
               d.ticket_by_hand as TicketByHand, d.ticket_type as TicketType, d.ticket_id as TicketId, d.ticket_url as TicketUrl,
               d.reason, d.message, d.crm_code as CrmCode,
               d.receipt_record as ReceiptRecord, d.receipt_note as ReceiptNote, d.receipt_file as ReceiptFile,
               d.receipt_url as ReceiptUrl, d.receipt_confirmed as ReceiptConfirmed,
               r.receipt_record as OldRecord, r.receipt_note as OldNote, r.receipt_file as OldFile,
               r.receipt_url as OldUrl, r.receipt_confirmed as OldConfirmed, r.revision as OldRevision
        from delivery d
        join session s on s.id = d.session_id
        left join delivery r on r.id = (
            select p.id from delivery p
            where p.session_id = d.session_id and p.connector = d.connector and p.revision < d.revision and p.state = 'delivered'
            order by p.revision desc limit 1)

        """;

    public long Id { get; init; }

    public string Instance { get; init; } = "";

    public string Kind { get; init; } = "";

    public long Number { get; init; }

    public int Revision { get; init; }

    public string Connector { get; init; } = "";

    public string Key { get; init; } = "";

    public string? Route { get; init; }

    public string? Lane { get; init; }

    public long Place { get; init; }

    public string State { get; init; } = "";

    public long DueAt { get; init; }

    public long FirstDueAt { get; init; }

    public long CreatedAt { get; init; }

    public long? FirstSentAt { get; init; }

    public long? DeliveredAt { get; init; }

    public int Attempts { get; init; }

    public int Probes { get; init; }

    public int Lives { get; init; }

    public long Token { get; init; }

    public bool MayHaveArrived { get; init; }

    public string? TicketByHand { get; init; }

    public string? TicketType { get; init; }

    public string? TicketId { get; init; }

    public string? TicketUrl { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public string? CrmCode { get; init; }

    public string? ReceiptRecord { get; init; }

    public string? ReceiptNote { get; init; }

    public string? ReceiptFile { get; init; }

    public string? ReceiptUrl { get; init; }

    public bool? ReceiptConfirmed { get; init; }

    public string? OldRecord { get; init; }

    public string? OldNote { get; init; }

    public string? OldFile { get; init; }

    public string? OldUrl { get; init; }

    public bool? OldConfirmed { get; init; }

    public int? OldRevision { get; init; }

    public Delivery ToDelivery() => new(
        Id,
        new SessionKey(Instance, Words.Kind(Kind), Number),
        Revision,
        Connector,
        new DeliveryKey(Key),
        Words.State(State),
        DueAt.At(),
        CreatedAt.At())
    {
        Route = Route,
        Lane = Lane,
        Order = Place,
        Attempts = Attempts,
        Probes = Probes,
        Lives = Lives,
        Token = Token,
        MayHaveArrived = MayHaveArrived,
        FirstDueAt = FirstDueAt.At(),
        FirstSentAt = FirstSentAt.At(),
        DeliveredAt = DeliveredAt.At(),
        TicketByHand = TicketByHand,
        Ticket = TicketId is null ? null : new TicketRef(TicketType!, TicketId, TicketUrl),
        Fault = Words.Fault(Reason, Message, CrmCode),
        Receipt = Receipt(ReceiptRecord, ReceiptNote, ReceiptFile, ReceiptUrl, ReceiptConfirmed),
        Replaces = Receipt(OldRecord, OldNote, OldFile, OldUrl, OldConfirmed),
        ReplacesRevision = OldRevision,
    };

    private static Receipt? Receipt(string? record, string? note, string? file, string? url, bool? confirmed) =>
        record is null ? null : new Receipt(record, note, file, url, confirmed ?? true);
}
