using System.Text.Json.Nodes;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>A parcel on its way, with what was learnt about it in this round.</summary>
/// <param name="Ticket">Where it goes; another record than the parcel's after a merge was followed.</param>
/// <param name="Afresh">What an earlier revision left is gone: deliver as if it were the first.</param>
/// <param name="Suspect">Failed before: kept apart, so that it cannot halt healthy ones.</param>
internal sealed record SalesforceDraft(Parcel Parcel, TicketRef Ticket, bool Afresh = false, bool Suspect = false)
{
    /// <summary>The receipt of the revision that this one changes; null when it is the first on this record.</summary>
    public Receipt? Earlier => !Afresh && Parcel.Delivery.Replaces is { } earlier && earlier.RecordId == Ticket.RecordId ? earlier : null;

    /// <summary>The document (069…) that gets a further version.</summary>
    public string? EarlierDocument => Earlier?.FileId is { } id && id.StartsWith("069", StringComparison.Ordinal) ? id : null;

    /// <summary>The file as a record; the first version is published to the record, a further one belongs to its document.</summary>
    public JsonObject File()
    {
        var file = new JsonObject
        {
            ["Title"] = Parcel.Attachment.FileName,
            ["PathOnClient"] = Parcel.Attachment.FileName,
            ["VersionData"] = Convert.ToBase64String(Parcel.Attachment.Content.Span),
        };
        if (EarlierDocument is { } document)
        {
            file["ContentDocumentId"] = document;
            file["ReasonForChange"] = $"Session file changed (revision {Parcel.Delivery.Revision})";
        }
        else
        {
            file["FirstPublishLocationId"] = Ticket.RecordId;
        }

        return file;
    }
}
