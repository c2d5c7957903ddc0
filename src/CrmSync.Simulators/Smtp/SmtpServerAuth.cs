using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmSync.Simulators.Smtp;

/// <summary>The server's side of AUTH.</summary>
internal sealed partial class SmtpServerAuth(SmtpWire wire, SmtpSimulatorOptions options, bool lies)
{
    private const int Iterations = 4096;

    private static readonly byte[] Salt = SHA256.HashData("simulator salt"u8)[..16];

    /// <summary>The user who proved who they are, or null.</summary>
    public async Task<string?> RunAsync(string mechanism, string? initial, CancellationToken cancel) => mechanism switch
    {
        "PLAIN" => Plain(await FirstAsync(initial, cancel)),
        "LOGIN" => await LoginAsync(cancel),
        "XOAUTH2" or "OAUTHBEARER" => await BearerAsync(await FirstAsync(initial, cancel), cancel),
        "SCRAM-SHA-256" => await ScramAsync(await FirstAsync(initial, cancel), cancel),
        _ => null,
    };

    private string? Plain(byte[]? message)
    {
        var parts = message is null ? [] : Encoding.UTF8.GetString(message).Split('\0');
        return parts.Length == 3 && Knows(parts[1], parts[2]) ? parts[1] : null;
    }

    private async Task<string?> LoginAsync(CancellationToken cancel)
    {
        var user = await AskAsync("Username:"u8.ToArray(), cancel);
        var password = await AskAsync("Password:"u8.ToArray(), cancel);
        return user is not null && password is not null && Knows(Encoding.UTF8.GetString(user), Encoding.UTF8.GetString(password))
            ? Encoding.UTF8.GetString(user)
            : null;
    }

    private async Task<string?> BearerAsync(byte[]? message, CancellationToken cancel)
    {
        var text = message is null ? string.Empty : Encoding.UTF8.GetString(message);
        if (options.Tokens.Contains(Match(Bearer(), text), StringComparer.Ordinal))
        {
            return Match(BearerUser(), text);
        }

        await AskAsync("{\"status\":\"401\",\"schemes\":\"bearer\"}"u8.ToArray(), cancel);
        return null;
    }

    private async Task<string?> ScramAsync(byte[]? message, CancellationToken cancel)
    {
        var bare = message is null ? string.Empty : Encoding.UTF8.GetString(message);
        bare = bare.StartsWith("n,,", StringComparison.Ordinal) ? bare[3..] : string.Empty;
        var user = Match(ScramUser(), bare).Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        if (!options.Users.TryGetValue(user, out var password))
        {
            return null;
        }

        var nonce = Match(ScramNonce(), bare) + Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        var first = $"r={nonce},s={Convert.ToBase64String(Salt)},i={Iterations}";
        var final = Encoding.UTF8.GetString(await AskAsync(Encoding.UTF8.GetBytes(first), cancel) ?? []);
        var proof = Match(ScramProof(), final);
        var transcript = Encoding.UTF8.GetBytes($"{bare},{first},c=biws,r={nonce}");
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, Salt, Iterations, HashAlgorithmName.SHA256, 32);
        if (proof != Proof(salted, transcript) || !final.StartsWith($"c=biws,r={nonce},", StringComparison.Ordinal))
        {
            return null;
        }

        var signature = HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), lies ? salted : transcript);
        var accepted = await AskAsync(Encoding.UTF8.GetBytes($"v={Convert.ToBase64String(signature)}"), cancel);
        return accepted is { Length: 0 } ? user : null;
    }

    private static string Proof(byte[] salted, byte[] transcript)
    {
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), transcript);
        return Convert.ToBase64String([.. clientKey.Zip(signature, (a, b) => (byte)(a ^ b))]);
    }

    private bool Knows(string user, string password) => options.Users.TryGetValue(user, out var known) && known == password;

    private async Task<byte[]?> FirstAsync(string? initial, CancellationToken cancel) =>
        initial is null ? await AskAsync([], cancel) : Decode(initial);

    private async Task<byte[]?> AskAsync(byte[] challenge, CancellationToken cancel)
    {
        wire.Answer($"334 {Convert.ToBase64String(challenge)}");
        var line = await wire.ReadLineAsync(cancel);
        return line is null ? null : Decode(Encoding.ASCII.GetString(line));
    }

    private static byte[]? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var written) ? bytes[..written] : null;
    }

    private static string Match(Regex pattern, string text) => pattern.Match(text).Groups["it"].Value;

    [GeneratedRegex("\u0001auth=Bearer (?<it>[^\u0001]*)\u0001\u0001\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bearer();

    [GeneratedRegex("^(user=(?<it>[^\u0001]*)|n,a=(?<it>[^,]*),)\u0001", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BearerUser();

    [GeneratedRegex("^n=(?<it>[^,]*),r=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ScramUser();

    [GeneratedRegex(",r=(?<it>[^,]*)\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ScramNonce();

    [GeneratedRegex(",p=(?<it>[^,]*)\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ScramProof();
}
