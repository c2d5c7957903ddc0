using CrmSync.Simulators.Smtp;

namespace CrmSync.Demo;

/// <summary>What a simulator holds, in one shape for all three: a note and the files that came with it, on a record.</summary>
/// <param name="Connector">The demo's connector that should have brought it.</param>
/// <param name="RecordId">Case id, ticket number, or the recipient's address.</param>
/// <param name="Files">Names of the files on the record, for Zendesk and mail those of this note.</param>
internal sealed record Landed(string Connector, string RecordId, int Notes, IReadOnlyList<LandedFile> Files)
{
    public const string Salesforce = "salesforce";
    public const string Zendesk = "zendesk";
    public const string Mailbox = "records-mailbox";

    /// <summary>Everything on every record, read by the simulators' own way, not by the API the connectors use.</summary>
    public static IReadOnlyList<Landed> ReadBack(SimulatedCrms crms) =>
    [
        .. crms.Salesforce.Records
            .Where(record => record.Notes.Count + record.Files.Count > 0)
            .Select(record => new Landed(
                Salesforce,
                record.Id,
                record.Notes.Count,
                [.. record.Files.Select(file => new LandedFile(file.Path, file.Bytes, record.Notes.Count == 1 ? record.Notes[0].Text : null))])),
        .. crms.Zendesk.Desk.Touched().Select(ticket => new Landed(
            Zendesk,
            ticket.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ticket.Comments.Count,
            [.. ticket.Comments.SelectMany(comment => comment.Attachments.Select(file => new LandedFile(file.FileName, file.Content, comment.Html)))])),
        .. crms.Mail.Mails.Select(mail => new Landed(Mailbox, mail.Recipients[0], 1, [new LandedFile(AttachmentName(mail), mail.Content, null)])),
    ];

    // The mailbox is checked by message; its parts are the mail library's tests' business.
    private static string AttachmentName(ReceivedMail mail)
    {
        var text = System.Text.Encoding.ASCII.GetString(mail.Content);
        const string Name = "attachment; filename=\"";
        var start = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? string.Empty : text[(start + Name.Length)..text.IndexOf('"', start + Name.Length)];
    }
}

/// <param name="Note">The note that came with it, where the record shows which.</param>
internal sealed record LandedFile(string Name, ReadOnlyMemory<byte> Content, string? Note);
