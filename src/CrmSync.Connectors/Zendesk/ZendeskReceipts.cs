using System.Globalization;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Zendesk;

/// <summary>What is remembered of a delivered note.</summary>
internal sealed class ZendeskReceipts(ZendeskTicketIds ids)
{
    /// <param name="audit">Names the comment; jobs do not return one.</param>
    public Receipt For(long ticket, UploadedFile? file, WireAudit? audit)
    {
        var where = ids.Ref(ticket);
        var comment = audit?.Events?.FirstOrDefault(happened => happened.Type == "Comment")?.Id;
        return new Receipt(where.RecordId, Text(comment), Text(file?.AttachmentId), where.Url);
    }

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
