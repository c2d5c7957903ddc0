using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Console.Access;

/// <summary>
/// Lets the first admin in: made at the start while there is no account, printed to the log, good for one use within
/// <see cref="Lifetime"/>. Whoever can read the worker's log owns the worker.
/// </summary>
internal sealed class SetupToken(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const int Bytes = 16;

    private readonly Lock _gate = new();
    private byte[]? _sha256;
    private DateTimeOffset _until;

    /// <summary>128 bits as 32 hex digits. The one before it is worth nothing from now on.</summary>
    public string Issue()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        lock (_gate)
        {
            _sha256 = Hash(token);
            _until = clock.GetUtcNow() + Lifetime;
        }

        return token;
    }

    /// <summary>Whether one was made that could still be used.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _sha256 is not null && clock.GetUtcNow() < _until;
            }
        }
    }

    public bool Matches(string given)
    {
        lock (_gate)
        {
            return _sha256 is not null && clock.GetUtcNow() < _until && CryptographicOperations.FixedTimeEquals(_sha256, Hash(given.Trim()));
        }
    }

    /// <summary>It has done its work.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _sha256 = null;
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
