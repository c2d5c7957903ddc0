using System.Text;
using CrmSync.Mail.Mime;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Mail.Tests.Mime;

public sealed class TextEncodingTests
{
    [Theory]
    [InlineData("plain\ntext\n", "7bit")]
    [InlineData("naïve text with a few accents\n", "quoted-printable")]
    [InlineData("日本語のメモ\n", "base64")]
    [InlineData(".a leading dot\n", "quoted-printable")]
    [InlineData("From the start\n", "quoted-printable")]
    [InlineData("trailing space \n", "quoted-printable")]
    [InlineData("looks like a boundary --=_x\n", "quoted-printable")]
    [InlineData("NUL \0\n", "quoted-printable")]
    public void The_encoding_is_the_shortest_that_nothing_on_the_way_can_change(string text, string encoding)
    {
        TextEncoding.Encode(text).Name.ShouldBe(encoding);
    }

    [Fact]
    public void Quoted_printable_gives_back_any_text()
    {
        var pieces = Gen.Elements(
            "a", " ", "\t", "\r\n", "\n", "=", "é", "日", "😀", ".", "From ", "\0", "--", "_", new string('x', 75), new string('y', 200), "=20", "\u007f");
        var texts = Gen.Choose(0, 40).SelectMany(n => Gen.ArrayOf(pieces, n)).Select(string.Concat).ToArbitrary();

        Prop.ForAll(texts, text =>
        {
            var normal = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
            var encoded = Encoding.ASCII.GetString(QuotedPrintable.Encode(Encoding.UTF8.GetBytes(normal)));

            var lines = encoded.Split("\r\n");
            return Decoded(encoded) == normal
                && lines.All(line => line.Length <= 76 && !line.EndsWith(' ') && !line.EndsWith('\t') && !line.StartsWith('.'))
                && lines.All(line => !line.StartsWith("From ", StringComparison.Ordinal))
                && encoded.All(c => c is '\r' or '\n' or '\t' or (>= ' ' and <= '~'));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Base64_lines_have_76_characters()
    {
        var lines = Encoding.ASCII.GetString(Base64Lines.Encode(new byte[200])).Split("\r\n");

        lines.Select(line => line.Length).ShouldBe([76, 76, 76, 40, 0]);
    }

    private static string Decoded(string encoded)
    {
        var joined = encoded.Replace("=\r\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>();
        for (var i = 0; i < joined.Length; i++)
        {
            bytes.Add(joined[i] == '=' ? Convert.FromHexString(joined.AsSpan(i + 1, 2))[0] : (byte)joined[i]);
            i += joined[i] == '=' ? 2 : 0;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
