using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Connectors.Email;

/// <summary>The form that asks for a token, by provider.</summary>
internal sealed record OAuthRequest(Uri Url, IReadOnlyList<KeyValuePair<string, string>> Form)
{
    private const string MicrosoftScope = "https://outlook.office365.com/.default";
    private const string GoogleScope = "https://mail.google.com/";
    private const string GoogleTokenUrl = "https://oauth2.googleapis.com/token";
    private const int AssertionSeconds = 600;

    public static OAuthRequest Create(EmailOAuthOptions options, string mailbox, DateTimeOffset now) =>
        options.Provider == EmailOAuthProvider.Google ? Google(options, mailbox, now) : Microsoft(options, now);

    // learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
    private static OAuthRequest Microsoft(EmailOAuthOptions options, DateTimeOffset now)
    {
        var url = options.TokenUrl ?? new Uri($"https://login.microsoftonline.com/{Uri.EscapeDataString(options.Tenant!)}/oauth2/v2.0/token");
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "client_credentials"), new("client_id", options.ClientId!), new("scope", options.Scope ?? MicrosoftScope),
        ];
        if (options.ClientSecret is { } secret)
        {
            form.Add(new("client_secret", secret.Reveal()));
        }
        else
        {
            form.Add(new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
            form.Add(new("client_assertion", CertificateAssertion(options, url, now)));
        }

        return new OAuthRequest(url, form);
    }

    // developers.google.com/identity/protocols/oauth2/service-account
    private static OAuthRequest Google(EmailOAuthOptions options, string mailbox, DateTimeOffset now)
    {
        var account = JsonSerializer.Deserialize(File.ReadAllText(options.ServiceAccountFile!), OAuthJson.Default.ServiceAccount)!;
        var url = options.TokenUrl ?? new Uri(GoogleTokenUrl);
        using var key = RSA.Create();
        key.ImportFromPem(account.PrivateKey);
        var claims = new JwtClaims(account.ClientEmail, mailbox, url.AbsoluteUri, now, AssertionSeconds) { Scope = options.Scope ?? GoogleScope };
        return new OAuthRequest(
            url,
            [
                new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                new("assertion", Sign(new JwtHeader("RS256") { KeyId = account.PrivateKeyId }, claims, key, RSASignaturePadding.Pkcs1)),
            ]);
    }

    private static string CertificateAssertion(EmailOAuthOptions options, Uri url, DateTimeOffset now)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(options.CertificateFile!);
        using var key = certificate.GetRSAPrivateKey() ?? throw new CryptographicException("The certificate file holds no RSA key.");
        var thumbprint = Base64Url(certificate.GetCertHash(HashAlgorithmName.SHA256));
        return Sign(
            new JwtHeader("PS256") { Thumbprint = thumbprint },
            new JwtClaims(options.ClientId!, options.ClientId!, url.AbsoluteUri, now, AssertionSeconds),
            key,
            RSASignaturePadding.Pss);
    }

    private static string Sign(JwtHeader header, JwtClaims claims, RSA key, RSASignaturePadding padding)
    {
        var unsigned = $"{Base64Url(JsonSerializer.SerializeToUtf8Bytes(header, OAuthJson.Default.JwtHeader))}."
            + Base64Url(JsonSerializer.SerializeToUtf8Bytes(claims, OAuthJson.Default.JwtClaims));
        return $"{unsigned}.{Base64Url(key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256, padding))}";
    }

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

internal sealed record OAuthAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("error")] string? Error);

internal sealed record ServiceAccount(
    [property: JsonPropertyName("client_email")] string ClientEmail,
    [property: JsonPropertyName("private_key")] string PrivateKey,
    [property: JsonPropertyName("private_key_id")] string? PrivateKeyId);

internal sealed record JwtHeader([property: JsonPropertyName("alg")] string Algorithm)
{
    [JsonPropertyName("typ")]
    public string Type => "JWT";

    [JsonPropertyName("kid")]
    public string? KeyId { get; init; }

    [JsonPropertyName("x5t#S256")]
    public string? Thumbprint { get; init; }
}

internal sealed record JwtClaims(
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonIgnore] DateTimeOffset Now,
    [property: JsonIgnore] int Seconds)
{
    [JsonPropertyName("iat")]
    public long IssuedAt => Now.ToUnixTimeSeconds();

    [JsonPropertyName("exp")]
    public long Expires => IssuedAt + Seconds;

    [JsonPropertyName("jti")]
    public string Id { get; } = Guid.NewGuid().ToString("N");

    [JsonPropertyName("scope")]
    public string? Scope { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OAuthAnswer))]
[JsonSerializable(typeof(ServiceAccount))]
[JsonSerializable(typeof(JwtHeader))]
[JsonSerializable(typeof(JwtClaims))]
internal sealed partial class OAuthJson : JsonSerializerContext;
