using BenchmarkDotNet.Attributes;
using CrmSync.Mail.Mime;
using CrmSync.Mail.Smtp;
using CrmSync.Simulators.Smtp;

namespace CrmSync.Bench.Micro;

/// <summary>A mail of 30 kB with HTML, text and a session file: written to nowhere, and handed to a mail server on this machine.</summary>
[MemoryDiagnoser]
public class WriteMail
{
    private static readonly Mailbox From = Mailbox.Parse("crmsync@contact-centre.example");
    private static readonly Mailbox To = Mailbox.Parse("records@support.example");

    private readonly MailMessage _message = new(
        From, [To], "<0123456789abcdef@contact-centre.example>", DateTimeOffset.UnixEpoch, "Inbound call, finished after 12 min 19 s", Text(2_000))
    {
        Html = $"<html><body><p>{Text(6_000)}</p></body></html>",
        Attachments = [MailAttachment.FromBytes("call-48211-9f86d081884c.json", "application/json", Content())],
    };

    private SmtpSimulator _server = null!;
    private SmtpClient _client = null!;
    private MimeMessage _mime = null!;

    // BenchmarkDotNet does not wait for an asynchronous set-up when it runs in this process.
    [GlobalSetup]
    public void Start()
    {
        _server = SmtpSimulator.Start(new SmtpSimulatorOptions { KeepsContent = false });
        _client = new SmtpClient(new SmtpOptions("127.0.0.1", _server.Port, SmtpSecurity.None), TimeProvider.System);
        _mime = MimeMessage.CreateAsync(_message, signer: null, CancellationToken.None).GetAwaiter().GetResult();
        if (_mime.Size is < 25_000 or > 35_000)
        {
            throw new InvalidOperationException($"The mail has {_mime.Size} bytes, which is not about 30 kB.");
        }
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Benchmark(Description = "MIME: measure and write")]
    public async Task Mime()
    {
        var mime = await MimeMessage.CreateAsync(_message, signer: null, CancellationToken.None);
        await mime.WriteToAsync(Stream.Null, CancellationToken.None);
    }

    [Benchmark(Description = "SMTP: one mail on a kept connection")]
    public async Task Smtp()
    {
        var results = await _client.SendAsync(new SmtpEnvelope(From, [To], "9f86d081884c"), _mime, CancellationToken.None);
        if (results is not [{ Result: SendResult.Accepted }])
        {
            throw new InvalidOperationException("The mail server did not take the mail.");
        }
    }

    private static string Text(int length) => string.Concat(Enumerable.Repeat("The customer asked about order 12-3456 and was glad. ", length / 52));

    private static byte[] Content()
    {
        var content = new byte[14_000];
        new Random(1).NextBytes(content);
        return content;
    }
}
