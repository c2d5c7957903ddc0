using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Reading;

namespace CrmSync.Ledger.Payloads;

/// <summary>
/// Search terms as the ledger keeps them: the first 64 bits of an HMAC-SHA256 under a key derived from the payload key. Who has the
/// database without the key file cannot try numbers or names out; two sessions of one person still look alike.
/// </summary>
internal sealed class SearchTokens(PayloadKey key)
{
    private readonly byte[] _key = key.ForSearch();

    public long Of(SearchTerm term)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{term.Field}:{term.Value}"), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
