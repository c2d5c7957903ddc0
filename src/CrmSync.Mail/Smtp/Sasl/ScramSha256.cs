using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Mail.Smtp.Sasl;

/// <summary>RFC 7677 (RFC 5802 with SHA-256), without channel binding: no server of the field offers it.</summary>
internal sealed class ScramSha256 : SaslMechanism
{
    private const int IterationsMin = 4096;

    // A hostile server could ask for hours of hashing.
    private const int IterationsMax = 1_000_000;

    private readonly string _password;
    private readonly string _nonce;
    private readonly string _clientFirst;
    private byte[]? _serverSignature;
    private bool _proven;

    public ScramSha256(string user, string password)
        : this(user, password, Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)))
    {
    }

    internal ScramSha256(string user, string password, string nonce)
        : base("SCRAM-SHA-256")
    {
        _password = password.Normalize(NormalizationForm.FormKC);
        _nonce = nonce;
        _clientFirst = $"n={Escape(user.Normalize(NormalizationForm.FormKC))},r={nonce}";
    }

    public override byte[] InitialResponse => Encoding.UTF8.GetBytes($"n,,{_clientFirst}");

    public override bool ServerIsProven => _proven;

    public static string Escape(string name) =>
        name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);

    public override byte[]? Respond(byte[] challenge)
    {
        var message = Encoding.UTF8.GetString(challenge);
        return _serverSignature is { } expected ? Verify(message, expected) : Prove(message);
    }

    private byte[]? Prove(string serverFirst)
    {
        var nonce = Attribute(serverFirst, 'r');
        if (nonce is null
            || nonce.Length <= _nonce.Length
            || !nonce.StartsWith(_nonce, StringComparison.Ordinal)
            || Base64(Attribute(serverFirst, 's')) is not { Length: > 0 } salt
            || !int.TryParse(Attribute(serverFirst, 'i'), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < IterationsMin or > IterationsMax)
        {
            return null;
        }

        var unproven = $"c=biws,r={nonce}";
        var transcript = Encoding.UTF8.GetBytes($"{_clientFirst},{serverFirst},{unproven}");
        var salted = Rfc2898DeriveBytes.Pbkdf2(_password, salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var proof = HMACSHA256.HashData(SHA256.HashData(clientKey), transcript);
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] ^= clientKey[i];
        }

        _serverSignature = HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), transcript);
        return Encoding.UTF8.GetBytes($"{unproven},p={Convert.ToBase64String(proof)}");
    }

    private byte[]? Verify(string serverFinal, byte[] expected)
    {
        _proven = Base64(Attribute(serverFinal, 'v')) is { } signature && CryptographicOperations.FixedTimeEquals(signature, expected);
        return _proven ? [] : null;
    }

    private static string? Attribute(string message, char name) =>
        message.Split(',').FirstOrDefault(part => part.Length > 1 && part[0] == name && part[1] == '=')?[2..];

    private static byte[]? Base64(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }
}
