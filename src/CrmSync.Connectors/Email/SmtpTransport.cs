using System.Security.Cryptography.X509Certificates;
using CrmSync.Core.Deliveries;
using CrmSync.Mail.Smtp;

namespace CrmSync.Connectors.Email;

/// <summary>Hands mail to a server by SMTP submission.</summary>
internal sealed class SmtpTransport(SmtpClient client, OAuthTokens? tokens, TimeProvider clock) : IMailTransport
{
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    public static SmtpTransport Create(EmailSmtpOptions options, TimeProvider clock, Func<IHttpClientFactory> clients)
    {
        var tokens = options is { User: { } user, OAuth: { } oauth } ? new OAuthTokens(oauth, user, clients(), clock) : null;
        return new SmtpTransport(new SmtpClient(Translate(options, tokens), clock), tokens, clock);
    }

    public async Task<Outcome> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var results = await client.SendAsync(mail.Envelope, mail.Content, cancel);
        return EmailFaults.ToOutcome(results[0].Result, mail.Receipt);
    }

    public string? NameOfHeld(DeliveryKey key) => null;

    public async Task<IReadOnlyList<CheckFinding>> CheckAsync(CancellationToken cancel)
    {
        var check = await client.CheckAsync(cancel);
        return check.Fault is { } fault ? [EmailFaults.ToFinding(fault)] : [.. Found(check)];
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        tokens?.Dispose();
    }

    private IEnumerable<CheckFinding> Found(SmtpCheck check)
    {
        yield return new(CheckLevel.Ok, "Mail server", check.SizeMax is { } size ? $"Reached; takes mails up to {size:N0} bytes." : "Reached.");
        if (check.CertificateExpires is { } expires)
        {
            var soon = expires - clock.GetUtcNow() < ExpiresSoon;
            yield return new(
                soon ? CheckLevel.Warning : CheckLevel.Ok,
                "Certificate",
                $"{check.Protocol}, for {check.CertificateSubject}, by {check.CertificateIssuer}, until {expires:yyyy-MM-dd}; pin {check.CertificatePin}.",
                soon ? "Tell whoever runs the mail server: mail stops when the certificate expires." : null);
        }
        else
        {
            yield return new(CheckLevel.Warning, "Encryption", "None: mail travels in clear to this machine's relay.");
        }

        yield return check.AuthenticatedBy is { } mechanism
            ? new(CheckLevel.Ok, "Sign-in", $"Accepted by {mechanism}.")
            : new(CheckLevel.Ok, "Sign-in", "None configured.");
    }

    private static SmtpOptions Translate(EmailSmtpOptions options, OAuthTokens? tokens) =>
        new(options.Host!, options.Port ?? DefaultPort(options.Security), options.Security)
        {
            Credential = Credential(options, tokens),
            Trust = new SmtpTrust
            {
                Roots = options.CaFile is { } file ? Roots(file) : null,
                Pins = [.. options.Pins],
                Revocation = options.Revocation,
            },
            Timeouts = new SmtpTimeouts { Overall = options.Timeout },
            ConnectionsMax = options.Connections,
            Pipelining = options.Pipelining,
            ClientName = options.ClientName,
        };

    private static int DefaultPort(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Implicit => 465,
        SmtpSecurity.StartTls => 587,
        _ => 25,
    };

    private static SmtpCredential? Credential(EmailSmtpOptions options, OAuthTokens? tokens) => options switch
    {
        { User: { } user } when tokens is not null => new SmtpCredential.OAuth(user, tokens),
        { User: { } user, Password: { } password } => new SmtpCredential.Password(user, password.Reveal()),
        _ => null,
    };

    private static X509Certificate2Collection Roots(string file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        return roots;
    }
}
