using System.Text.Json.Nodes;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>A parcel on its way, with what was learnt about it in this round.</summary>
/// <param name="Ticket">Where it goes; another record than the parcel's after a merge was followed.</param>
/// <param name="Afresh">What an earlier revision left is gone: deliver as if it were the first.</param>
/// <param name="Suspect">Failed before: kept apart, so that it cannot halt healthy ones.</param>
internal sealed record SalesforceDraft(Parcel Parcel, TicketRef Ticket, bool Afresh = false, bool Suspect = false)
{
    /// <summary>The version (068…) of a large file that went ahead.</summary>
    public string? VersionId { get; init; }

    /// <summary>Was in a call that others made fail: next time it goes with the healthy ones still, after that in small company.</summary>
    public bool Retried { get; init; }

    /// <summary>Others must not share its call: they failed together for a reason that nobody was named for.</summary>
    public bool Alone { get; init; }

    /// <summary>The document of <see cref="Receipt.FileId"/> when the receipt knows only a version of it.</summary>
    public string? ResolvedDocument { get; init; }

    /// <summary>
    /// The receipt of the revision that this one changes; null when it is the first on this record. What was on a Case goes along when that
    /// is merged into another.
    /// </summary>
    public Receipt? Earlier => !Afresh && Parcel.Delivery.Replaces is { } earlier
        && (earlier.RecordId == Ticket.RecordId || earlier.RecordId == Parcel.Ticket.RecordId) ? earlier : null;

    /// <summary>A Case that is gone may have been merged into another; who was led there once is not led on.</summary>
    public bool MayHaveMoved => Ticket.RecordType == "Case" && Ticket == Parcel.Ticket;

    /// <summary>The document (069…) that gets a further version.</summary>
    public string? EarlierDocument => Earlier?.FileId is { } id ? id.StartsWith("069", StringComparison.Ordinal) ? id : ResolvedDocument : null;

    /// <summary>A version (068…) whose document has to be looked up first.</summary>
    public string? EarlierVersion => Earlier?.FileId is { } id && id.StartsWith("068", StringComparison.Ordinal) ? id : null;

    public SalesforceDraft MovedTo(string record) => this with { Ticket = SalesforceMerges.Moved(Ticket, record) };

    /// <summary>The file as a record; the first version is published to the record, a further one belongs to its document.</summary>
    public JsonObject File()
    {
        var file = FileWithoutRecord();
        file["VersionData"] = JsonValue.Create(Parcel.Attachment.Content, SalesforceJson.Wire.ReadOnlyMemoryByte);
        if (EarlierDocument is null)
        {
            file["FirstPublishLocationId"] = Ticket.RecordId;
        }

        return file;
    }

    /// <summary>The file's record without its content, bound to no CRM record unless it is a further version.</summary>
    public JsonObject FileWithoutRecord()
    {
        var file = new JsonObject { ["Title"] = Parcel.Attachment.FileName, ["PathOnClient"] = Parcel.Attachment.FileName };
        if (EarlierDocument is { } document)
        {
            file["ContentDocumentId"] = document;
            file["ReasonForChange"] = $"Session file changed (revision {Parcel.Delivery.Revision})";
        }

        return file;
    }
}
