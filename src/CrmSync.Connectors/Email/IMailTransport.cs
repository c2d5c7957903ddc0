using CrmSync.Core.Deliveries;
using CrmSync.Mail.Mime;
using CrmSync.Mail.Smtp;

namespace CrmSync.Connectors.Email;

/// <summary>How a finished mail leaves. The place for another mail library: MailKit would be one more class here.</summary>
internal interface IMailTransport : IAsyncDisposable
{
    /// <summary>Hands one mail over; throws only <see cref="OperationCanceledException"/> while it has certainly not left, and for our own bugs.</summary>
    Task<Outcome> SendAsync(OutgoingMail mail, CancellationToken cancel);

    /// <summary>The name under which the mail of this delivery can still be seen where it went; null says nothing.</summary>
    string? NameOfHeld(DeliveryKey key);

    Task<IReadOnlyList<CheckFinding>> CheckAsync(CancellationToken cancel);
}

/// <summary>A mail ready to leave, and what to say when it has; the transport adds under which name.</summary>
internal sealed record OutgoingMail(DeliveryKey Key, SmtpEnvelope Envelope, MimeMessage Content, Receipt Receipt);
