using System.Security.Cryptography;
using System.Text;
using CrmSync.Mail.Dkim;
using CrmSync.Mail.Mime;

namespace CrmSync.Mail.Tests;

internal static class Some
{
    public static readonly Mailbox Sender = Mailbox.Parse("CrmSync <crmsync@example.com>");

    public static readonly Mailbox Recipient = Mailbox.Parse("records@crm.example");

    public static readonly MailMessage Mail = new(
        Sender,
        [Recipient],
        "<k3v9@example.com>",
        new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)),
        "[crm.test #3] Call 48211",
        "A note.\nIts second line.\n");

    public static DkimSigner Signer()
    {
        using var key = RSA.Create(2048);
        return DkimSigner.FromPem("example.com", "crmsync", key.ExportPkcs8PrivateKeyPem());
    }

    public static async Task<string> SerializedAsync(MailMessage mail) => Encoding.ASCII.GetString(await BytesAsync(mail));

    public static async Task<byte[]> BytesAsync(MailMessage mail)
    {
        var mime = await MimeMessage.CreateAsync(mail, signer: null, TestContext.Current.CancellationToken);
        return await BytesAsync(mime);
    }

    public static async Task<byte[]> BytesAsync(IMailContent content)
    {
        await using var bytes = new MemoryStream();
        await content.WriteToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}

/// <summary>Octets as they are, for what a mail written by us would never hold.</summary>
internal sealed class RawMail(string content) : IMailContent
{
    public long Size => content.Length;

    public ValueTask WriteToAsync(Stream output, CancellationToken cancel) => output.WriteAsync(Encoding.Latin1.GetBytes(content), cancel);
}
