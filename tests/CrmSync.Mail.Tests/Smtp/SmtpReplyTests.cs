using System.Text;
using CrmSync.Mail.Smtp;

namespace CrmSync.Mail.Tests.Smtp;

/// <summary>What servers say, and how much of it is believed.</summary>
public sealed class SmtpReplyTests
{
    [Theory]
    [InlineData("250 ok\r\n", 250, null, "ok")]
    [InlineData("250\r\n", 250, null, "")]
    [InlineData("250 ok\n", 250, null, "ok")]
    [InlineData("250-one\r\n250-two\r\n250 three\r\n", 250, null, "one two three")]
    [InlineData("550 5.1.1 no such user\r\n", 550, "5.1.1", "no such user")]
    [InlineData("550-5.1.1 no\r\n550 5.1.1 such user\r\n", 550, "5.1.1", "no such user")]
    [InlineData("550 4.7.1 a class that does not agree\r\n", 550, null, "4.7.1 a class that does not agree")]
    [InlineData("550 5.7 half a code\r\n", 550, null, "5.7 half a code")]
    [InlineData("299 unheard of\r\n", 299, null, "unheard of")]
    public async Task A_reply_is_its_code_its_enhanced_code_and_its_text(string octets, int code, string? enhanced, string text)
    {
        var reply = await ReadAsync(Encoding.ASCII.GetBytes(octets));

        reply.Code.ShouldBe(code);
        reply.Enhanced?.ToString().ShouldBe(enhanced);
        reply.Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("250-yes\r\n550 no\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("25\r\n")]
    [InlineData("150 too soon\r\n")]
    [InlineData("250:ok\r\n")]
    [InlineData("\r\n")]
    public async Task What_is_no_reply_ends_the_conversation(string octets) =>
        (await Should.ThrowAsync<SmtpException>(() => ReadAsync(Encoding.ASCII.GetBytes(octets)))).Fault.Problem.ShouldBe(SmtpProblem.Malformed);

    [Fact]
    public async Task A_reply_in_another_encoding_is_still_read()
    {
        (await ReadAsync("250 für\r\n"u8.ToArray())).Text.ShouldBe("für");
        (await ReadAsync([.. "250 f"u8, 0xFC, .. "r\r\n"u8])).Text.ShouldBe("für");
    }

    [Fact]
    public async Task A_server_that_goes_away_in_the_middle_of_a_reply_has_closed() =>
        (await Should.ThrowAsync<SmtpException>(() => ReadAsync("250-one\r\n250"u8.ToArray()))).Fault.Problem.ShouldBe(SmtpProblem.Closed);

    private static async Task<SmtpReply> ReadAsync(byte[] octets)
    {
        await using var channel = new SmtpChannel(new MemoryStream(octets), new SmtpTimeouts(), TimeProvider.System);
        return await channel.ReadAsync(SmtpStage.MailFrom, TestContext.Current.CancellationToken);
    }
}
