namespace CrmSync.Scripting.Tests.Language;

public sealed class Includes
{
    private static RenderOptions With(params (string Name, string Text)[] partials) => new()
    {
        Loader = new MemoryTemplateLoader(partials.ToDictionary(p => p.Name, p => p.Text, StringComparer.Ordinal)),
    };

    [Fact]
    public void A_partial_sees_the_variables_and_gets_arguments() =>
        Render("{{ y = 1; include 'p' 5; x = include 'p' 6; x + '!'; y }}", options: With(("p", "{{ y = y + 1 }}<{{ y }}{{ $0 }}>")))
            .ShouldBe("<25><36>!3");

    [Fact]
    public void Local_variables_stay_in_their_file() =>
        Render("{{ $a = 1; include 'p'; $a }}", options: With(("p", "[{{ $a }}{{ $a = 2 }}]"))).ShouldBe("[]1");

    [Fact]
    public void Partials_are_joined_and_empty_ones_left_out() =>
        Render("{{ include_join ['a', 'none', 'b'] ', ' 'tpl:open' ')' }}", options: With(("a", "A"), ("b", "B"), ("none", ""), ("open", "(")))
            .ShouldBe("(A, B)");

    [Fact]
    public void A_fault_in_a_partial_names_the_partial_and_its_line()
    {
        var error = Fail("\n\n{{ include 'p.sbn-txt' }}", options: With(("p.sbn-txt", "ok\n{{ 1 // 0 }}")));

        (error.File, error.Line).ShouldBe(("p.sbn-txt", 2));
    }

    [Fact]
    public void A_mistake_in_a_partial_names_the_partial_and_its_line()
    {
        var error = Fail("{{ include 'p.sbn-txt' }}", options: With(("p.sbn-txt", "ok\n{{ 1 + }}")));

        (error.File, error.Line).ShouldBe(("p.sbn-txt", 2));
    }

    [Fact]
    public void A_missing_partial_is_named_with_the_nearest_one() =>
        Fail("{{ include 'fotter' }}", options: With(("footer", ""))).Hint.ShouldBe("Did you mean `footer`?");

    [Fact]
    public void Without_a_loader_nothing_can_be_included() => Fail("{{ include 'p' }}").Message.ShouldContain("cannot be included");

    [Fact]
    public void A_return_in_a_partial_ends_only_the_partial() =>
        Render("{{ include 'p' }}c", options: With(("p", "a{{ ret }}b"))).ShouldBe("ac");

    [Fact]
    public void Partials_that_include_each_other_end_with_an_error() =>
        Fail("{{ include 'p' }}", options: With(("p", "{{ include 'q' }}"), ("q", "{{ include 'p' }}"))).Message.ShouldContain("deep");

    [Fact]
    public void Partials_of_an_html_template_escape_and_are_not_escaped_again()
    {
        var options = With(("p.sbn-html", "<b>{{ x }}</b>")) with { Encoder = Encoder.Html };

        Render("{{ include 'p.sbn-html' }}", Model(("x", "<i>")), options).ShouldBe("<b>&lt;i&gt;</b>");
    }
}
