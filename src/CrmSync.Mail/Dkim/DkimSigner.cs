using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmSync.Mail.Dkim;

/// <summary>Signs mails with rsa-sha256, relaxed/relaxed (RFC 6376), without l= and without times: a second try is the same mail.</summary>
public sealed partial class DkimSigner : IDisposable
{
    private const int KeyBitsMin = 1024;
    private const int SignatureLine = 70;

    private static readonly string[] Signed =
    [
        "From", "Reply-To", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Auto-Submitted",
    ];

    private readonly string _domain;
    private readonly string _selector;
    private readonly RSA _key;

    private DkimSigner(string domain, string selector, RSA key)
    {
        _domain = domain;
        _selector = selector;
        _key = key;
    }

    /// <param name="domain">The d= tag, the domain whose DNS holds the public key.</param>
    /// <param name="selector">The s= tag: the key is published at <c>selector._domainkey.domain</c>.</param>
    /// <param name="pem">An RSA private key in PEM form.</param>
    /// <exception cref="ArgumentException">Not an RSA key, or shorter than 1024 bits (RFC 8301), or not host names.</exception>
    public static DkimSigner FromPem(string domain, string selector, string pem)
    {
        if (!HostName().IsMatch(domain) || !HostName().IsMatch(selector))
        {
            throw new ArgumentException("DKIM domain and selector are host names in ASCII.", nameof(domain));
        }

        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key.KeySize >= KeyBitsMin
            ? new DkimSigner(domain, selector, key)
            : throw new ArgumentException("A DKIM key has at least 1024 bits.", nameof(pem));
    }

    public void Dispose() => _key.Dispose();

    /// <summary>The DKIM-Signature field for these header fields and this body hash.</summary>
    internal string Sign(IReadOnlyList<string> fields, byte[] bodyHash)
    {
        var present = Signed.Select(name => fields.FirstOrDefault(f => IsNamed(f, name))).OfType<string>().ToArray();
        // From is named twice: nobody can add another one without breaking the signature (RFC 6376 section 8.15).
        var names = string.Join(':', present.Select(Name).Prepend("from"));
        var unsigned =
            $"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={_domain}; s={_selector};\r\n" +
            $" h={names.Replace(":", ":\r\n  ", StringComparison.Ordinal)};\r\n" +
            $" bh={Convert.ToBase64String(bodyHash)};\r\n b=";

        var input = string.Concat(present.Select(field => Relaxed(field) + "\r\n")) + Relaxed(unsigned);
        var signature = Convert.ToBase64String(
            _key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return unsigned + string.Join("\r\n  ", signature.Chunk(SignatureLine).Select(line => new string(line))) + "\r\n";
    }

    private static bool IsNamed(string field, string name) => field.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase);

    private static string Name(string field) => field[..field.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant();

    // RFC 6376 section 3.4.2.
    private static string Relaxed(string field)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var value = field[(colon + 1)..].Replace("\r\n", string.Empty, StringComparison.Ordinal);
        return $"{Name(field)}:{WhiteSpace().Replace(value, " ").Trim(' ')}";
    }

    [GeneratedRegex("[ \t]+", RegexOptions.None, 1000)]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HostName();
}
