using System.Runtime.InteropServices;

namespace CrmSync.Mail.Mime;

/// <summary>A mail as its author means it; <see cref="MimeMessage"/> is how it travels.</summary>
/// <param name="MessageId">With angle brackets, e.g. <c>&lt;abc@crm.example&gt;</c>; the same on every try.</param>
/// <param name="Subject">Any text; control characters become spaces.</param>
/// <param name="Text">The whole message in plain text: what a reader without HTML sees.</param>
public sealed record MailMessage(
    Mailbox From,
    IReadOnlyList<Mailbox> To,
    string MessageId,
    DateTimeOffset Date,
    string Subject,
    string Text)
{
    /// <summary>The same message in HTML, or null.</summary>
    public string? Html { get; init; }

    public Mailbox? ReplyTo { get; init; }

    /// <summary>Message-IDs with angle brackets, oldest first; the last one is also In-Reply-To.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Further headers, e.g. <c>Auto-Submitted</c>. Those the writer sets itself are refused.</summary>
    public IReadOnlyList<MailHeader> Headers { get; init; } = [];

    /// <summary>Pictures the HTML shows by <c>cid:</c>.</summary>
    public IReadOnlyList<MailAttachment> InlineImages { get; init; } = [];

    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];
}

/// <param name="Name">Printable ASCII without colon (RFC 5322 section 2.2).</param>
public sealed record MailHeader(string Name, string Value)
{
    /// <summary>True for a name that may be added: well formed, and none of those the writer sets itself.</summary>
    public static bool IsFree(string name) => MessageHeader.IsFree(name);
}

/// <summary>A file that travels with a mail, byte for byte.</summary>
/// <param name="FileName">Any script; path parts and control characters are dropped when written.</param>
/// <param name="MediaType">E.g. <c>application/json</c>.</param>
/// <param name="Open">Opens the content from its start; called once to measure and once for each try.</param>
public sealed record MailAttachment(string FileName, string MediaType, Func<Stream> Open)
{
    /// <summary>What the HTML calls it after <c>cid:</c>, for inline images; without angle brackets.</summary>
    public string? ContentId { get; init; }

    /// <param name="content">Read where it is, not copied: it must stay as it is until the mail has left.</param>
    public static MailAttachment FromBytes(string fileName, string mediaType, ReadOnlyMemory<byte> content)
    {
        var bytes = MemoryMarshal.TryGetArray(content, out var array) ? array : new ArraySegment<byte>(content.ToArray());
        return new MailAttachment(fileName, mediaType, () => new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false));
    }
}
