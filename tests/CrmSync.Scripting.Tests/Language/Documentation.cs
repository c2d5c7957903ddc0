namespace CrmSync.Scripting.Tests.Language;

/// <summary>The statements that docs/templates.md makes about the language.</summary>
public sealed class Documentation
{
    [Fact]
    public void Agents_are_listed_without_empty_lines() =>
        Render("Agents:\n  {{~ for agent in agents ~}}\n  - {{ agent.name }}\n  {{~ end ~}}\n", Model(("agents", new[] { Model(("name", "Ann")), Model(("name", "Bob")) })))
            .ShouldBe("Agents:\n  - Ann\n  - Bob\n");

    [Fact]
    public void Initials_are_what_the_function_writes() =>
        Render("{{ func initials(name)\n for word in name | string.split \" \"\n word | string.slice1 0\n end\n end }}{{ initials \"Ann Example\" }}").ShouldBe("AE");

    [Theory]
    [InlineData("'x' + 'y' | string.upcase", "XY")]
    [InlineData("string.contains 'abc' 'true' && true", "false")]
    [InlineData("(string.contains 'abc' 'b') && true", "true")]
    [InlineData("1523 | math.format \"N2\"", "1,523.00")]
    [InlineData("2 | string.pluralize \"agent\" \"agents\"", "agents")]
    public void Expressions_mean_what_the_page_says(string expression, string expected) => Eval(expression).ShouldBe(expected);
}
