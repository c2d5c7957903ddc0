using System.Security.Cryptography;

namespace CrmSync.Simulators.Shared;

/// <summary>What lies on one record, its files by hash: small enough to be asked for about a hundred thousand records.</summary>
/// <param name="Id">Case id, ticket number, or a mail's recipient; a mail counts as a record of its own.</param>
public sealed record RecordDigest(string Id, int Notes, IReadOnlyList<FileDigest> Files);

/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of the content, in lower-case hex.</param>
public sealed record FileDigest(string Name, long Size, string Sha256)
{
    public static FileDigest Of(string name, ReadOnlySpan<byte> content) =>
        new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
}
