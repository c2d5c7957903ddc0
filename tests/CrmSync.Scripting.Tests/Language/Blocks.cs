namespace CrmSync.Scripting.Tests.Language;

public sealed class Blocks
{
    [Theory]
    [InlineData("a {{ 1 }} b", "a 1 b")]
    [InlineData("a  \n {{- 1 -}} \n b", "a1b")]
    [InlineData("a\n  {{~ 1 ~}}  \n  b", "a\n1  b")]
    [InlineData("a {{~ 1 ~}} b", "a1b")]
    [InlineData("a\r\n  {{~ 1 ~}}\r\nb", "a\r\n1b")]
    [InlineData("{%{ {{ x }} }%}", " {{ x }} ")]
    [InlineData("{%%{ }%} }%%}", " }%} ")]
    [InlineData("a {%{- x -}%} b", "a x b")]
    [InlineData("{{ 1; 2 }}", "12")]
    [InlineData("{{ # nothing }}", "")]
    [InlineData("{{ ## a }} b", " b")]
    [InlineData("{{ 1 ## two ## }}", "1")]
    [InlineData("{ {%x } }}", "{ {%x } }}")]
    public void White_space_and_escapes_follow_the_markers(string template, string expected) =>
        Render(template).ShouldBe(expected);

    [Fact]
    public void A_value_of_several_lines_takes_the_indentation_of_its_block()
    {
        Render("{{ x = \"a\\nb\\n\" ~}}\n   {{ x }}end").ShouldBe("   a\n   b\nend");
        Render("{{ x = \"a\\nb\" -}}\n   {{ x }}").ShouldBe("a\nb");
        Render("- {{ \"a\\nb\" }}").ShouldBe("- a\nb");
        Render("  {{~ \"a\\nb\" }}").ShouldBe("a\nb");
    }

    [Fact]
    public void Indentation_can_be_turned_off() =>
        Parse("  {{ \"a\\nb\" }}", options: new ParseOptions { AutoIndent = false })
            .Render(NoModel, RenderOptions.Default, TestContext.Current.CancellationToken).Text.ShouldBe("  a\nb");

    [Fact]
    public void Front_matter_runs_first_and_writes_nothing()
    {
        var options = new ParseOptions { FrontMatter = true };
        var template = Parse("+++\ntitle = \"x\"\n\"lost\"\n+++\nHello {{ title }}", options: options);

        template.Render(NoModel, RenderOptions.Default, TestContext.Current.CancellationToken).Text.ShouldBe("Hello x");
    }

    [Fact]
    public void Without_the_option_front_matter_is_text() => Render("+++\na = 1\n+++\n").ShouldBe("+++\na = 1\n+++\n");

    [Theory]
    [InlineData("a {{ 1 ", 1, 3)]
    [InlineData("\n{%{ x", 2, 1)]
    [InlineData("{{ if true }}x", 1, 14)]
    [InlineData("{{ \"abc }}", 1, 4)]
    public void What_is_not_closed_is_reported(string template, int line, int column)
    {
        var error = Fail(template);

        (error.Line, error.Column).ShouldBe((line, column));
        error.Hint.ShouldNotBeNull();
    }

    [Fact]
    public void One_parse_reports_several_mistakes_in_order()
    {
        var result = Template.Parse("{{ 1 + }}\n{{ for 5 in x }}{{ end }}\n{{ end }}", "test");

        result.Ok.ShouldBeFalse();
        result.Diagnostics.Select(d => d.Line).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_diagnostic_is_written_as_compilers_write_them() =>
        Fail("{{\n  x = ]\n}}", name: "a.sbn-txt").ToString().ShouldBe("a.sbn-txt(2,7): error: Found `]` instead of an expression.");
}
