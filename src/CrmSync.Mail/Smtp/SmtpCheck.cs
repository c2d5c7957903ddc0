using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CrmSync.Mail.Smtp;

/// <summary>What an administrator wants to know about a mail server.</summary>
public sealed record SmtpCheck
{
    /// <summary>What stands in the way; null when a mail could be handed in.</summary>
    public SmtpFault? Fault { get; init; }

    /// <summary>E.g. <c>TLS 1.3</c>; null without TLS.</summary>
    public string? Protocol { get; init; }

    public string? CertificateSubject { get; init; }

    public string? CertificateIssuer { get; init; }

    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>The pin of the server's key, to put into <see cref="SmtpTrust.Pins"/>.</summary>
    public string? CertificatePin { get; init; }

    /// <summary>E.g. <c>SCRAM-SHA-256</c>; null when no credential is configured.</summary>
    public string? AuthenticatedBy { get; init; }

    public IReadOnlyList<string> Mechanisms { get; init; } = [];

    /// <summary>Octets; null when the server names no limit.</summary>
    public long? SizeMax { get; init; }

    internal static SmtpCheck Of(SmtpSession session)
    {
        var check = new SmtpCheck
        {
            AuthenticatedBy = session.AuthenticatedBy,
            Mechanisms = session.Capabilities.Mechanisms,
            SizeMax = session.Capabilities.SizeMax,
        };
        return session.Channel.Tls is { RemoteCertificate: X509Certificate2 certificate } tls
            ? check with
            {
                Protocol = tls.SslProtocol == SslProtocols.Tls13 ? "TLS 1.3" : "TLS 1.2",
                CertificateSubject = certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false),
                CertificateIssuer = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true),
                CertificateExpires = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
                CertificatePin = SmtpTls.Pin(certificate),
            }
            : check;
    }
}
