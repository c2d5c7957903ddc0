using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Ledger.Payloads;

/// <summary>The secret that session files are encrypted with. It lives in a file of its own, so that a copied ledger alone tells nothing.</summary>
internal sealed class PayloadKey
{
    private const string Heading = "crmsync-key-1 ";
    private const int Bytes = 32;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly byte[] _secret;

    private PayloadKey(byte[] secret) => _secret = secret;

    /// <summary>Tells keys apart without telling anything of them.</summary>
    public string Fingerprint => Convert.ToHexStringLower(Derive("fingerprint"))[..16];

    public byte[] ForFiles() => Derive("session files");

    public byte[] ForSearch() => Derive("search terms");

    /// <summary>Reads the key; makes one where there is none and <paramref name="mayCreate"/>.</summary>
    /// <exception cref="LedgerException">It is missing, damaged, or everybody may read it.</exception>
    public static async Task<PayloadKey> OpenAsync(string path, bool mayCreate, CancellationToken cancel)
    {
        try
        {
            if (!File.Exists(path))
            {
                return mayCreate ? await CreateAsync(path, cancel) : throw Missing(path);
            }

            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                throw new LedgerException($"Every user of this machine may read or change the key file {path}. Run: chmod 600 {path}");
            }

            return Parse(await File.ReadAllTextAsync(path, cancel), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"The key file {path} cannot be used. Check the rights on it and on its folder.", e);
        }
    }

    private static async Task<PayloadKey> CreateAsync(string path, CancellationToken cancel)
    {
        var secret = RandomNumberGenerator.GetBytes(Bytes);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Put in place whole: another worker that starts at the same moment finds this key or none, and takes the one that was first.
        var draft = $"{path}.{Environment.ProcessId}.tmp";
        File.Delete(draft);
        await using (var file = new FileStream(draft, options))
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes($"{Heading}{Convert.ToBase64String(secret)}\n"), cancel);
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }

        return Parse(await File.ReadAllTextAsync(path, cancel), path);
    }

    private static PayloadKey Parse(string text, string path)
    {
        var secret = new byte[Bytes];
        return text.StartsWith(Heading, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Heading.Length..].Trim(), secret, out var written)
            && written == Bytes
                ? new PayloadKey(secret)
                : throw new LedgerException($"The key file {path} is damaged. Bring it back from a backup.");
    }

    private static LedgerException Missing(string path) => new(
        $"The ledger's key file {path} is missing. Bring it back from the backup: without it the kept session files cannot be read.");

    private byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, Bytes, info: Encoding.ASCII.GetBytes($"crmsync ledger: {purpose}"));
}
