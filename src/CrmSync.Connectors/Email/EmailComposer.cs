using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Connectors.Email.Picture;
using CrmSync.Core.Deliveries;
using CrmSync.Mail.Dkim;
using CrmSync.Mail.Mime;
using CrmSync.Mail.Smtp;

namespace CrmSync.Connectors.Email;

/// <summary>Makes the mail for a parcel: the note as its body, the session's file attached byte for byte.</summary>
internal sealed class EmailComposer(string connector, EmailOptions options, EmailPreset preset, TimeProvider clock) : IDisposable
{
    private readonly Mailbox _from = Mailbox.Parse(options.From!);
    private readonly Mailbox _envelopeFrom = Mailbox.Parse(options.EnvelopeFrom ?? options.From!);
    private readonly Mailbox? _replyTo = options.ReplyTo is { } text ? Mailbox.Parse(text) : null;
    private readonly DkimSigner? _signer = options.Dkim is { } dkim
        ? DkimSigner.FromPem(dkim.Domain!, dkim.Selector!, File.ReadAllText(dkim.KeyFile!))
        : null;

    private long MailBytesMax => options.MailBytesMax ?? preset.MailBytesMax;

    /// <summary>Null when the mail would be larger than it may be, also after what <see cref="EmailOptions.Oversize"/> allows.</summary>
    public async Task<OutgoingMail?> ComposeAsync(Parcel parcel, CancellationToken cancel)
    {
        var mime = await SerializeAsync(parcel, [AsIs(parcel.Attachment)], remark: null, cancel);
        if (mime.Size > MailBytesMax && options.Oversize != EmailOversize.Park)
        {
            mime = options.Oversize == EmailOversize.Compress
                ? await SerializeAsync(parcel, [Compressed(parcel.Attachment)], remark: null, cancel)
                : await SerializeAsync(parcel, [], $"The session's file ({parcel.Attachment.Content.Length:N0} bytes) is too large to be attached.", cancel);
        }

        var key = parcel.Delivery.Key;
        return mime.Size > MailBytesMax ? null : new OutgoingMail(key, EnvelopeTo(Recipient(parcel), key), mime, ReceiptOf(parcel));
    }

    /// <summary>A mail without a session: the same sender, headers and signature.</summary>
    public Task<MimeMessage> ComposeTestAsync(DeliveryKey key, Mailbox to, CancellationToken cancel)
    {
        const string text = "This is a test. 'crmsync check' sent it the way notes are sent; nothing has to be done.\n";
        var message = new MailMessage(_from, [to], MessageIdOf(key), clock.GetUtcNow(), $"CrmSync test mail from {connector}", text)
        {
            ReplyTo = _replyTo,
            Headers = [.. CommonHeaders(key)],
        };
        return MimeMessage.CreateAsync(message, _signer, cancel);
    }

    /// <param name="key">Its marker comes back in reports of failure (RFC 3461, ENVID).</param>
    public SmtpEnvelope EnvelopeTo(Mailbox to, DeliveryKey key) => new(_envelopeFrom, [to], key.Marker);

    /// <summary>Where the mail goes; null when <c>To</c> with this ticket in it is no address, or is the sender's own.</summary>
    public Mailbox? RecipientOrNull(Parcel parcel) =>
        Mailbox.TryParse(options.To!.Replace("{ticket}", parcel.Ticket.RecordId, StringComparison.Ordinal), out var to)
        && !to.Reaches(_from)
        && !to.Reaches(_envelopeFrom)
            ? to
            : null;

    /// <summary>Not confirmed: a server's 250 says that it will try, not that the note is on the ticket.</summary>
    public Receipt ReceiptOf(Parcel parcel) => new(parcel.Ticket.RecordId, MessageIdOf(parcel.Delivery.Key), Confirmed: false);

    public void Dispose() => _signer?.Dispose();

    /// <summary>The same for every try of a delivery, and different for each recipient system.</summary>
    internal string MessageIdOf(DeliveryKey key) => IdFrom($"{key.Value}|{connector}");

    private Task<MimeMessage> SerializeAsync(Parcel parcel, IReadOnlyList<MailAttachment> files, string? remark, CancellationToken cancel)
    {
        var id = MessageIdOf(parcel.Delivery.Key);
        var lines = new BodyLines(
            preset.FirstLine?.Replace("{ticket}", parcel.Ticket.RecordId, StringComparison.Ordinal),
            remark,
            $"{parcel.Delivery.Session.Local} · {id}");
        var timeline = options.Timeline ?? preset.Timeline ? Timeline.Of(parcel.Session) : null;
        var contentId = $"timeline.{id.Trim('<', '>')}";
        var message = new MailMessage(
            _from, [Recipient(parcel)], id, parcel.Delivery.FirstSentAt ?? clock.GetUtcNow(), Subject(parcel), lines.Text(TextOf(parcel)))
        {
            Html = parcel.Note.Part(EmailParts.Html) is { } html
                ? lines.Html(html, timeline is null ? string.Empty : TimelineHtml.For(timeline, contentId, parcel.Note.Language, WebUtility.HtmlDecode(html).Contains))
                : null,
            InlineImages = timeline is null ? [] : [Picture(timeline, contentId)],
            ReplyTo = _replyTo,
            References = [.. References(parcel)],
            Headers = [new("X-CrmSync-Session", parcel.Delivery.Session.ToString()), .. CommonHeaders(parcel.Delivery.Key)],
            Attachments = files,
        };
        return MimeMessage.CreateAsync(message, _signer, cancel);
    }

    private Mailbox Recipient(Parcel parcel) =>
        RecipientOrNull(parcel) ?? throw new InvalidOperationException("The recipient was not checked before composing.");

    private string Subject(Parcel parcel) => Placeholders.Fill(
        options.Subject ?? preset.Subject,
        ("subject", parcel.Note.Part(EmailParts.Subject) ?? $"Session {parcel.Delivery.Session.Local}"),
        ("ticket", parcel.Ticket.RecordId),
        ("tag", options.Tag ?? preset.Tag ?? string.Empty));

    private static string TextOf(Parcel parcel) =>
        parcel.Note.Part(EmailParts.Text) ?? $"Session {parcel.Delivery.Session.Local}: its metadata is attached.";

    // Mail programs put mails with a common ancestor together; the ancestor itself need not exist.
    private IEnumerable<string> References(Parcel parcel)
    {
        if (!preset.NeedsTicket)
        {
            yield return IdFrom($"thread|{connector}|{parcel.Ticket.RecordId}");
        }

        if (parcel.Delivery.Replaces?.NoteId is { } earlier)
        {
            yield return earlier;
        }
    }

    private IEnumerable<MailHeader> CommonHeaders(DeliveryKey key)
    {
        yield return new("X-CrmSync-Delivery", key.Marker);

        // All but NDR: reports of failure are wanted ([MS-OXCMAIL] section 2.1.3.2.20).
        yield return new("X-Auto-Response-Suppress", "OOF, AutoReply, RN, NRN, DR");
        if (options.AutoSubmitted ?? preset.AutoSubmitted)
        {
            yield return new("Auto-Submitted", "auto-generated");
        }

        foreach (var (name, value) in options.Headers)
        {
            yield return new(name, value);
        }
    }

    private string IdFrom(string what)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(what));
        return $"<{Convert.ToHexStringLower(hash)[..32]}@{options.MessageIdDomain ?? _from.Domain}>";
    }

    private static MailAttachment AsIs(Attachment file) => MailAttachment.FromBytes(file.FileName, file.ContentType, file.Content);

    private static MailAttachment Picture(Timeline timeline, string contentId) =>
        MailAttachment.FromBytes("timeline.png", "image/png", TimelinePicture.Draw(timeline)) with { ContentId = contentId };

    private static MailAttachment Compressed(Attachment file)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(file.Content.Span);
        }

        return MailAttachment.FromBytes($"{file.FileName}.gz", "application/gzip", packed.ToArray());
    }
}
