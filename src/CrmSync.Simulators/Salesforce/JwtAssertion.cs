using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Salesforce;

/// <summary>Checks a JWT bearer assertion (RFC 7523) as Salesforce does: RS256, iss, sub, aud, exp at most five minutes ahead.</summary>
internal static class JwtAssertion
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    /// <summary>Null when the assertion is good, else the OAuth error and its description.</summary>
    public static (string Error, string Description)? Check(string assertion, OrgOptions options, IReadOnlyCollection<string> audiences, DateTimeOffset now)
    {
        if (options.JwtCertificatePem is not { } pem)
        {
            return ("invalid_client", "the JWT bearer flow is not enabled for this app");
        }

        if (assertion.Split('.') is not [var header, var claims, var signature]
            || Parse(header) is not { } head
            || Parse(claims) is not { } body)
        {
            return ("invalid_grant", "invalid assertion");
        }

        if ((string?)head["alg"] != "RS256" || !IsSigned($"{header}.{claims}", signature, pem))
        {
            return ("invalid_grant", "invalid assertion");
        }

        return CheckClaims(body, options, audiences, now);
    }

    private static (string Error, string Description)? CheckClaims(
        JsonObject claims, OrgOptions options, IReadOnlyCollection<string> audiences, DateTimeOffset now)
    {
        if ((string?)claims["iss"] != options.ClientId)
        {
            return ("invalid_client_id", "client identifier invalid");
        }

        if (!audiences.Contains((string?)claims["aud"], StringComparer.Ordinal))
        {
            return ("invalid_grant", "audience is invalid");
        }

        if ((string?)claims["sub"] != options.Username)
        {
            return ("invalid_grant", "user hasn't approved this consumer");
        }

        // Some clients write the number as text.
        var expiry = DateTimeOffset.FromUnixTimeSeconds(long.TryParse(claims["exp"]?.ToString(), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0);
        return expiry <= now || expiry > now + LongestLife ? ("invalid_grant", "expired authorization code") : null;
    }

    private static JsonObject? Parse(string part)
    {
        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static bool IsSigned(string text, string signature, string pem)
    {
        using var key = pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromPem(pem).GetRSAPublicKey()!
            : RSA.Create();
        if (!pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
        {
            key.ImportFromPem(pem);
        }

        return Base64Url.IsValid(signature)
            && key.VerifyData(Encoding.ASCII.GetBytes(text), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
