namespace CrmSync.Scripting.Tests.Safety;

/// <summary>Templates that try to use up the machine. The time limit is out of their reach here: the counted limits must end them.</summary>
public sealed class HostileTemplates
{
    private static readonly RenderOptions Untimed = new() { Limits = TemplateLimits.Default with { TimeMax = TimeSpan.FromHours(1) } };

    [Theory]
    [InlineData("{{ for x in 1..1000000000; end }}", "rounds")]
    [InlineData("{{ while true; end }}", "rounds")]
    [InlineData("{{ for a in 1..1000; for b in 1..1000; end; end }}", "rounds")]
    [InlineData("{{ x = 'a'; while true; x = x + x; end }}", "longer")]
    [InlineData("{{ x = 'a'; while true; x = $\"{x}{x}\"; end }}", "longer")]
    [InlineData("{{ 'a' * 1000000000 }}", "longer")]
    [InlineData("{{ 'a' | string.pad_left 1000000000 }}", "longer")]
    [InlineData("{{ 'a' | string.pad_right 2000000000 }}", "longer")]
    [InlineData("{{ x = 'a' * 500000; x | string.replace 'a' x }}", "longer")]
    [InlineData("{{ x = 'a' * 500000; x | regex.replace 'a' x }}", "longer")]
    [InlineData("{{ [1, 2, 3] | array.join ('a' * 500000) }}", "longer")]
    [InlineData("{{ capture x; for i in 1..9000; 'a' * 1000; end; end }}", "longer")]
    [InlineData("{{ for i in 1..9000; 'a' * 1000; end }}", "longer")]
    [InlineData("{{ x = [1]; while true; x = x + x; end }}", "steps")]
    [InlineData("{{ x = [1] * 1000000000 }}", "steps")]
    [InlineData("{{ x = []; x[1000000000] = 1 }}", "range")]
    [InlineData("{{ array.insert_at [] 1000000000 1 }}", "steps")]
    [InlineData("{{ 1..1000000000 | array.reverse }}", "steps")]
    [InlineData("{{ 1..1000000000 }}", "")]
    [InlineData("{{ x = 1..9000 | array.uniq }}", "steps")]
    [InlineData("{{ x = 2; while true; x = x * x; end }}", "large")]
    [InlineData("{{ 1 << 1000000000 }}", "bits")]
    [InlineData("{{ f(x) = f x; f 1 }}", "deep")]
    [InlineData("{{ func f; f; end; f }}", "deep")]
    [InlineData("{{ x = 'object.eval x'; object.eval x }}", "deep")]
    [InlineData("{{ x = {}; x.x = x; x }}", "contain itself")]
    [InlineData("{{ x = {}; x.a = x; x.b = x; x.c = x; x }}", "")]
    [InlineData("{{ x = {}; x.x = x; x | object.to_json }}", "contain itself")]
    [InlineData("{{ x = []; x[0] = x; y = []; y[0] = y; x == y }}", "deep")]
    [InlineData("{{ 1 | math.format 'F999999999' }}", "digits")]
    [InlineData("{{ ('a' * 40) + '!' | regex.match `^(a+)+\\1$` }}", "too long")]
    [InlineData("{{ 'a' | regex.match `(a{1000}){1000}` }}", "repeats")]
    [InlineData("{{ f(a, b) = a == 0 ? 1 : (f (a - 1) b) + (f (a - 1) b); f 40 1 }}", "steps")]
    public void Each_ends_with_an_error_that_names_its_limit(string template, string word) =>
        Fail(template, options: Untimed).Message.ShouldContain(word);

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_is_matched_without_backtracking() =>
        Render("{{ ('a' * 5000) + '!' | regex.match `^(a+)+$` | array.size }}").ShouldBe("0");

    [Fact]
    public void The_clock_ends_what_nothing_else_does()
    {
        var options = new RenderOptions { Limits = TemplateLimits.Default with { TimeMax = TimeSpan.Zero } };

        Fail("{{ for x in 1..1000; x; end }}", options: options).Message.ShouldContain("0 ms");
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{a:")]
    [InlineData("!")]
    [InlineData("@")]
    [InlineData("^")]
    [InlineData("++ ")]
    [InlineData("- ")]
    [InlineData("f(")]
    [InlineData("a[")]
    [InlineData("$\"{")]
    [InlineData("do; ")]
    [InlineData("if true; ")]
    [InlineData("func f; ")]
    [InlineData("case 1; when 1; ")]
    [InlineData("1 ? ")]
    [InlineData("x = ")]
    [InlineData("f a: ")]
    public void Nesting_without_end_is_refused(string opening) =>
        Template.Parse("{{ " + string.Concat(Enumerable.Repeat(opening, 8000)), "test").Ok.ShouldBeFalse();

    [Theory]
    [InlineData("1", " + 1")]
    [InlineData("a", ".b")]
    [InlineData("a", "[0]")]
    [InlineData("a", " | string.upcase")]
    [InlineData("f", "()")]
    [InlineData("1", " ?? 1")]
    public void Chains_without_end_are_refused(string first, string link) =>
        Template.Parse("{{ " + first + string.Concat(Enumerable.Repeat(link, 4000)) + " }}", "test").Ok.ShouldBeFalse();

    [Fact]
    public void Functions_inside_of_chains_inside_of_functions_are_refused()
    {
        var level = string.Concat(Enumerable.Repeat("1+", 240)) + "do; ";
        var text = "{{ x = " + string.Concat(Enumerable.Repeat(level, 90)) + "1" + string.Concat(Enumerable.Repeat("; end", 90)) + " }}";

        Template.Parse(text, "test").Ok.ShouldBeFalse();
    }

    [Fact]
    public void A_template_that_is_too_large_is_not_read()
    {
        var result = Template.Parse(new string('x', 70_000), "test");

        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("65536 bytes");
    }

    [Fact]
    public void Chains_and_nesting_within_the_limits_render()
    {
        Render("{{ 1" + string.Concat(Enumerable.Repeat(" + 1", 200)) + " }}").ShouldBe("201");
        Render("{{ " + new string('(', 80) + "1" + new string(')', 80) + " }}").ShouldBe("1");
    }

    [Fact]
    public void A_deep_template_renders_on_a_thread_with_a_small_stack()
    {
        var template = Parse("{{ f(x) = x < 1 ? 0 : " + new string('(', 60) + "1 + (f (x - 1))" + new string(')', 60) + "; f 40 }}");
        RenderResult? result = null;

        var thread = new Thread(() => result = template.Render(NoModel, RenderOptions.Default, CancellationToken.None), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();

        // Either answer is fine; the process living on is the point.
        (result?.Text == "40" || result?.Error is not null).ShouldBeTrue();
    }

    [Fact]
    public void Cancellation_throws()
    {
        var template = Parse("{{ for x in 1..5000; x; end }}");

        Should.Throw<OperationCanceledException>(() => template.Render(NoModel, RenderOptions.Default, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_failed_rendering_writes_nothing()
    {
        using var writer = new StringWriter();

        var error = Parse("text {{ 1 // 0 }}").Render(writer, NoModel, RenderOptions.Default, TestContext.Current.CancellationToken);

        error.ShouldNotBeNull();
        writer.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{{ x.get_type }}{{ x.GetType }}{{ x.length }}")]
    [InlineData("{{ 5.get_type }}")]
    public void No_member_of_a_clr_type_can_be_reached(string template) =>
        Try(template.Replace("5.get_type", "(5).get_type", StringComparison.Ordinal), Model(("x", "text")), null, "test").Text.ShouldBe("");

    [Fact]
    public void A_type_that_is_not_registered_has_no_members_and_is_not_shown()
    {
        var model = Model(("x", new Uri("http://h/").GetType().Assembly));

        Render("{{ x.location }}{{ x.full_name }}", model).ShouldBe("");
        Fail("{{ x }}", model).Message.ShouldContain("not registered");
    }
}
