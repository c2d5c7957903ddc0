using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Mail.Dkim;

namespace CrmSync.Mail.Mime;

/// <summary>A mail in the form it travels: 7-bit, CRLF, folded, its size known, its boundaries a function of its Message-ID.</summary>
/// <remarks>The same <see cref="MailMessage"/> always gives the same octets, so that a second try cannot be told from the first.</remarks>
public sealed class MimeMessage : IMailContent
{
    private readonly byte[] _header;
    private readonly MimeEntity _body;

    private MimeMessage(byte[] header, MimeEntity body, long bodySize)
    {
        _header = header;
        _body = body;
        Size = header.Length + bodySize;
    }

    public long Size { get; }

    /// <summary>Serialises the message; attachments are read once to measure (and to sign) and never held in memory.</summary>
    /// <exception cref="ArgumentException">A Message-ID, header name or media type that could not be written safely.</exception>
    public static async Task<MimeMessage> CreateAsync(MailMessage message, DkimSigner? signer, CancellationToken cancel)
    {
        var body = MimeTree.Build(message, Boundaries(message.MessageId));
        var fields = MessageHeader.Fields(message, body.Header);

        if (signer is null)
        {
            await using var count = new CountingStream();
            await body.WriteBodyAsync(count, cancel);
            return new MimeMessage(Octets(fields), body, count.Written);
        }

        await using var hash = new DkimBodyHash();
        await body.WriteBodyAsync(hash, cancel);
        return new MimeMessage(Octets(fields.Prepend(signer.Sign(fields, hash.Finish()))), body, hash.Written);
    }

    public async ValueTask WriteToAsync(Stream output, CancellationToken cancel)
    {
        await output.WriteAsync(_header, cancel);
        await _body.WriteBodyAsync(output, cancel);
    }

    private static byte[] Octets(IEnumerable<string> fields) => Encoding.ASCII.GetBytes(string.Concat(fields.Append("\r\n")));

    // "=_" occurs neither in base64 nor in quoted-printable, and texts holding it are not sent as they are.
    private static Func<string> Boundaries(string messageId)
    {
        var seed = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)))[..24];
        var count = 0;
        return () => string.Create(CultureInfo.InvariantCulture, $"=_{seed}_{++count}");
    }
}
