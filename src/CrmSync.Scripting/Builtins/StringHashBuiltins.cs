using System.Security.Cryptography;
using System.Text;
using CrmSync.Scripting.Runtime;
using static CrmSync.Scripting.Builtins.Library;
using static CrmSync.Scripting.Builtins.StringBuiltins;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>string</c> that hash and encode. Text is taken as UTF-8.</summary>
internal static class StringHashBuiltins
{
    public static IEnumerable<KeyValuePair<string, object?>> Functions { get; } =
    [
        Text("md5", "text", a => Hash(a, Md5)),
        Text("sha1", "text", a => Hash(a, Sha1)),
        Text("sha256", "text", a => Hash(a, SHA256.HashData)),
        Text("sha512", "text", a => Hash(a, SHA512.HashData)),
        Text("hmac_sha1", "text secret_key", a => Hash(a, Keyed(a, HmacSha1))),
        Text("hmac_sha256", "text secret_key", a => Hash(a, Keyed(a, HMACSHA256.HashData))),
        Text("hmac_sha512", "text secret_key", a => Hash(a, Keyed(a, HMACSHA512.HashData))),
        Text("base64_encode", "text", a => Map(a, s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s)))),
        Text("base64_decode", "text", Base64Decode),
    ];

    private static string Hash(in Arguments a, Func<byte[], byte[]> hash)
    {
        var bytes = Encoding.UTF8.GetBytes(a.Text(0));
        a.Run.ChargeText(a.Site, bytes.Length);
        return Convert.ToHexStringLower(hash(bytes));
    }

    private static Func<byte[], byte[]> Keyed(in Arguments a, Func<byte[], byte[], byte[]> hash)
    {
        var key = Encoding.UTF8.GetBytes(a.Text(1));
        return bytes => hash(key, bytes);
    }

    private static object? Base64Decode(Arguments a)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(a.Text(0)));
        }
        catch (FormatException)
        {
            throw a.Fault("The text is not Base64.");
        }
    }

    // The language offers these old hashes for identifiers that other systems compute the same way, not for security.
#pragma warning disable CA5350, CA5351
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);

    private static byte[] Sha1(byte[] bytes) => SHA1.HashData(bytes);

    private static byte[] HmacSha1(byte[] key, byte[] bytes) => HMACSHA1.HashData(key, bytes);
#pragma warning restore CA5350, CA5351
}
