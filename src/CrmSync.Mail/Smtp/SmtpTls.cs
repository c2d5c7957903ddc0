using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrmSync.Mail.Smtp;

/// <summary>TLS 1.2 or later to a server whose certificate is right: chain, dates, host name, revocation and, when given, pins.</summary>
internal static class SmtpTls
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static async Task<Stream> SecureAsync(Stream stream, string host, SmtpTrust trust, CancellationToken cancel)
    {
        string? refusal = null;
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(Options(host, trust, reason => refusal = reason), cancel);
            return tls;
        }
        catch (AuthenticationException e)
        {
            await tls.DisposeAsync();
            throw refusal is null
                ? new SmtpException(new SmtpFault(SmtpStage.StartTls, SmtpProblem.Closed, "The TLS handshake failed."), e)
                : new SmtpException(new SmtpFault(SmtpStage.StartTls, SmtpProblem.Untrusted, refusal));
        }
    }

    private static SslClientAuthenticationOptions Options(string host, SmtpTrust trust, Action<string> refuse) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificates = trust.ClientCertificate is { } own ? [own] : null,
        CertificateChainPolicy = Policy(trust),
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            var reason = Complaint(certificate as X509Certificate2, chain, errors, trust.Pins);
            if (reason is not null)
            {
                refuse(reason);
            }

            return reason is null;
        },
    };

    private static X509ChainPolicy Policy(SmtpTrust trust)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = trust.Revocation == SmtpRevocation.Off ? X509RevocationMode.NoCheck : X509RevocationMode.Online,
            RevocationFlag = X509RevocationFlag.ExcludeRoot,
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (trust.Revocation == SmtpRevocation.Soft)
        {
            policy.VerificationFlags |=
                X509VerificationFlags.IgnoreEndRevocationUnknown | X509VerificationFlags.IgnoreCertificateAuthorityRevocationUnknown;
        }

        if (trust.Roots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    private static string? Complaint(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, IReadOnlyList<string> pins)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "The server showed no certificate.";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "The server's certificate is for another host name.";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var states = chain?.ChainStatus.Select(status => status.Status).Distinct() ?? [];
            return $"The server's certificate is not trusted ({string.Join(", ", states)}).";
        }

        return pins.Count == 0 || pins.Contains(Pin(certificate), StringComparer.Ordinal)
            ? null
            : "The server's public key is none of those pinned.";
    }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo, base64: the form of RFC 7469 pins.</summary>
    internal static string Pin(X509Certificate2 certificate) =>
        Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
}
