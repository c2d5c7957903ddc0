namespace CrmSync.Scripting.Tests.Language;

public sealed class Expressions
{
    [Theory]
    [InlineData("1 + 2 * 3 - 4", "3")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("7 // 2", "3")]
    [InlineData("7 / 2", "3.5")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("2147483647 + 1", "2147483648")]
    [InlineData("9223372036854775807 + 1", "9223372036854775808")]
    [InlineData("1.5m + 1", "2.5")]
    [InlineData("1f + 0.5", "1.5")]
    [InlineData("1 << 10", "1024")]
    [InlineData("1024 >> 3", "128")]
    [InlineData("6 & 3", "2")]
    [InlineData("1e3 + 0x10 + 0b11 + 1_0", "1029")]
    [InlineData("\"a\" + 1 + null + true", "a1true")]
    [InlineData("\"ab\" * 3", "ababab")]
    [InlineData("\"\\x41\\u0042\\t|\"", "AB\t|")]
    [InlineData("`a\\n``b`", "a\\n`b")]
    [InlineData("$\"{1 + 1} of {\"x\"}\"", "2 of x")]
    [InlineData("null ?? 1 ?? 2", "1")]
    [InlineData("null ?! 1", "")]
    [InlineData("5 ?! 1", "1")]
    [InlineData("1 == 1.0", "true")]
    [InlineData("\"1\" == 1", "true")]
    [InlineData("null == \"\"", "true")]
    [InlineData("null < 1", "false")]
    [InlineData("true && null || 0", "true")]
    [InlineData("!null", "true")]
    [InlineData("1 < 2 ? \"yes\" : \"no\"", "yes")]
    [InlineData("5..1", "[5, 4, 3, 2, 1]")]
    [InlineData("1..<1", "[]")]
    [InlineData("[1, \"a\\\"\", null, [2.5]]", "[1, \"a\\\"\", null, [2.5]]")]
    [InlineData("{a: 1, \"b c\": \"x\"}", "{a: 1, b c: \"x\"}")]
    [InlineData("\"abc\"[1]", "b")]
    [InlineData("[] == empty", "true")]
    [InlineData("\"\" == empty", "true")]
    [InlineData("{a: 1}.empty?", "false")]
    [InlineData("[1] << 2 << 3", "[1, 2, 3]")]
    [InlineData("0 >> [1]", "[0, 1]")]
    public void Operators_and_literals(string expression, string expected) => Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData("\" a \" | string.strip | string.upcase", "A")]
    [InlineData("\"12\" | string.to_int + 1", "13")]
    [InlineData("\"a\" | string.append \"b\" == \"ab\"", "afalse")]
    [InlineData("(\"a\" | string.append \"b\") == \"ab\"", "true")]
    [InlineData("string.append \"a\" \"b\" | string.upcase", "AB")]
    [InlineData("string.append(\"a\", \"b\") + \"c\"", "abc")]
    [InlineData("2 + math.round 9.4 * 2", "21")]
    [InlineData("\"x\" |> string.upcase", "X")]
    [InlineData("\"abc\" |\n  string.upcase |\n  string.slice 1", "BC")]
    [InlineData("\"hello\" | string.slice start: 1 length: 3", "ell")]
    [InlineData("[1, 2] | array.join \"-\" ? 1 : 2", "1")]
    public void Calls_and_pipes_bind_as_the_language_has_it(string expression, string expected) => Eval(expression).ShouldBe(expected);

    [Fact]
    public void A_minus_after_a_function_subtracts_so_a_negative_argument_needs_parentheses()
    {
        Fail("{{ math.abs -2 }}").Message.ShouldContain("math.abs");
        Eval("math.abs (-2)").ShouldBe("2");
    }

    [Theory]
    [InlineData("x = [1, 2]; f a b; ret", "{{ func f; ret $0 + $1; end; f ^[1, 2] }}", "3")]
    [InlineData("increment", "{{ x = 1; x++; ++x; x }}", "133")]
    [InlineData("members", "{{ x = {a: {}}; x.a.b = 5; x[\"a\"].b + x.a[\"b\"] }}", "10")]
    [InlineData("from the end", "{{ x = [1, 2, 3]; x[-1] }}", "3")]
    [InlineData("compound", "{{ x = 7; x //= 2; x *= 5; x -= 1; x %= 8; x }}", "6")]
    [InlineData("this", "{{ this.y = 2; y }}", "2")]
    [InlineData("array members", "{{ a = [5]; a.x = 1; a.x + a[0] }}", "6")]
    public void Assignments_reach_variables_members_and_items(string what, string template, string expected) =>
        Render(template).ShouldBe(expected, what);

    [Theory]
    [InlineData("null.x?.y", "")]
    [InlineData("a.b.c", "")]
    [InlineData("a[0].b", "")]
    public void Nothing_has_no_members_but_is_no_fault(string expression, string expected) => Eval(expression).ShouldBe(expected);

    [Fact]
    public void Strict_rendering_refuses_members_of_nothing()
    {
        var strict = new RenderOptions { Strict = true };

        Fail("{{ a.b }}", options: strict).Hint.ShouldNotBeNull().ShouldContain("?.b");
        Render("{{ a?.b }}", options: strict).ShouldBe("");
    }

    [Theory]
    [InlineData("1 // 0")]
    [InlineData("1 % 0")]
    [InlineData("1m / 0")]
    [InlineData("\"a\" - 1")]
    [InlineData("[1] - 1")]
    [InlineData("5[0]")]
    [InlineData("x.y z")]
    [InlineData("nothing_here 1")]
    [InlineData("1 | 2")]
    [InlineData("string.upcase")]
    [InlineData("string.upcase 1 2 3")]
    [InlineData("string.upcase tex: 1")]
    [InlineData("1 << 100000")]
    [InlineData("1..1.5")]
    public void What_makes_no_sense_is_a_fault_at_its_place(string expression)
    {
        var error = Fail("\n{{ " + expression + " }}");

        error.Line.ShouldBe(2);
        error.Message.ShouldNotBeEmpty();
    }

    [Fact]
    public void Numbers_follow_the_culture()
    {
        var german = new RenderOptions { Culture = System.Globalization.CultureInfo.GetCultureInfo("de-DE") };

        Eval("1.5", options: german).ShouldBe("1,5");
        Eval("\"1,5\" | string.to_double", options: german).ShouldBe("1,5");
        Eval("-3", options: german).ShouldBe("-3");
    }
}
