using CrmSync.Core.Rendering.Text;

namespace CrmSync.Tests.Rendering;

public sealed class TextCleanTests
{
    [Theory]
    [InlineData("one\r\ntwo\rthree\u2028four\u0085five", "one\ntwo\nthree\nfour\nfive")]
    [InlineData("a\0b\u0007c\u001b[31md\u009b", "abc[31md")]
    [InlineData("invoice \u202Efdp.exe\u202C", "invoice fdp.exe")]
    [InlineData("\u2066isolated\u2069 \uFEFF", "isolated ")]
    [InlineData("tabs\tand 👩‍👧 stay, שלום\u200F too", "tabs\tand 👩‍👧 stay, שלום\u200F too")]
    public void Only_what_no_reader_sees_is_taken_out(string written, string shown)
    {
        TextClean.Block(written).ShouldBe(shown);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character()
    {
        TextClean.Block("half \ud83d pair, \udc69 other half").ShouldBe("half \uFFFD pair, \uFFFD other half");
    }

    [Fact]
    public void A_subject_stays_on_one_line()
    {
        TextClean.Line(" Refund\r\nBcc: everyone@example.org\t! ").ShouldBe("Refund Bcc: everyone@example.org !");
    }
}
