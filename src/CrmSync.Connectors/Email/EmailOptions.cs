using CrmSync.Core.Configuration;
using CrmSync.Mail.Smtp;

namespace CrmSync.Connectors.Email;

/// <summary>One connector of kind Email: section <c>Connectors:NAME</c>.</summary>
public sealed class EmailOptions
{
    /// <summary>Always <c>Email</c>.</summary>
    public string Kind { get; set; } = EmailKind.Name;

    /// <summary>Which system reads the mailbox; decides subject, headers and limits. Default <c>Mailbox</c>: people do.</summary>
    public string Preset { get; set; } = EmailPresets.Mailbox.Name;

    /// <summary>Sender, e.g. <c>CrmSync &lt;crmsync@example.com&gt;</c>. The mail server must allow it, and the CRM must know it where it asks for that.</summary>
    public string? From { get; set; }

    /// <summary>The CRM's ingest address. <c>{ticket}</c> in it becomes the ticket's id.</summary>
    public string? To { get; set; }

    /// <summary>Where the mail server reports failures to. Default: <see cref="From"/>. Read that mailbox: a CRM may refuse a mail after it was accepted.</summary>
    public string? EnvelopeFrom { get; set; }

    /// <summary>Default: none. Where a person's answer goes.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>The part of the ticket tag that names the system: Request Tracker's <c>$rtname</c>, Znuny's hook. A wrong one opens new tickets.</summary>
    public string? Tag { get; set; }

    /// <summary>Subject with <c>{subject}</c> (from template <c>subject</c>), <c>{ticket}</c> and <c>{tag}</c>. Default: the preset's.</summary>
    public string? Subject { get; set; }

    /// <summary>Regular expression that a ticket id must match as a whole. Default: the preset's.</summary>
    public string? TicketPattern { get; set; }

    /// <summary>Where in the session's JSON the reference for mail is, when it is not the ticket id, e.g. <c>custom.thread_token</c>. Default: <c>out_ticket_id</c> and <c>out_ticket_url</c>.</summary>
    public string? TicketPath { get; set; }

    /// <summary>Hosts that <c>out_ticket_url</c> may name; others are not delivered. Default: any. Nothing in that link is ever fetched.</summary>
    public IList<string> Hosts { get; set; } = [];

    /// <summary>Says <c>Auto-Submitted: auto-generated</c> (RFC 3834). Default: the preset's; some systems drop such mail.</summary>
    public bool? AutoSubmitted { get; set; }

    /// <summary>Draws who was busy with the session when, as a picture in the HTML. Default: the preset's; ticket systems keep such pictures as files.</summary>
    public bool? Timeline { get; set; }

    /// <summary>Further headers by name.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Largest mail in bytes, as it travels: a file grows by 37 %. Default: the preset's.</summary>
    public long? MailBytesMax { get; set; }

    /// <summary>What happens when the session's file makes the mail larger than that. Default <c>Compress</c>.</summary>
    public EmailOversize Oversize { get; set; } = EmailOversize.Compress;

    /// <summary>What happens when the connection broke after a mail was sent and before the server said so. Default <c>Resend</c>: rather twice than never.</summary>
    public EmailInDoubt InDoubt { get; set; } = EmailInDoubt.Resend;

    /// <summary>For <see cref="EmailInDoubt.Verify"/>: the connector of kind Salesforce or Zendesk that reads the CRM the mail was for.</summary>
    public string? VerifyWith { get; set; }

    /// <summary>For <see cref="EmailInDoubt.Verify"/>: how long a mail may be on its way into the CRM. It is looked for after this time, and once more after it again. Default 5 minutes.</summary>
    public TimeSpan VerifyAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Mails an hour from this worker; 0 for no limit. Default: the preset's.</summary>
    public int? MailsPerHourMax { get; set; }

    /// <summary>Mails in 24 hours from this worker; 0 for no limit. Default 0.</summary>
    public int MailsPerDayMax { get; set; }

    /// <summary>Mails an hour to one ticket, against loops. Default 20.</summary>
    public int MailsPerTicketAndHourMax { get; set; } = 20;

    /// <summary>Right side of Message-IDs. Default: the domain of <see cref="From"/>.</summary>
    public string? MessageIdDomain { get; set; }

    /// <summary>Hands mail to a server. Either this or <see cref="Pickup"/>.</summary>
    public EmailSmtpOptions? Smtp { get; set; }

    /// <summary>Writes mail into a folder. Either this or <see cref="Smtp"/>.</summary>
    public EmailPickupOptions? Pickup { get; set; }

    /// <summary>Signs mail. Default: it is not signed here, the mail server does that.</summary>
    public EmailDkimOptions? Dkim { get; set; }
}

public enum EmailOversize
{
    /// <summary>The file is attached as .gz; if that is still too large the delivery is parked.</summary>
    Compress,

    /// <summary>The note goes out without the file and says so.</summary>
    LeaveOut,

    /// <summary>The delivery is parked.</summary>
    Park,
}

public enum EmailInDoubt
{
    /// <summary>The same mail is sent again, with the same Message-ID.</summary>
    Resend,

    /// <summary>The delivery is parked; a person looks into the mailbox.</summary>
    Hold,

    /// <summary>The CRM is asked for the mail by its API; it is sent again when it is not there.</summary>
    Verify,
}

/// <summary>Section <c>Smtp</c> of an Email connector.</summary>
public sealed class EmailSmtpOptions
{
    public string? Host { get; set; }

    /// <summary>Default: 587 for STARTTLS, 465 for implicit TLS, 25 without.</summary>
    public int? Port { get; set; }

    /// <summary>Default <c>StartTls</c>, required. <c>None</c> is taken for this machine only.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Account that signs in; with OAuth the mailbox that sends.</summary>
    public string? User { get; set; }

    public Secret? Password { get; set; }

    /// <summary>Signs in with an access token instead of a password.</summary>
    public EmailOAuthOptions? OAuth { get; set; }

    /// <summary>PEM file with the only roots to trust, e.g. a company's own. Default: those of the operating system.</summary>
    public string? CaFile { get; set; }

    /// <summary>SHA-256 of acceptable server keys, base64, as <c>crmsync check</c> shows them. Default: any trusted one.</summary>
    public IList<string> Pins { get; set; } = [];

    /// <summary>Whether a certificate's revocation is asked for. Default <c>Soft</c>: refused only when it is known to be revoked.</summary>
    public SmtpRevocation Revocation { get; set; } = SmtpRevocation.Soft;

    /// <summary>Longest time for one mail as a whole. Default 4 minutes; keep it below <c>Delivery:Lease</c>. A short one risks mails that arrive twice.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Connections at a time. Default 2; Exchange Online takes 3.</summary>
    public int Connections { get; set; } = 2;

    /// <summary>Default <c>Full</c>; a server that stumbles over it is offered less by itself.</summary>
    public SmtpPipelining Pipelining { get; set; } = SmtpPipelining.Full;

    /// <summary>Name given in EHLO. Default: this machine's address.</summary>
    public string? ClientName { get; set; }
}

/// <summary>Section <c>Smtp:OAuth</c> of an Email connector.</summary>
public sealed class EmailOAuthOptions
{
    public EmailOAuthProvider Provider { get; set; }

    /// <summary>Microsoft 365: id or domain of the tenant.</summary>
    public string? Tenant { get; set; }

    /// <summary>Microsoft 365: application (client) id.</summary>
    public string? ClientId { get; set; }

    /// <summary>Microsoft 365: client secret. Either this or <see cref="CertificateFile"/>.</summary>
    public Secret? ClientSecret { get; set; }

    /// <summary>Microsoft 365: PEM file with the application's certificate and its private key.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Google: JSON key file of a service account with domain-wide delegation.</summary>
    public string? ServiceAccountFile { get; set; }

    /// <summary>Default: the provider's. For national clouds.</summary>
    public Uri? TokenUrl { get; set; }

    /// <summary>Default: the provider's.</summary>
    public string? Scope { get; set; }
}

public enum EmailOAuthProvider
{
    Microsoft365,
    Google,
}

/// <summary>Section <c>Pickup</c> of an Email connector.</summary>
public sealed class EmailPickupOptions
{
    /// <summary>Folder for <c>.eml</c> files; made when it is missing. A file appears complete or not at all.</summary>
    public string? Folder { get; set; }
}

/// <summary>Section <c>Dkim</c> of an Email connector (RFC 6376, rsa-sha256).</summary>
public sealed class EmailDkimOptions
{
    /// <summary>Domain whose DNS holds the public key; that of the sender, or one above it.</summary>
    public string? Domain { get; set; }

    /// <summary>The public key is the TXT record <c>SELECTOR._domainkey.DOMAIN</c>.</summary>
    public string? Selector { get; set; }

    /// <summary>PEM file with the RSA private key.</summary>
    public string? KeyFile { get; set; }
}
