using System.Globalization;

namespace CrmSync.Mail.Mime;

/// <summary>The header fields of a message, in the order they are written; each ends with CRLF and may be folded.</summary>
internal static class MessageHeader
{
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version",
        "DKIM-Signature", "Received", "Return-Path",
    };

    public static IReadOnlyList<string> Fields(MailMessage message, string contentFields)
    {
        List<string> fields =
        [
            new HeaderBuilder("Date").Token(Rfc5322(message.Date)).ToString(),
            new HeaderBuilder("From").Mailbox(message.From).ToString(),
        ];
        if (message.ReplyTo is { } replyTo)
        {
            fields.Add(new HeaderBuilder("Reply-To").Mailbox(replyTo).ToString());
        }

        fields.Add(To(message.To));
        fields.Add(new HeaderBuilder("Subject").Text(message.Subject).ToString());
        fields.Add(new HeaderBuilder("Message-ID").Token(MessageId.Checked(message.MessageId)).ToString());
        fields.AddRange(Threading(message.References));
        fields.AddRange(message.Headers.Select(Further));
        fields.Add("MIME-Version: 1.0\r\n");
        fields.AddRange(Split(contentFields));
        return fields;
    }

    // The form "+0000" is the one every parser knows; the zone of the author says nothing to a ticket system.
    private static string Rfc5322(DateTimeOffset date) =>
        date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static string To(IReadOnlyList<Mailbox> recipients)
    {
        if (recipients.Count == 0)
        {
            throw new ArgumentException("A mail has at least one recipient.", nameof(recipients));
        }

        var field = new HeaderBuilder("To");
        for (var i = 0; i < recipients.Count; i++)
        {
            field.Mailbox(recipients[i], i == recipients.Count - 1 ? "" : ",");
        }

        return field.ToString();
    }

    private static IEnumerable<string> Threading(IReadOnlyList<string> references)
    {
        if (references.Count == 0)
        {
            yield break;
        }

        yield return new HeaderBuilder("In-Reply-To").Token(MessageId.Checked(references[^1])).ToString();

        var field = new HeaderBuilder("References");
        foreach (var id in references)
        {
            field.Token(MessageId.Checked(id));
        }

        yield return field.ToString();
    }

    public static bool IsFree(string name) =>
        HeaderText.IsFieldName(name) && !Own.Contains(name) && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    private static string Further(MailHeader header) =>
        IsFree(header.Name)
            ? new HeaderBuilder(header.Name).Text(header.Value).ToString()
            : throw new ArgumentException($"'{HeaderText.Clean(header.Name)}' cannot be added as a header.", nameof(header));

    private static IEnumerable<string> Split(string fields)
    {
        var start = 0;
        for (var at = 0; (at = fields.IndexOf("\r\n", at, StringComparison.Ordinal)) >= 0; at += 2)
        {
            // A line end before white space is a fold.
            if (at + 2 == fields.Length || fields[at + 2] != ' ')
            {
                yield return fields[start..(at + 2)];
                start = at + 2;
            }
        }
    }
}
