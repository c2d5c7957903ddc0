using System.Globalization;
using System.Security.Cryptography;
using CrmSync.Connectors.Email;
using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Smtp;

namespace CrmSync.Tests.Connectors.Email;

public sealed class EmailConnectorTests
{
    [Fact]
    public async Task A_note_arrives_with_the_file_attached_byte_for_byte()
    {
        await using var bench = new EmailBench();

        var outcome = await bench.DeliverAsync(bench.Options());

        var receipt = outcome.ShouldBeOfType<Outcome.Delivered>().Receipt;
        receipt.RecordId.ShouldBe("42");
        receipt.NoteId.ShouldBe(bench.Mail.Header("Message-ID"));
        receipt.FileId.ShouldBe($"250 2.0.0 Ok: queued as {bench.Mail.QueueId}");
        receipt.Confirmed.ShouldBeFalse();
        bench.Mail.Recipients.ShouldBe(["records@crm.example"]);
        bench.Mail.Header("Subject").ShouldBe("Call 48211: solved");
        SHA256.HashData(Attached(bench.MailText)).ShouldBe(SHA256.HashData(EmailBench.File));
    }

    [Fact]
    public async Task A_second_try_carries_the_same_message_id()
    {
        await using var bench = new EmailBench();
        bench.Server.Faults.Once(Fault.DropAfter, "DOT");
        var connector = bench.Connector(bench.Options());

        (await EmailBench.DeliverAsync(connector)).ShouldBeOfType<Outcome.InDoubt>();
        (await EmailBench.DeliverAsync(connector)).ShouldBeOfType<Outcome.Delivered>();

        bench.Server.Mails.Select(m => m.Header("Message-ID")).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        bench.Server.Mails.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(EmailInDoubt.Resend, typeof(ProbeAnswer.Absent))]
    [InlineData(EmailInDoubt.Hold, typeof(ProbeAnswer.NeverTells))]
    public async Task Policy_decides_about_a_mail_in_doubt(EmailInDoubt policy, Type answer)
    {
        await using var bench = new EmailBench();
        var options = bench.Options();
        options.InDoubt = policy;

        var answers = await bench.Connector(options).ProbeAsync([EmailBench.Parcel()], TestContext.Current.CancellationToken);

        answers.ShouldHaveSingleItem().ShouldBeOfType(answer);
    }

    [Fact]
    public async Task A_revision_refers_to_the_mail_it_replaces()
    {
        await using var bench = new EmailBench();
        var parcel = EmailBench.Parcel();
        var delivery = parcel.Delivery with { Replaces = new Receipt("42", "<first@example.com>") };

        await bench.DeliverAsync(bench.Options("Zammad"), parcel with { Shipment = parcel.Shipment with { Delivery = delivery } });

        bench.Mail.Header("In-Reply-To").ShouldBe("<first@example.com>");
    }

    [Fact]
    public async Task The_date_is_that_of_the_first_try()
    {
        await using var bench = new EmailBench();
        var parcel = EmailBench.Parcel();
        var delivery = parcel.Delivery with { FirstSentAt = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero) };

        await bench.DeliverAsync(bench.Options(), parcel with { Shipment = parcel.Shipment with { Delivery = delivery } });

        bench.Mail.Header("Date").ShouldBe("Sun, 01 Mar 2026 08:00:00 +0000");
    }

    [Fact]
    public async Task Nothing_from_a_session_can_become_a_header_or_a_command()
    {
        await using var bench = new EmailBench();
        var parcel = EmailBench.Parcel(text: "x\r\n.\r\nMAIL FROM:<evil@x.example>\r\n", html: null);
        var note = parcel.Note with
        {
            Parts = new Dictionary<string, string>(parcel.Note.Parts, StringComparer.Ordinal) { ["subject"] = "Call\r\nBcc: all@x.example\r\n\r\nbody" },
        };

        (await bench.DeliverAsync(bench.Options(), parcel with { Note = note })).ShouldBeOfType<Outcome.Delivered>();

        bench.Mail.Header("Bcc").ShouldBeNull();
        bench.Mail.Header("Subject").ShouldBe("Call Bcc: all@x.example body");
    }

    [Fact]
    public async Task An_address_made_of_a_ticket_that_is_none_is_a_matter_for_a_person()
    {
        await using var bench = new EmailBench();
        var options = bench.Options();
        options.To = "support+id{ticket}@crm.example";

        (await bench.DeliverAsync(options, EmailBench.Parcel(ticket: "a b"))).ShouldBeOfType<Outcome.Refused>();
        (await bench.DeliverAsync(options, EmailBench.Parcel(ticket: "1G7EOR-0Q2J"))).ShouldBeOfType<Outcome.Delivered>();

        bench.Mail.Recipients.ShouldBe(["support+id1G7EOR-0Q2J@crm.example"]);
    }

    [Fact]
    public async Task A_connector_never_writes_to_itself()
    {
        await using var bench = new EmailBench();
        var options = bench.Options();
        options.To = "{ticket}@example.com";

        (await bench.DeliverAsync(options, EmailBench.Parcel(ticket: "crmsync"))).ShouldBeOfType<Outcome.Refused>();

        bench.Server.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData(EmailOversize.Compress, "filename=\"call-48211-9f86d081884c.json.gz\"")]
    [InlineData(EmailOversize.LeaveOut, "is too large to be attached")]
    public async Task A_file_that_is_too_large_goes_by_the_policy(EmailOversize oversize, string sign)
    {
        await using var bench = new EmailBench();
        var options = bench.Options();
        options.MailBytesMax = 64 * 1024;
        options.Oversize = oversize;

        (await bench.DeliverAsync(options, Big())).ShouldBeOfType<Outcome.Delivered>();

        bench.MailText.ShouldContain(sign);
    }

    [Fact]
    public async Task A_file_that_is_too_large_parks_the_delivery_where_the_admin_wants_that()
    {
        await using var bench = new EmailBench();
        var options = bench.Options();
        options.MailBytesMax = 64 * 1024;
        options.Oversize = EmailOversize.Park;

        var outcome = await bench.DeliverAsync(options, Big());

        outcome.ShouldBeOfType<Outcome.Refused>().Fault.Reason.Code.ShouldBe("TOO_LARGE_FOR_CRM");
        bench.Server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task The_hourly_limit_pauses_the_connector_until_there_is_room()
    {
        await using var bench = new EmailBench();
        var options = bench.Options();
        options.MailsPerHourMax = 2;
        var connector = bench.Connector(options);

        await EmailBench.DeliverAsync(connector, EmailBench.Parcel("1"));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await EmailBench.DeliverAsync(connector, EmailBench.Parcel("2"));

        (await EmailBench.DeliverAsync(connector, EmailBench.Parcel("3")))
            .ShouldBeOfType<Outcome.Halted>().NotBefore.ShouldBe(TimeSpan.FromMinutes(50));
        bench.Clock.Advance(TimeSpan.FromMinutes(50));
        (await EmailBench.DeliverAsync(connector, EmailBench.Parcel("3"))).ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task Mail_to_one_ticket_is_held_back_when_it_looks_like_a_loop()
    {
        await using var bench = new EmailBench();
        var options = bench.Options();
        options.MailsPerTicketAndHourMax = 1;
        var connector = bench.Connector(options);

        await EmailBench.DeliverAsync(connector, EmailBench.Parcel("1"));

        (await EmailBench.DeliverAsync(connector, EmailBench.Parcel("1"))).ShouldBeOfType<Outcome.Deferred>();
        (await EmailBench.DeliverAsync(connector, EmailBench.Parcel("2"))).ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task A_worker_that_stops_sends_nothing_more_and_spends_no_attempt()
    {
        await using var bench = new EmailBench();

        var outcomes = await bench.Connector(bench.Options())
            .DeliverAsync([EmailBench.Parcel(), EmailBench.Parcel()], new CancellationToken(canceled: true));

        outcomes.Count.ShouldBe(2);
        outcomes.ShouldAllBe(o => o is Outcome.Deferred);
        outcomes.OfType<Outcome.Deferred>().ShouldAllBe(d => !d.SpendsAttempt);
        bench.Server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Neither_password_nor_address_is_in_a_fault()
    {
        await using var bench = new EmailBench();
        SmtpModes.Named("unknown-recipient").Apply(bench.Server);
        var options = bench.Options();

        var refused = (await bench.DeliverAsync(options)).ShouldBeOfType<Outcome.Refused>().Fault.ToString();
        options.Smtp!.Password = new Secret("wr0ng");
        var halted = (await bench.DeliverAsync(options)).ShouldBeOfType<Outcome.Halted>().Fault.ToString();

        refused.ShouldNotContain("@");
        halted.ShouldNotContain("wr0ng");
        halted.ShouldNotContain("@");
    }

    [Fact]
    public async Task A_check_shows_the_certificate_and_how_we_signed_in()
    {
        await using var bench = new EmailBench();

        var report = await bench.Connector(bench.Options()).CheckAsync(TestContext.Current.CancellationToken);

        report.Ok.ShouldBeTrue();
        var until = bench.Server.Certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        report.Findings.Single(f => f.Subject == "Certificate").Text.ShouldContain(until);
        report.Findings.Single(f => f.Subject == "Sign-in").Text.ShouldBe("Accepted by SCRAM-SHA-256.");
    }

    [Fact]
    public async Task A_check_says_how_to_mend_what_is_wrong()
    {
        await using var bench = new EmailBench();
        var options = bench.Options();
        options.Smtp!.CaFile = null;

        var report = await bench.Connector(options).CheckAsync(TestContext.Current.CancellationToken);

        report.Ok.ShouldBeFalse();
        report.Findings[0].Fix.ShouldNotBeNull().ShouldContain("CaFile");
    }

    [Fact]
    public async Task A_test_mail_goes_the_way_of_a_note_and_says_under_which_name_the_server_took_it()
    {
        await using var bench = new EmailBench();
        var connector = bench.Connector(bench.Options());

        var finding = await connector.SendTestMailAsync("admin@example.com", TestContext.Current.CancellationToken);

        finding.Level.ShouldBe(CheckLevel.Ok);
        finding.Text.ShouldContain($"queued as {bench.Mail.QueueId}");
        bench.Mail.Recipients.ShouldBe(["admin@example.com"]);
        bench.Mail.Header("Subject").ShouldBe("CrmSync test mail from records");
        bench.Mail.Header("Auto-Submitted").ShouldBe("auto-generated");
    }

    [Theory]
    [InlineData("nobody", "", "no mail address")]
    [InlineData("admin@example.com", "unknown-recipient", "550 5.1.1")]
    public async Task A_test_mail_that_does_not_go_out_is_a_problem_with_a_way_to_mend_it(string address, string mode, string sign)
    {
        await using var bench = new EmailBench();
        if (mode.Length > 0)
        {
            SmtpModes.Named(mode).Apply(bench.Server);
        }

        var finding = await bench.Connector(bench.Options()).SendTestMailAsync(address, TestContext.Current.CancellationToken);

        finding.Level.ShouldBe(CheckLevel.Problem);
        finding.Text.ShouldContain(sign);
        finding.Fix.ShouldNotBeNullOrEmpty();
        bench.Server.Mails.ShouldBeEmpty();
    }

    private static Parcel Big()
    {
        var parcel = EmailBench.Parcel();
        return parcel with { Attachment = parcel.Attachment with { Content = new byte[200_000] } };
    }

    private static byte[] Attached(string mail)
    {
        var part = mail[mail.IndexOf("Content-Disposition: attachment", StringComparison.Ordinal)..];
        var body = part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        return Convert.FromBase64String(body[..body.IndexOf("--=_", StringComparison.Ordinal)]);
    }
}
