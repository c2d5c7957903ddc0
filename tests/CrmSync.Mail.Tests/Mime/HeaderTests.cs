using CrmSync.Mail.Mime;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Mail.Tests.Mime;

public sealed class HeaderTests
{
    [Fact]
    public void A_ticket_tag_stays_as_it_is_in_front_of_encoded_words()
    {
        var field = new HeaderBuilder("Subject").Text("[crm.test #3] Anruf über Gebühren").ToString();

        field.ShouldBe("Subject: [crm.test #3] Anruf =?utf-8?b?w7xiZXIgR2Viw7xocmVu?=\r\n");
    }

    [Fact]
    public void The_space_between_two_encoded_words_is_inside_one_of_them()
    {
        var field = new HeaderBuilder("Subject").Text("— résumé").ToString();

        field.ShouldBe("Subject: =?utf-8?b?4oCUIHLDqXN1bcOp?=\r\n");
        MiniDecoder.Decode(field).ShouldBe("— résumé");
    }

    [Fact]
    public void Line_breaks_from_outside_become_spaces()
    {
        var field = new HeaderBuilder("Subject").Text("Hello\r\nBcc: all@b.example\0\u2028x").ToString();

        field.ShouldBe("Subject: Hello Bcc: all@b.example x\r\n");
    }

    [Fact]
    public void What_looks_like_an_encoded_word_is_encoded()
    {
        var field = new HeaderBuilder("Subject").Text("=?utf-8?q?=0D=0ABcc=3A?=").ToString();

        field.ShouldNotContain("=?utf-8?q?=0D");
        MiniDecoder.Decode(field).ShouldBe("=?utf-8?q?=0D=0ABcc=3A?=");
    }

    [Fact]
    public void Any_text_survives_in_folded_lines_of_76_columns()
    {
        Prop.ForAll(Text(), text =>
        {
            var field = new HeaderBuilder("Subject").Text(text).ToString();

            var expected = HeaderText.Clean(text);
            return MiniDecoder.Decode(field) == expected
                && field.All(char.IsAscii)
                && field.Split("\r\n").All(line => line.Length <= 998)
                && field.Split("\r\n").Where(line => line.Contains("=?", StringComparison.Ordinal)).All(line => line.Length <= 76)
                && field.TrimEnd().Split("\r\n").Skip(1).All(line => line.StartsWith(' ') && line.Trim().Length > 0);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_line_is_folded_behind_a_word_that_ends_like_a_name()
    {
        var field = new HeaderBuilder("Subject").Text($"{new string('a', 50)} thread::abc:: {new string('b', 20)}").ToString();

        field.ShouldBe($"Subject: {new string('a', 50)} thread::abc::\r\n {new string('b', 20)}\r\n");
    }

    [Fact]
    public void Any_display_name_survives()
    {
        Prop.ForAll(Text(), text =>
        {
            var clean = HeaderText.Clean(text.Replace("\"", "", StringComparison.Ordinal));
            var mailbox = Mailbox.Parse($"{clean} <a@b.example>");

            var field = new HeaderBuilder("From").Mailbox(mailbox).ToString();

            return MiniDecoder.DecodeName(field) == (clean.Length == 0 ? "a@b.example" : $"{clean} <a@b.example>");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_file_name_in_any_script_has_an_ascii_fallback()
    {
        HeaderParameter.Tokens("filename", "Übersicht €.json").ShouldBe(["filename*=utf-8''%C3%9Cbersicht%20%E2%82%AC.json"]);
        HeaderParameter.AsciiFallback("Übersicht €.json").ShouldBe("Ubersicht _.json");
    }

    [Fact]
    public void A_long_file_name_continues_over_lines_without_splitting_a_character()
    {
        var name = string.Concat(Enumerable.Repeat("日本語", 20)) + ".json";

        var tokens = HeaderParameter.Tokens("filename", name);

        tokens[0].ShouldStartWith("filename*0*=utf-8''%E6%97%A5");
        tokens.ShouldAllBe(token => token.Length < 76);
        Uri.UnescapeDataString(string.Concat(tokens.Select(t => t[(t.IndexOf('=', StringComparison.Ordinal) + 1)..])))
            .ShouldBe($"utf-8''{name}");
    }

    private static Arbitrary<string> Text()
    {
        var scripts = Gen.Elements(
            "a", "call", " ", "  ", "\r\n", "é", "—", "日本", "العربية", "👩‍👩‍👧", "\ud83d\ude00", "=?", "?=", "\"", "\\", "(x)", "\t", "\0",
            "[crm.test #3]", "thread::abc::", "Ünïcödé", "x@y.example", ",", ";", "=", "_", new string('w', 90));
        return Gen.Choose(0, 30).SelectMany(n => Gen.ArrayOf(scripts, n)).Select(string.Concat).ToArbitrary();
    }
}
