namespace CrmSync.Scripting.Tests.Language;

public sealed class Statements
{
    [Theory]
    [InlineData("{{ for x in 1..3 }}{{ x }}{{ if for.last }}.{{ else }},{{ end }}{{ end }}", "1,2,3.")]
    [InlineData("{{ for x in [1, 2, 3, 4] offset: 1 limit: 2 reversed }}{{ x }}{{ end }}", "32")]
    [InlineData("{{ for x in [] }}a{{ else }}none{{ end }}", "none")]
    [InlineData("{{ for x in null }}a{{ else }}none{{ end }}", "none")]
    [InlineData("{{ for p in {a: 1, b: 2} }}{{ p.key }}={{ p.value }} {{ end }}", "a=1 b=2 ")]
    [InlineData("{{ for c in \"abc\" }}{{ c }}.{{ end }}", "a.b.c.")]
    [InlineData("{{ for x in 1..3 }}{{ x = x * 2 }}{{ x }}{{ end }}{{ x }}", "246")]
    [InlineData("{{ for x in 1..2 }}{{ for y in 1..2 }}{{ for.index }}{{ end }}{{ for.index }}|{{ end }}", "010|011|")]
    [InlineData("{{ for x in 1..9; if x == 2; continue; end; if x == 4; break; end; x; end }}", "13")]
    [InlineData("{{ x = 0; while x < 3; x = x + 1; while.index; end }}", "012")]
    [InlineData("{{ case 5; when 1, 2; \"a\"; when 4 || 5; \"b\"; else; \"c\"; end }}", "b")]
    [InlineData("{{ capture x }}a{{ 1 }}{{ end }}[{{ x }}]", "[a1]")]
    [InlineData("{{ o = {a: 1}; with o; b = a + 1; end; o.b }}", "2")]
    [InlineData("{{ import {m: 7}; m }}", "7")]
    [InlineData("{{ if false; 1; else if null; 2; else; 3; end }}", "3")]
    [InlineData("a{{ ret }}b", "a")]
    [InlineData("{{ tablerow x in [1, 2, 3] cols: 2; x; end }}", "<tr class=\"row1\"><td class=\"col1\">1</td><td class=\"col2\">2</td></tr>\n<tr class=\"row2\"><td class=\"col1\">3</td></tr>\n")]
    public void Statements_do_what_the_reference_says(string template, string expected) => Render(template).ShouldBe(expected);

    [Fact]
    public void A_wrapped_block_runs_inside_of_the_function()
    {
        const string template =
            """
            {{
            func repeated
              for $i in 1..$0
                $$
              end
            end
            wrap repeated 3
              $i + ";"
            end
            }}
            """;

        Render(template).ShouldBe("1;2;3;");
    }

    [Fact]
    public void A_function_called_for_the_arguments_of_a_wrap_does_not_take_its_block()
    {
        const string template = "{{ func two; ret 2; end; func twice; $$; $$; \"/\" + $0; end; wrap twice (two); \"x\"; end }}";

        Render(template).ShouldBe("xx/2");
    }

    [Theory]
    [InlineData("{{ x = 1; readonly x; x = 2 }}")]
    [InlineData("{{ with 5; end }}")]
    [InlineData("{{ import 5 }}")]
    [InlineData("{{ for x in 5; end }}")]
    [InlineData("{{ for x in [1] limit: \"a\"; end }}")]
    [InlineData("{{ tablerow x in [1] cols: 0; end }}")]
    [InlineData("{{ model.x = 1 }}")]
    [InlineData("{{ model.list[0] = 1 }}")]
    [InlineData("{{ with model; x = 1; end }}")]
    [InlineData("{{ string.upcase = 1 }}")]
    public void What_cannot_be_done_is_a_fault(string template) =>
        Fail(template, Model(("model", Model(("x", 5), ("list", new List<object?> { 1 }))))).Line.ShouldBe(1);

    [Theory]
    [InlineData("{{ break }}")]
    [InlineData("{{ func f; break; end }}")]
    [InlineData("{{ else }}")]
    [InlineData("{{ when 1 }}")]
    [InlineData("{{ capture 5 }}{{ end }}")]
    [InlineData("{{ readonly 5 }}")]
    [InlineData("{{ for $ in x }}{{ end }}")]
    [InlineData("{{ x = (y = 1) }}")]
    [InlineData("{{ f(1) = 2 }}")]
    [InlineData("{{ x.5 }}")]
    [InlineData("{{ $$ + 1 }}")]
    [InlineData("{{ a b c = 1 }}")]
    [InlineData("{{ 5 6 }}")]
    [InlineData("{{ for.nothing }}")]
    [InlineData("{{ func f(a, a); end }}")]
    [InlineData("{{ func f(a = 1, b); end }}")]
    [InlineData("{{ func f(a..., b); end }}")]
    public void What_cannot_be_meant_is_refused(string template) => Template.Parse(template, "test").Ok.ShouldBeFalse();
}
