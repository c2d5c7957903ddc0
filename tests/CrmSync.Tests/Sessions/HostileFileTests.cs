using System.Text;
using CrmSync.Core.Sessions;
using static CrmSync.Tests.Sessions.SessionText;

namespace CrmSync.Tests.Sessions;

public sealed class HostileFileTests
{
    private const string Session = """{"id":48211,"call_type":"Voice Inbound (IVR)","feedback":"Grüße 👋"}""";

    [Theory]
    [InlineData("", "JSON_EMPTY")]
    [InlineData(" \r\n\t ", "JSON_EMPTY")]
    [InlineData("\0\0\0\0", "JSON_EMPTY")]
    [InlineData("null", "JSON_EMPTY")]
    [InlineData("[]", "JSON_EMPTY")]
    [InlineData("[{\"id\":1}]", "NOT_A_SESSION")]
    [InlineData("\"text\"", "NOT_A_SESSION")]
    [InlineData("42", "NOT_A_SESSION")]
    [InlineData("{}", "NOT_A_SESSION")]
    [InlineData("{\"id\":null,\"call_type\":\"x\"}", "NOT_A_SESSION")]
    [InlineData("{\"id\":0,\"call_type\":\"x\"}", "NOT_A_SESSION")]
    [InlineData("{\"id\":-3,\"call_type\":\"x\"}", "NOT_A_SESSION")]
    [InlineData("{\"id\":1.5,\"call_type\":\"x\"}", "NOT_A_SESSION")]
    [InlineData("{\"id\":99999999999999999999,\"call_type\":\"x\"}", "NOT_A_SESSION")]
    [InlineData("{\"id\":7}", "KIND_UNKNOWN")]
    [InlineData("{\"id\":7,\"session_type\":\"Something New\"}", "KIND_UNKNOWN")]
    [InlineData("{\"call\":[]}", "NOT_A_SESSION")]
    [InlineData("hello", "JSON_INVALID")]
    [InlineData("<html></html>", "JSON_INVALID")]
    [InlineData("{\"id\":7,}", "JSON_INVALID")]
    [InlineData("{'id':7}", "JSON_INVALID")]
    [InlineData("{\"id\":7 // seven\n}", "JSON_INVALID")]
    [InlineData("{\"id\":7,\"a\":\"line\nbreak\"}", "JSON_INVALID")]
    [InlineData("{\"id\":7} {\"id\":8}", "JSON_TRAILING_DATA")]
    [InlineData("{\"id\":7}x", "JSON_TRAILING_DATA")]
    [InlineData("{\"id\":7}\0\0", "JSON_TRAILING_DATA")]
    [InlineData("{\"id\":7,\"id\":8}", "JSON_DUPLICATE_KEY")]
    [InlineData("{\"id\":7,\"a\":1,\"\\u0061\":2}", "JSON_DUPLICATE_KEY")]
    [InlineData("{\"id\":7,\"rows\":[{\"x\":1,\"x\":1}]}", "JSON_DUPLICATE_KEY")]
    [InlineData("{\"id\":7,\"a\":\"\\ud83d\"}", "TEXT_INVALID")]
    [InlineData("{\"id\":7,\"a\":\"\\ud83d\\n\"}", "TEXT_INVALID")]
    [InlineData("{\"id\":7,\"a\":\"\\udc4b\\ud83d\"}", "TEXT_INVALID")]
    [InlineData("{\"id\":7,\"\\ud83d\":1}", "TEXT_INVALID")]
    [InlineData("{\"id\":7,\"\\ud83d\":1,\"\\ud83d\":1}", "TEXT_INVALID")]
    public void A_file_that_is_no_session_gets_the_reason_why(string content, string reason)
    {
        ReasonFor(content).ShouldBe(reason);
    }

    [Fact]
    public void A_session_cut_at_any_byte_is_truncated_or_empty()
    {
        var bytes = Encoding.UTF8.GetBytes(Session);

        for (var length = 0; length < bytes.Length; length++)
        {
            ReasonFor(bytes[..length]).ShouldBe(length == 0 ? "JSON_EMPTY" : "JSON_TRUNCATED", $"cut after {length} bytes");
        }
    }

    [Fact]
    public void A_session_cut_inside_an_escaped_pair_is_truncated()
    {
        const string escaped = """{"id":7,"call_type":"x","feedback":"\ud83d\udc4b"}""";
        var bytes = Encoding.UTF8.GetBytes(escaped);

        Read(escaped).ShouldBeOfType<ReadResult.Session>();
        for (var length = 1; length < bytes.Length; length++)
        {
            ReasonFor(bytes[..length]).ShouldBe("JSON_TRUNCATED", $"cut after {length} bytes");
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    public void Bytes_that_are_no_text_are_refused(byte[] bad)
    {
        byte[] bytes = [.. "{\"id\":7,\"call_type\":\""u8, .. bad, .. "\"}"u8];

        ReasonFor(bytes).ShouldBe("TEXT_INVALID");
    }

    [Fact]
    public void A_byte_order_mark_names_the_encoding_and_stays_in_the_bytes()
    {
        foreach (var encoding in new[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Session)];

            var session = Read(bytes).ShouldBeOfType<ReadResult.Session>().Metadata;

            session.Feedback.ShouldBe("Grüße 👋");
            session.Bytes.ToArray().ShouldBe(bytes);
        }
    }

    [Fact]
    public void Utf16_without_a_mark_or_with_half_a_character_is_refused()
    {
        ReasonFor(Encoding.Unicode.GetBytes(Session)).ShouldBe("TEXT_INVALID");
        ReasonFor([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Session), 0x41]).ShouldBe("TEXT_INVALID");
        ReasonFor([0xFF, 0xFE, 0x00, 0x00, 0x7B, 0x00, 0x00, 0x00]).ShouldBe("JSON_INVALID");
    }

    [Theory]
    [InlineData(65)]
    [InlineData(1_000_000)]
    public void Deep_nesting_is_refused(int depth)
    {
        var bomb = "{\"id\":7,\"a\":" + new string('[', depth) + new string(']', depth) + "}";

        ReasonFor(bomb).ShouldBe("JSON_TOO_DEEP");
    }

    [Fact]
    public void A_hundred_thousand_keys_are_refused()
    {
        var keys = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":{i}"));

        ReasonFor($$"""{"id":7,"call_type":"x",{{keys}}}""").ShouldBe("JSON_TOO_MANY_KEYS");
    }

    [Fact]
    public void A_file_over_the_limit_is_refused_unread()
    {
        var options = new ReaderOptions { BytesMax = 20 };

        ReasonFor(Session, options).ShouldBe("TOO_LARGE");
    }

    [Fact]
    public void A_nul_in_text_is_replaced_and_noted()
    {
        var session = Call("\"feedback\":\"a\\u0000b\"");

        session.Feedback.ShouldBe("a\uFFFDb");
        session.FieldNotes.ShouldHaveSingleItem().Path.ShouldBe("feedback");
    }

    [Fact]
    public void A_fault_never_quotes_the_file()
    {
        foreach (var content in new[] { "{\"id\":7,\"secret\":\"a\nb\"}", "{\"id\":7,\"secret\":1,\"secret\":2}", "{\"secret\":1}" })
        {
            var fault = Read(content).ShouldBeOfType<ReadResult.Unreadable>().Fault;

            fault.ToString().ShouldNotContain("secret");
        }
    }
}
