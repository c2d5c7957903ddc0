using System.Text;
using CrmSync.Mail.Mime;
using CrmSync.Mail.Smtp;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Smtp;

namespace CrmSync.Mail.Tests.Smtp;

public sealed class SmtpClientTests
{
    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Implicit)]
    public async Task A_mail_arrives_byte_for_byte_and_the_queue_id_comes_back(SmtpSecurity security)
    {
        await using var bench = SmtpBench.Open();
        var port = security == SmtpSecurity.Implicit ? bench.Server.SecurePort : bench.Server.Port;

        var result = await bench.SendAsync(bench.Options with { Security = security, Port = port });

        result.ShouldBeOfType<SendResult.Accepted>().QueueId.ShouldBe("SIM000001");
        var mail = bench.Server.Mails.ShouldHaveSingleItem();
        mail.Content.ShouldBe(await Some.BytesAsync(Some.Mail));
        mail.From.ShouldBe("crmsync@example.com");
        mail.Recipients.ShouldBe(["records@crm.example"]);
        mail.EnvelopeId.ShouldBe("k3v9");
        mail.User.ShouldBe(SmtpBench.User);
        mail.Secure.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_but_the_way_into_tls_is_said_in_clear()
    {
        await using var bench = SmtpBench.Open();

        await bench.SendAsync();

        var clear = bench.Server.ClearText;
        clear.ShouldStartWith("EHLO [127.0.0.1]\r\nSTARTTLS\r\n");
        clear.ShouldNotContain("AUTH");
        clear.ShouldNotContain("MAIL");
    }

    [Fact]
    public void Credentials_without_tls_are_a_mistake_of_the_caller()
    {
        Should.Throw<ArgumentException>(() => new SmtpClient(
            new SmtpOptions("127.0.0.1", 25, SmtpSecurity.None) { Credential = new SmtpCredential.Password("u", "p") }, TimeProvider.System));
    }

    [Fact]
    public async Task A_relay_on_the_same_machine_works_without_tls()
    {
        await using var bench = SmtpBench.Open(new SmtpSimulatorOptions());

        var result = await bench.SendAsync(new SmtpOptions("127.0.0.1", bench.Server.Port, SmtpSecurity.None));

        result.ShouldBeOfType<SendResult.Accepted>();
    }

    [Fact]
    public async Task One_connection_carries_many_mails()
    {
        await using var bench = SmtpBench.Open();
        var client = bench.Client();

        for (var i = 0; i < 5; i++)
        {
            (await SmtpBench.SendAsync(client)).ShouldBeOfType<SendResult.Accepted>();
        }

        bench.Server.Connections.ShouldBe(1);
        bench.Server.Mails.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData(SmtpPipelining.Off)]
    [InlineData(SmtpPipelining.Envelope)]
    [InlineData(SmtpPipelining.Full)]
    public async Task Every_degree_of_pipelining_delivers(SmtpPipelining pipelining)
    {
        await using var bench = SmtpBench.Open();

        (await bench.SendAsync(bench.Options with { Pipelining = pipelining })).ShouldBeOfType<SendResult.Accepted>();
    }

    [Fact]
    public async Task A_server_that_stumbles_over_pipelining_gets_one_command_at_a_time_from_then_on()
    {
        await using var bench = SmtpBench.Open();
        SmtpModes.Named("no-pipelining").Apply(bench.Server);
        var client = bench.Client();

        (await SmtpBench.SendAsync(client)).ShouldBeOfType<SendResult.Accepted>();
        (await SmtpBench.SendAsync(client)).ShouldBeOfType<SendResult.Accepted>();

        bench.Server.Mails.Count.ShouldBe(2);
        bench.Server.Connections.ShouldBe(3);
    }

    [Fact]
    public async Task A_kept_connection_that_went_stale_costs_nothing()
    {
        await using var bench = SmtpBench.Open();
        bench.Server.Behaviour.HangsUpAfterMail = true;
        var client = bench.Client();

        (await SmtpBench.SendAsync(client)).ShouldBeOfType<SendResult.Accepted>();
        (await SmtpBench.SendAsync(client)).ShouldBeOfType<SendResult.Accepted>();

        bench.Server.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task After_421_the_connection_is_left_although_the_server_keeps_it_open()
    {
        await using var bench = SmtpBench.Open();
        SmtpModes.Named("one-mail-per-connection").Apply(bench.Server);
        var client = bench.Client();

        for (var i = 0; i < 3; i++)
        {
            (await SmtpBench.SendAsync(client)).ShouldBeOfType<SendResult.Accepted>();
        }

        bench.Server.Connections.ShouldBe(3);
    }

    [Fact]
    public async Task Each_recipient_has_a_fate_of_its_own()
    {
        await using var bench = SmtpBench.Open();
        bench.Server.Faults.Add(new FaultRule(SmtpTrouble.Reply(550, "5.1.1 No such user"), "RCPT", "b@*"));
        bench.Server.Faults.Add(new FaultRule(SmtpTrouble.Reply(450, "4.2.0 Later"), "RCPT", "c@*"));

        var results = await SendToAsync(bench, "a@x.example", "b@x.example", "c@x.example");

        results[0].Result.ShouldBeOfType<SendResult.Accepted>();
        results[1].Result.ShouldBeOfType<SendResult.Refused>().Fault.Reply!.ToString().ShouldBe("550 5.1.1");
        results[2].Result.ShouldBeOfType<SendResult.NotCarriedOut>().Fault.Stage.ShouldBe(SmtpStage.RcptTo);
        bench.Server.Mails.ShouldHaveSingleItem().Recipients.ShouldBe(["a@x.example"]);
    }

    [Fact]
    public async Task Too_many_recipients_are_split_over_several_mails()
    {
        await using var bench = SmtpBench.Open();
        bench.Server.Behaviour.RecipientsMax = 2;

        var results = await SendToAsync(bench, "a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example");

        results.ShouldAllBe(r => r.Result is SendResult.Accepted);
        bench.Server.Mails.Select(m => m.Recipients.Count).ShouldBe([2, 2, 1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_any_recipient_there_is_no_content(bool serverAnswersDataBlindly)
    {
        await using var bench = SmtpBench.Open();
        bench.Server.Behaviour.AnswersDataBlindly = serverAnswersDataBlindly;
        bench.Server.Faults.Once(SmtpTrouble.Reply(550, "5.1.1 No such user"), "RCPT");
        var client = bench.Client();

        (await SmtpBench.SendAsync(client)).ShouldBeOfType<SendResult.Refused>();
        (await SmtpBench.SendAsync(client)).ShouldBeOfType<SendResult.Accepted>();

        bench.Server.Mails.ShouldHaveSingleItem();
        bench.Server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_mail_above_the_announced_size_is_not_even_offered()
    {
        await using var bench = SmtpBench.Open();
        bench.Server.Behaviour.SizeMax = 100;

        var result = await bench.SendAsync();

        result.ShouldBeOfType<SendResult.Refused>().Fault.Problem.ShouldBe(SmtpProblem.TooBig);
        bench.Server.Requests.Count("MAIL", "MAIL").ShouldBe(0);
    }

    [Theory]
    [InlineData("a\n.\nRCPT TO:<x@y.example>\n")]
    [InlineData("a\r.\rMAIL FROM:<x@y.example>\r")]
    [InlineData("a\n.\r\nb")]
    [InlineData("a\r\n.\nb")]
    [InlineData(".\r\n..\r\n...")]
    [InlineData("\r\n\r\n")]
    [InlineData("a\r\r\n\n.")]
    public async Task No_mix_of_line_ends_and_dots_can_end_a_mail_early(string content)
    {
        await using var bench = SmtpBench.Open();

        (await bench.SendAsync(content: new RawMail(content))).ShouldBeOfType<SendResult.Accepted>();

        var expected = content.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        expected = expected.EndsWith('\n') ? expected : expected + "\n";
        Encoding.Latin1.GetString(bench.Server.Mails.ShouldHaveSingleItem().Content)
            .ShouldBe(expected.Replace("\n", "\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Content_that_fails_half_way_is_not_sent()
    {
        await using var bench = SmtpBench.Open();
        var client = bench.Client();

        await Should.ThrowAsync<FileNotFoundException>(() => SmtpBench.SendAsync(client, new BrokenMail()));
        (await SmtpBench.SendAsync(client)).ShouldBeOfType<SendResult.Accepted>();

        bench.Server.Mails.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_caller_that_gives_up_before_the_dot_is_told_by_an_exception()
    {
        await using var bench = SmtpBench.Open();
        using var cancel = new CancellationTokenSource();

        var mail = new CancellingMail(cancel);

        await Should.ThrowAsync<OperationCanceledException>(() => bench.Client().SendAsync(
            new SmtpEnvelope(Some.Sender, [Some.Recipient]), mail, cancel.Token));
        bench.Server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_that_gives_up_after_the_dot_is_told_that_it_may_have_arrived()
    {
        await using var bench = SmtpBench.Open();
        SmtpModes.Named("silent-dot").Apply(bench.Server);
        using var cancel = new CancellationTokenSource();
        var options = bench.Options with { Timeouts = SmtpBench.Patient with { Grace = TimeSpan.FromMilliseconds(50) } };

        var sending = bench.Client(options).SendAsync(
            new SmtpEnvelope(Some.Sender, [Some.Recipient]), new RawMail("x\r\n"), cancel.Token);
        while (bench.Server.Requests.Count("DOT", "DOT") == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await cancel.CancelAsync();

        (await sending).ShouldHaveSingleItem().Result.ShouldBeOfType<SendResult.InDoubt>().Fault.Problem.ShouldBe(SmtpProblem.Abandoned);
    }

    [Fact]
    public async Task An_old_relay_that_knows_no_ehlo_is_greeted_the_old_way_but_never_where_tls_is_wanted()
    {
        await using var relay = SmtpBench.Open(new SmtpSimulatorOptions());
        await using var server = SmtpBench.Open();
        relay.Server.Faults.Add(new FaultRule(SmtpTrouble.Reply(502, "5.5.2 Unknown"), "EHLO"));
        server.Server.Faults.Add(new FaultRule(SmtpTrouble.Reply(502, "5.5.2 Unknown"), "EHLO"));

        (await relay.SendAsync(new SmtpOptions("127.0.0.1", relay.Server.Port, SmtpSecurity.None))).ShouldBeOfType<SendResult.Accepted>();
        (await server.SendAsync()).ShouldBeOfType<SendResult.Refused>().Fault.Stage.ShouldBe(SmtpStage.Ehlo);

        relay.Server.Requests.Count("HELO", "HELO").ShouldBe(1);
        server.Server.Requests.Count("HELO", "HELO").ShouldBe(0);
    }

    [Fact]
    public async Task A_good_bye_that_fails_changes_nothing()
    {
        await using var bench = SmtpBench.Open();
        bench.Server.Faults.Add(new FaultRule(Fault.DropBefore, "QUIT"));

        (await bench.SendAsync(bench.Options with { MailsPerConnectionMax = 1 })).ShouldBeOfType<SendResult.Accepted>();

        bench.Server.Requests.Count("QUIT", "QUIT").ShouldBe(1);
    }

    [Fact]
    public async Task A_check_tells_what_an_admin_wants_to_know()
    {
        await using var bench = SmtpBench.Open();

        var check = await bench.Client().CheckAsync(TestContext.Current.CancellationToken);

        check.Fault.ShouldBeNull();
        check.Protocol.ShouldBe("TLS 1.3");
        check.AuthenticatedBy.ShouldBe("SCRAM-SHA-256");
        check.CertificateExpires!.Value.ShouldBe(new DateTimeOffset(bench.Server.Certificate.NotAfter));
        check.SizeMax.ShouldBe(35L * 1024 * 1024);
    }

    private static async Task<IReadOnlyList<RecipientResult>> SendToAsync(SmtpBench bench, params string[] recipients)
    {
        var cancel = TestContext.Current.CancellationToken;
        var mime = await MimeMessage.CreateAsync(Some.Mail, signer: null, cancel);
        return await bench.Client().SendAsync(new SmtpEnvelope(Some.Sender, [.. recipients.Select(Mailbox.Parse)]), mime, cancel);
    }

    private sealed class BrokenMail : IMailContent
    {
        public long Size => 100;

        public async ValueTask WriteToAsync(Stream output, CancellationToken cancel)
        {
            await output.WriteAsync(new byte[50], cancel);
            throw new FileNotFoundException();
        }
    }

    private sealed class CancellingMail(CancellationTokenSource source) : IMailContent
    {
        public long Size => 100;

        public async ValueTask WriteToAsync(Stream output, CancellationToken cancel)
        {
            await source.CancelAsync();
            await output.WriteAsync(new byte[20_000], cancel);
        }
    }
}
