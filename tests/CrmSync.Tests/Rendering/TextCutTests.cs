using System.Globalization;
using System.Text;
using CrmSync.Core.Rendering.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Tests.Rendering;

public sealed class TextCutTests
{
    private const string File = "call-48211-9f86d081884c.json";

    [Fact]
    public void A_text_that_fits_stays_as_it_is()
    {
        TextCut.Cut("Label emailed.", 14, TextUnit.Bytes, File).ShouldBe(new CutText("Label emailed.", 0));
    }

    [Fact]
    public void A_cut_text_says_how_much_is_missing_and_where_the_whole_is()
    {
        var cut = TextCut.Cut(new string('a', 5_000), 4_000, TextUnit.Bytes, File);

        cut.Text[^200..].ShouldEndWith($"\n… (cut, 1,079 characters more; the whole is in {File})");
        cut.CutCharacters.ShouldBe(1_079);
    }

    [Fact]
    public void A_spanish_note_is_cut_in_spanish()
    {
        TextCut.Cut(new string('a', 5_000), 4_000, TextUnit.Bytes, File, "es").Text[^200..]
            .ShouldEndWith($"… (cortado, 1.094 caracteres más; el texto completo está en {File})");
    }

    [Fact]
    public void The_cut_is_at_the_end_of_a_line_when_one_is_near()
    {
        var text = string.Concat(Enumerable.Repeat("One line of a note.\n", 20));

        var cut = TextCut.Cut(text, 200, TextUnit.Characters, _ => "(cut)");

        cut.Text.ShouldBe(string.Concat(Enumerable.Repeat("One line of a note.\n", 9)) + "(cut)");
    }

    [Fact]
    public void Bytes_are_counted_as_utf_8_and_characters_as_utf_16()
    {
        var text = new string('é', 100);

        TextCut.Cut(text, 100, TextUnit.Characters, File).WasCut.ShouldBeFalse();
        TextCut.Cut(text, 199, TextUnit.Bytes, File).WasCut.ShouldBeTrue();
    }

    [Fact]
    public void A_family_emoji_is_never_cut_into_people()
    {
        const string Family = "👩‍👩‍👧‍👦";
        var text = string.Concat(Enumerable.Repeat(Family, 20));

        var cut = TextCut.Cut(text, 200, TextUnit.Bytes, _ => "(cut)");

        cut.Text.ShouldBe(string.Concat(Enumerable.Repeat(Family, 7)) + "\n(cut)");
    }

    [Fact]
    public void Any_cut_text_fits_is_well_formed_and_begins_like_the_whole() => Check(text =>
    {
        foreach (var max in new[] { 1, 20, 90, 200 })
        {
            var cut = TextCut.Cut(text, max, TextUnit.Bytes, File);
            if (Encoding.UTF8.GetByteCount(cut.Text) > Math.Max(max, cut.WasCut ? 0 : int.MaxValue))
            {
                return false;
            }

            var kept = cut.Text.Split("\n…")[0];
            if (cut.WasCut && max > 90 && !text.StartsWith(kept, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void Html_is_never_cut_within_a_tag_or_an_entity_and_every_element_is_closed()
    {
        const string Html = "<h3>Call &amp; chat</h3><ul><li>One &lt;b&gt;</li><li><strong>Two</strong> and more text</li></ul><p>End</p>";

        for (var max = 30; max < Html.Length; max++)
        {
            var cut = HtmlCut.Cut(Html, max, TextUnit.Characters, _ => "(cut)");

            cut.Text.Length.ShouldBeLessThanOrEqualTo(max);
            cut.Text.ShouldEndWith("<p>(cut)</p>");
            IsBalanced(cut.Text).ShouldBeTrue(cut.Text);
            cut.Text.Replace("&amp;", "").Replace("&lt;", "").Replace("&gt;", "").ShouldNotContain("&");
        }
    }

    [Fact]
    public void Html_that_is_cut_says_how_many_characters_of_text_are_missing()
    {
        var html = $"<p>{new string('a', 300)}</p>";

        var cut = HtmlCut.Cut(html, 200, TextUnit.Characters, File);

        var kept = cut.Text.Count(c => c is 'a') - $"characters whole at{File}".Count(c => c is 'a');
        cut.CutCharacters.ShouldBeInRange(300 - kept - 5, 300 - kept + 5);
        cut.Text.ShouldContain($"{cut.CutCharacters.ToString(CultureInfo.InvariantCulture)} characters more");
    }

    private static bool IsBalanced(string html)
    {
        var open = new Stack<string>();
        foreach (var token in HtmlTokens.Of(html))
        {
            if (token.Kind is HtmlTokenKind.Open)
            {
                open.Push(token.Name);
            }
            else if (token.Kind is HtmlTokenKind.Close && (open.Count == 0 || open.Pop() != token.Name))
            {
                return false;
            }
        }

        return open.Count == 0;
    }

    private static void Check(Func<string, bool> holds) =>
        FsCheck.Fluent.Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            text => holds(TextClean.Block(string.Concat(Enumerable.Repeat(text.Get + " 👩‍👧 é\n", 9)))))
            .QuickCheckThrowOnFailure();
}
