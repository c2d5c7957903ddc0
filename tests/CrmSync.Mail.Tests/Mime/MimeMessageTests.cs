using CrmSync.Mail.Mime;

namespace CrmSync.Mail.Tests.Mime;

public sealed class MimeMessageTests
{
    private static readonly MailAttachment Json = MailAttachment.FromBytes("call-48211.json", "application/json", "{}"u8.ToArray());

    [Fact]
    public async Task A_text_mail_reads_as_it_was_written()
    {
        var mail = await Some.SerializedAsync(Some.Mail);

        mail.ShouldBe(
            """
            Date: Wed, 04 Mar 2026 03:06:07 +0000
            From: CrmSync <crmsync@example.com>
            To: records@crm.example
            Subject: [crm.test #3] Call 48211
            Message-ID: <k3v9@example.com>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            A note.
            Its second line.

            """.ReplaceLineEndings("\r\n"));
    }

    [Fact]
    public async Task Each_level_of_parts_appears_only_when_it_is_needed()
    {
        var picture = MailAttachment.FromBytes("timeline.png", "image/png", new byte[] { 1, 2, 3 }) with { ContentId = "timeline@example.com" };
        var full = Some.Mail with { Html = "<p>A note.</p>", InlineImages = [picture], Attachments = [Json] };

        Types(await Some.SerializedAsync(full)).ShouldBe(
            ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "application/json"]);
        Types(await Some.SerializedAsync(full with { InlineImages = [] })).ShouldBe(
            ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/json"]);
        Types(await Some.SerializedAsync(full with { Html = null })).ShouldBe(["multipart/mixed", "text/plain", "application/json"]);
    }

    [Fact]
    public async Task The_size_is_known_before_anything_is_sent()
    {
        var mail = Some.Mail with { Html = "<p>ü</p>", Attachments = [MailAttachment.FromBytes("x.json", "application/json", new byte[123_457])] };

        var mime = await MimeMessage.CreateAsync(mail, signer: null, TestContext.Current.CancellationToken);

        (await Some.BytesAsync(mime)).Length.ShouldBe((int)mime.Size);
    }

    [Fact]
    public async Task A_second_try_is_the_same_mail_octet_by_octet()
    {
        var mail = Some.Mail with { Html = "<p>A note.</p>", Attachments = [Json] };

        (await Some.BytesAsync(mail)).ShouldBe(await Some.BytesAsync(mail));
    }

    [Fact]
    public async Task A_text_that_holds_the_boundary_cannot_end_its_part()
    {
        var boundary = Boundary(await Some.SerializedAsync(Some.Mail with { Attachments = [Json] }));

        var mail = await Some.SerializedAsync(Some.Mail with { Text = $"--{boundary}\n\nContent-Type: text/html\n", Attachments = [Json] });

        mail.Split($"--{boundary}").Length.ShouldBe(4);
    }

    [Fact]
    public async Task References_name_the_last_one_as_the_mail_it_answers()
    {
        var mail = await Some.SerializedAsync(Some.Mail with { References = ["<a@x.example>", "<b@x.example>"] });

        mail.ShouldContain("In-Reply-To: <b@x.example>\r\nReferences: <a@x.example> <b@x.example>\r\n");
    }

    [Theory]
    [InlineData("Subject", "x")]
    [InlineData("Bcc", "all@b.example")]
    [InlineData("Content-Type", "text/html")]
    [InlineData("X-Evil\r\nBcc", "x")]
    [InlineData("X Evil", "x")]
    [InlineData("X:Evil", "x")]
    [InlineData("", "x")]
    public async Task A_header_that_is_not_free_to_set_is_refused(string name, string value)
    {
        await Should.ThrowAsync<ArgumentException>(() => Some.BytesAsync(Some.Mail with { Headers = [new MailHeader(name, value)] }));
    }

    [Fact]
    public async Task A_header_value_cannot_start_another_header()
    {
        var mail = await Some.SerializedAsync(Some.Mail with { Headers = [new MailHeader("X-CrmSync-Session", "a\r\nBcc: all@b.example")] });

        mail.ShouldContain("\r\nX-CrmSync-Session: a Bcc: all@b.example\r\n");
    }

    [Theory]
    [InlineData("<a@b.example>\r\nBcc: x@y.example")]
    [InlineData("a@b.example")]
    [InlineData("<a b@c.example>")]
    [InlineData("<ab>")]
    public async Task A_message_id_that_is_none_is_refused(string id)
    {
        await Should.ThrowAsync<ArgumentException>(() => Some.BytesAsync(Some.Mail with { MessageId = id }));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\a.json", "a.json")]
    [InlineData("a\r\nContent-Type: text/html", "html")]
    [InlineData("x\r\ny.json", "x y.json")]
    [InlineData("", "attachment")]
    [InlineData("...", "attachment")]
    public async Task A_file_name_is_only_a_name(string name, string written)
    {
        var mail = await Some.SerializedAsync(Some.Mail with { Attachments = [Json with { FileName = name }] });

        mail.ShouldContain($"Content-Disposition: attachment; filename=\"{written}\"\r\n");
    }

    [Fact]
    public async Task A_big_attachment_is_never_held_in_memory()
    {
        const int size = 25 * 1024 * 1024;
        var mail = Some.Mail with { Attachments = [new MailAttachment("big.json", "application/json", () => new Zeros(size))] };
        var mime = await MimeMessage.CreateAsync(mail, signer: null, TestContext.Current.CancellationToken);

        var before = GC.GetAllocatedBytesForCurrentThread();
        await mime.WriteToAsync(Stream.Null, TestContext.Current.CancellationToken);

        mime.Size.ShouldBeGreaterThan(size);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024 * 1024);
    }

    private static IEnumerable<string> Types(string mail) => mail
        .Split("\r\n")
        .Where(line => line.StartsWith("Content-Type: ", StringComparison.Ordinal))
        .Select(line => line["Content-Type: ".Length..].Split(';')[0]);

    private static string Boundary(string mail)
    {
        var start = mail.IndexOf("boundary=\"", StringComparison.Ordinal) + 10;
        return mail[start..mail.IndexOf('"', start)];
    }

    private sealed class Zeros(long length) : MemoryStream
    {
        private long _left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(_left, buffer.Length);
            buffer.Span[..count].Clear();
            _left -= count;
            return ValueTask.FromResult(count);
        }
    }
}
