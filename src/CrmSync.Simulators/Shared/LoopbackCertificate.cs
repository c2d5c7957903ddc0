using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrmSync.Simulators.Shared;

/// <summary>A certificate nobody has to buy: self-signed, for 127.0.0.1 and the given names, valid for a day around now.</summary>
internal static class LoopbackCertificate
{
    public static X509Certificate2 Create(IEnumerable<string> hostNames, DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=CrmSync simulator", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(Names(hostNames));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        // Kestrel on Windows needs a key that went through PKCS#12 once.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private static X509Extension Names(IEnumerable<string> hostNames)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        foreach (var name in hostNames)
        {
            names.AddDnsName(name);
        }

        return names.Build();
    }
}
