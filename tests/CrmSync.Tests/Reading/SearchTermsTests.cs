using CrmSync.Core.Reading;
using CrmSync.Tests.Rendering;
using CrmSync.Tests.Sessions;

namespace CrmSync.Tests.Reading;

public sealed class SearchTermsTests
{
    [Fact]
    public void A_session_is_found_by_its_agents_and_by_the_end_of_the_customers_number_never_by_the_number_called()
    {
        var terms = SearchTerms.Of(Notes.Sample("call-70112"));

        terms.ShouldBe(
        [
            new SearchTerm(SearchField.Phone, "0181"),
            new SearchTerm(SearchField.Phone, "50181"),
            new SearchTerm(SearchField.Phone, "550181"),
            new SearchTerm(SearchField.Phone, "5550181"),
            new SearchTerm(SearchField.Agent, "hannah"),
            new SearchTerm(SearchField.Agent, "okafor"),
            new SearchTerm(SearchField.Agent, "hannah.okafor@northlake.example"),
        ]);
    }

    [Theory]
    [InlineData("+1 202-555-0181", "5550181")]
    [InlineData("12025550181", "5550181")]
    [InlineData("***0181", "0181")]
    [InlineData("50181", "50181")]
    public void A_number_is_sought_by_its_last_digits_with_or_without_its_country(string typed, string digits) =>
        SearchTerms.Sought(typed).ShouldHaveSingleItem().ShouldBe([new SearchTerm(SearchField.Phone, digits)]);

    [Theory]
    [InlineData("Núñez-Prado", "nunez", "prado")]
    [InlineData("  O'Neill ", "neill")]
    [InlineData("ＡＮＡ", "ana")]
    public void Names_are_words_without_accents(string typed, params string[] words) =>
        SearchTerms.Sought(typed).Select(group => group[0].Value).ShouldBe(words);

    [Theory]
    [InlineData("call-135")]
    [InlineData("500Qy00000Bv3KdIAJ")]
    [InlineData("12")]
    [InlineData("")]
    [InlineData("\uD83D")]
    public void What_cannot_be_a_person_is_not_sought_among_them(string typed) => SearchTerms.Sought(typed).ShouldBeEmpty();

    [Fact]
    public void A_hundred_agents_do_not_make_hundreds_of_terms()
    {
        var rows = string.Join(',', Enumerable.Range(1, 200).Select(i => $$"""{"type":"agent","user_id":{{i}},"first_name":"First{{i}}","last_name":"Last{{i}}"}"""));

        SearchTerms.Of(SessionText.Call($"\"participants\":[{rows}]")).Count.ShouldBeLessThanOrEqualTo(40);
    }
}
