using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Simulators.Smtp;

/// <summary>A mail the sink took responsibility for.</summary>
/// <param name="QueueId">As said in the answer to the final dot.</param>
/// <param name="EnvelopeId">The ENVID parameter as sent, or null.</param>
/// <param name="User">Who was signed in, or null.</param>
/// <param name="Secure">It came over TLS.</param>
public sealed record ReceivedMail(
    string QueueId,
    string From,
    IReadOnlyList<string> Recipients,
    string? EnvelopeId,
    string? User,
    bool Secure,
    DateTimeOffset At)
{
    /// <summary>The mail without dot-stuffing; empty when the sink keeps no content.</summary>
    public byte[] Content { get; init; } = [];

    public long Size { get; init; }

    /// <summary>Of the content, in hex.</summary>
    public string Sha256 { get; init; } = string.Empty;

    /// <summary>Unfolded, not decoded, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The first header of that name, or null.</summary>
    public string? Header(string name) =>
        Headers.Where(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).FirstOrDefault();

    internal ReceivedMail With(byte[] content, bool keep) => this with
    {
        Content = keep ? content : [],
        Size = content.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        Headers = [.. ReadHeaders(content)],
    };

    private static IEnumerable<KeyValuePair<string, string>> ReadHeaders(byte[] content)
    {
        var end = content.AsSpan().IndexOf("\r\n\r\n"u8);
        var header = Encoding.Latin1.GetString(content, 0, end < 0 ? content.Length : end);
        foreach (var field in header.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", "\t", StringComparison.Ordinal).Split("\r\n"))
        {
            var colon = field.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                yield return new(field[..colon], field[(colon + 1)..].Trim());
            }
        }
    }
}
