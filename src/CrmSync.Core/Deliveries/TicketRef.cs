namespace CrmSync.Core.Deliveries;

/// <summary>A CRM record after resolve: it exists, there.</summary>
/// <param name="RecordType">The CRM's word: <c>Case</c>, <c>Contact</c>, <c>ticket</c>, <c>mailbox</c>.</param>
/// <param name="RecordId">In the CRM's canonical spelling (Salesforce: 18 characters).</param>
/// <param name="Url">Where a person looks at it; null when there is no such place.</param>
public sealed record TicketRef(string RecordType, string RecordId, string? Url = null)
{
    /// <summary>What the ledger serialises writes by.</summary>
    public string Lane => RecordId;

    public override string ToString() => $"{RecordType} {RecordId}";
}

/// <summary>What the CRM gave back for a delivery.</summary>
/// <param name="RecordId">The record it hangs on.</param>
/// <param name="NoteId">Comment, task or audit id; for mail the Message-ID.</param>
/// <param name="FileId">Attachment or document id; for mail what the server said when it took it, its queue id included, or the file in the pickup folder.</param>
/// <param name="Url">Where a person looks at it.</param>
/// <param name="Confirmed">False when the other side only accepted it (SMTP 250), which is not the same as "the note is on the ticket".</param>
public sealed record Receipt(string RecordId, string? NoteId = null, string? FileId = null, string? Url = null, bool Confirmed = true);
