using System.Security.Cryptography.X509Certificates;
using System.Text;
using CrmSync.Mail.Mime;
using CrmSync.Mail.Smtp;
using CrmSync.TestSupport;

namespace CrmSync.Mail.Tests.Interop;

/// <summary>The client against Postfix, which knows nothing of us.</summary>
public sealed class PostfixTests(PostfixTests.Fixture fixture) : IClassFixture<PostfixTests.Fixture>
{
    private readonly RealMailServer _server = fixture.Server;

    [Fact]
    public async Task Mails_arrive_byte_for_byte_by_every_way_in()
    {
        var cancel = TestContext.Current.CancellationToken;
        var mailbox = _server.NewMailbox();
        var sent = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (door, mechanism) in new[] { (MailDoor.StartTlsScram, "SCRAM-SHA-256"), (MailDoor.ImplicitPlain, "PLAIN"), (MailDoor.StartTlsLogin, "LOGIN") })
        {
            await using var client = Client(door);
            (await client.CheckAsync(cancel)).AuthenticatedBy.ShouldBe(mechanism);
            foreach (var mail in Hostile(door.ToString()))
            {
                var mime = await MimeMessage.CreateAsync(mail, signer: null, cancel);
                (await SendAsync(client, mime, mailbox)).ShouldBeOfType<SendResult.Accepted>().QueueId.ShouldNotBeNullOrEmpty();
                sent.Add(mail.MessageId, await Some.BytesAsync(mime));
            }
        }

        foreach (var mail in await _server.MailsAsync(mailbox, sent.Count))
        {
            // Above our header the servers write Return-Path, Delivered-To and Received.
            sent.Remove(MessageIdOf(mail), out var ours).ShouldBeTrue();
            mail.AsSpan().EndsWith(ours).ShouldBeTrue($"{MessageIdOf(mail)} was changed on its way.");
        }

        sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SmtpPipelining.Off)]
    [InlineData(SmtpPipelining.Envelope)]
    [InlineData(SmtpPipelining.Full)]
    public async Task One_connection_carries_many_mails(SmtpPipelining pipelining)
    {
        await using var client = Client(MailDoor.StartTlsScram, options => options with { Pipelining = pipelining, ConnectionsMax = 1 });
        var mime = await MimeMessage.CreateAsync(Some.Mail, signer: null, TestContext.Current.CancellationToken);
        var mailbox = _server.NewMailbox();

        for (var i = 0; i < 20; i++)
        {
            (await SendAsync(client, mime, mailbox)).ShouldBeOfType<SendResult.Accepted>();
        }

        (await _server.MailsAsync(mailbox, 20)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task What_cannot_be_delivered_comes_back_to_the_envelope_sender_with_the_envelope_id()
    {
        await using var client = Client(MailDoor.StartTlsScram);
        var mime = await MimeMessage.CreateAsync(Some.Mail, signer: null, TestContext.Current.CancellationToken);

        (await SendAsync(client, mime, "nobody@crm.test")).ShouldBeOfType<SendResult.Accepted>("Postfix takes it; that nobody is there it learns later.");

        var report = Encoding.Latin1.GetString((await _server.MailsAsync(RealMailServer.User, 1))[0]);
        report.ShouldContain("multipart/report");
        report.ShouldContain("Original-Envelope-Id: k3v9");
        report.ShouldContain("Original-Recipient: rfc822;nobody@crm.test");
    }

    [Fact]
    public async Task A_wrong_password_a_foreign_recipient_and_a_mail_above_the_limit_are_refused_for_what_they_are()
    {
        var mime = await MimeMessage.CreateAsync(Some.Mail, signer: null, TestContext.Current.CancellationToken);
        await using var stranger = Client(MailDoor.StartTlsScram, options => options with { Credential = new SmtpCredential.Password(RealMailServer.User, "wrong") });
        await using var unsigned = Client(MailDoor.StartTlsScram, options => options with { Credential = null });
        await using var client = Client(MailDoor.StartTlsScram);
        var mailbox = _server.NewMailbox();

        (await SendAsync(stranger, mime, mailbox)).ShouldBeOfType<SendResult.NotAuthenticated>().Fault.Reply!.Code.ShouldBe(535);
        (await SendAsync(unsigned, mime, mailbox)).ShouldBeOfType<SendResult.Refused>().Fault.Stage.ShouldBe(SmtpStage.RcptTo);
        (await SendAsync(client, new RawMail(new string('x', RealMailServer.SizeMax + 1)), mailbox)).ShouldBeOfType<SendResult.Refused>().Fault.Problem.ShouldBe(SmtpProblem.TooBig);
        (await SendAsync(client, mime, mailbox)).ShouldBeOfType<SendResult.Accepted>("a refused mail must not spoil the connection");
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_not_trusted()
    {
        await using var client = Client(MailDoor.ImplicitPlain, options => options with { Trust = new SmtpTrust() });
        var mime = await MimeMessage.CreateAsync(Some.Mail, signer: null, TestContext.Current.CancellationToken);

        (await SendAsync(client, mime, _server.NewMailbox())).ShouldBeOfType<SendResult.NotTrusted>();
    }

    private SmtpClient Client(MailDoor door, Func<SmtpOptions, SmtpOptions>? change = null)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(_server.CaFile);
        var options = new SmtpOptions("localhost", _server.Port(door), door is MailDoor.ImplicitPlain ? SmtpSecurity.Implicit : SmtpSecurity.StartTls)
        {
            Credential = new SmtpCredential.Password(RealMailServer.User, RealMailServer.Password),
            Trust = new SmtpTrust { Roots = roots },
        };
        return new SmtpClient(change?.Invoke(options) ?? options, TimeProvider.System);
    }

    private static async Task<SendResult> SendAsync(SmtpClient client, IMailContent content, string recipient)
    {
        var envelope = new SmtpEnvelope(Mailbox.Parse(RealMailServer.User), [Mailbox.Parse(recipient)], "k3v9");
        return (await client.SendAsync(envelope, content, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Result;
    }

    private static string MessageIdOf(byte[] mail)
    {
        var text = Encoding.Latin1.GetString(mail);
        var start = text.IndexOf("Message-ID: ", StringComparison.Ordinal) + "Message-ID: ".Length;
        return text[start..text.IndexOf("\r\n", start, StringComparison.Ordinal)];
    }

    private static IEnumerable<MailMessage> Hostile(string seed)
    {
        string[] texts = [".\n..\n.\r\nFrom me\n", "\n\n\n", "日本語 \u0000 ü — 👩‍👩‍👧\n" + new string('x', 3000), "#status solved\n\t \n--=_x\n"];
        byte[][] files = [[], [0], [.. Enumerable.Range(0, 256).Select(i => (byte)i)], new byte[200_000]];
        return texts.Zip(files, (text, file) => Some.Mail with
        {
            MessageId = $"<{seed}.{file.Length}@example.com>",
            Subject = $"[crm.test #3] Ünïcödé — {seed}",
            Text = text,
            Html = $"<p>{text}</p>",
            Attachments = [MailAttachment.FromBytes("メモ \"1\".json", "application/json", file)],
        });
    }

    /// <summary>One server for all: starting it takes a while.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal RealMailServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await RealMailServer.StartAsync();

        public async ValueTask DisposeAsync()
        {
            if (Server is not null)
            {
                await Server.DisposeAsync();
            }
        }
    }
}
