using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Sessions;

namespace CrmSync.Ledger.Payloads;

/// <summary>Compresses and encrypts session files: Brotli, then AES-256-GCM, bound to session and revision.</summary>
/// <remarks>
/// Layout: format (1 byte), nonce (12), tag (16), ciphertext. Nonces are random, which NIST SP 800-38D section 8.3 allows for 2^32
/// files per key.
/// </remarks>
internal sealed class PayloadSeal(PayloadKey key)
{
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int LengthBytes = 4;
    private const int HeadBytes = 1 + NonceBytes + TagBytes;

    private readonly byte[] _key = key.ForFiles();

    public byte[] Seal(SessionKey session, int revision, ReadOnlySpan<byte> content)
    {
        var packed = Compress(content);
        var sealedBytes = new byte[HeadBytes + packed.Length];
        sealedBytes[0] = Format;
        var nonce = sealedBytes.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(nonce, packed, sealedBytes.AsSpan(HeadBytes), sealedBytes.AsSpan(1 + NonceBytes, TagBytes), Place(session, revision));
        return sealedBytes;
    }

    /// <summary>The content; null when it was changed, belongs elsewhere, or was sealed with another key.</summary>
    public byte[]? Open(SessionKey session, int revision, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < HeadBytes || sealedBytes[0] != Format)
        {
            return null;
        }

        var packed = new byte[sealedBytes.Length - HeadBytes];
        try
        {
            using var cipher = new AesGcm(_key, TagBytes);
            cipher.Decrypt(
                sealedBytes.Slice(1, NonceBytes), sealedBytes[HeadBytes..], sealedBytes.Slice(1 + NonceBytes, TagBytes), packed, Place(session, revision));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Decompress(packed);
    }

    private static byte[] Place(SessionKey session, int revision) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{session}#{revision}"));

    // The content's length goes first, inside the encryption: what it unpacks to is known before it is unpacked.
    private static byte[] Compress(ReadOnlySpan<byte> content)
    {
        var packed = new byte[LengthBytes + BrotliEncoder.GetMaxCompressedLength(content.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(packed, content.Length);
        return BrotliEncoder.TryCompress(content, packed.AsSpan(LengthBytes), out var written, quality: 1, window: 18)
            ? packed[..(LengthBytes + written)]
            : throw new InvalidOperationException("Brotli needs more room than it says.");
    }

    private static byte[] Decompress(byte[] packed)
    {
        var content = new byte[BinaryPrimitives.ReadInt32LittleEndian(packed)];
        return BrotliDecoder.TryDecompress(packed.AsSpan(LengthBytes), content, out var written) && written == content.Length
            ? content
            : throw new InvalidOperationException("A session file was sealed in a form that does not unpack.");
    }
}
