using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using CrmSync.Core.Configuration;

namespace CrmSync.Connectors.Salesforce;

/// <summary>Signs the JWT bearer assertion (RFC 7523, RS256) with the app's private key.</summary>
internal static class SalesforceKey
{
    /// <summary>Salesforce takes five minutes at most; less leaves room for a clock that is ahead.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(3);

    /// <summary>What is wrong with the configured key; null when it can sign.</summary>
    public static Complaint? Problem(SalesforceOptions options)
    {
        var setting = Given(options)[0];
        try
        {
            using var key = Load(options);
            return key.KeySize < 2048 ? new Complaint(setting, $"has {key.KeySize} bits.", "Make an RSA key of 2048 bits or more.") : null;
        }
        catch (FormatException)
        {
            return new Complaint(setting, "is not base64.", "Write the PFX file in base64, as `base64 -w0 crmsync.pfx` gives it; a PEM belongs into PrivateKey.");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return new Complaint(
                setting,
                "holds no RSA private key that can be read.",
                setting == nameof(options.PrivateKey)
                    ? "Give an unencrypted PEM (-----BEGIN PRIVATE KEY-----); a PFX belongs into CertificateFile, or in base64 into Certificate."
                    : "Give a PFX that holds certificate and RSA key, with its CertificatePassword.");
        }
    }

    /// <summary>The settings that hold a key.</summary>
    public static IReadOnlyList<string> Given(SalesforceOptions options) =>
    [
        .. options.PrivateKey is not null ? [nameof(options.PrivateKey)] : Array.Empty<string>(),
        .. options.Certificate is not null ? [nameof(options.Certificate)] : Array.Empty<string>(),
        .. options.CertificateFile is not null ? [nameof(options.CertificateFile)] : Array.Empty<string>(),
    ];

    /// <exception cref="CryptographicException">The key cannot be read; <see cref="Problem"/> told so at start.</exception>
    public static string Assertion(SalesforceOptions options, string audience, DateTimeOffset now)
    {
        using var key = Load(options);
        var claims = new JwtClaims(options.ClientId!, options.Username!, audience, (now + Life).ToUnixTimeSeconds());
        var text = $"{Base64Url.EncodeToString("""{"alg":"RS256"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, SalesforceJson.Wire.JwtClaims))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static RSA Load(SalesforceOptions options)
    {
        if (options.PrivateKey is { } pem)
        {
            var key = RSA.Create();
            key.ImportFromPem(pem.Reveal());
            return key;
        }

        var password = options.CertificatePassword?.Reveal();
        using var certificate = options.Certificate is { } text
            ? X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(text.Reveal()), password)
            : X509CertificateLoader.LoadPkcs12FromFile(options.CertificateFile!, password);
        return certificate.GetRSAPrivateKey() ?? throw new InvalidOperationException("The certificate has no RSA private key.");
    }
}
