using System.Globalization;
using System.Text;
using CrmSync.Connectors.Salesforce;
using FsCheck;
using FsCheck.Fluent;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class NoteTextTests
{
    private const string Pointer = "… (cut)";

    [Fact]
    public void A_text_that_fits_stays_as_it_is() => NoteText.FitBytes(new string('ä', 2_000), 4_000, Pointer).Length.ShouldBe(2_000);

    [Theory]
    [InlineData("ä")]
    [InlineData("👩‍👩‍👧")]
    [InlineData("e\u0301")]
    public void A_cut_falls_between_characters_as_people_see_them(string character)
    {
        var cut = NoteText.FitBytes(string.Concat(Enumerable.Repeat(character, 2_001)), 4_000, Pointer);

        Encoding.UTF8.GetByteCount(cut).ShouldBeInRange(3_900, 4_000);
        var kept = cut[..^(Pointer.Length + 1)];
        StringInfo.ParseCombiningCharacters(kept).Length.ShouldBe(kept.Length / character.Length);
        kept.Replace(character, string.Empty, StringComparison.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void No_text_exceeds_its_field() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<PositiveInt>(), (text, size) =>
        {
            var max = 20 + size.Get;
            return Encoding.UTF8.GetByteCount(NoteText.FitBytes(text.Get, max, Pointer)) <= max
                && NoteText.FitCharacters(text.Get, max, Pointer).Length <= max;
        }).QuickCheckThrowOnFailure();
}
