namespace CrmSync.Scripting.Tests.Language;

public sealed class Functions
{
    [Theory]
    [InlineData("{{ func sub; ret $0 - $1; end; sub 5 1; 5 | sub 2 }}", "43")]
    [InlineData("{{ func f; ret $[-1] + $.named; end; f 1 2 named: 10 }}", "12")]
    [InlineData("{{ func sub(x, y, z = 1); ret x - y - z; end; sub 5 1; sub 5 1 0; sub(5, 2) }}", "342")]
    [InlineData("{{ func sum(a, rest...); ret a + rest.size; end; sum 1 2 3 }}", "3")]
    [InlineData("{{ sub(x, y) = x - y; sub 9 4 }}", "5")]
    [InlineData("{{ f = do; ret $0 * 2; end; 4 | f }}", "8")]
    [InlineData("{{ func launch; ret $0 1 2; end; launch do; ret $0 + $1; end }}", "3")]
    [InlineData("{{ func up; ret string.upcase $0; end; g = @up; g \"x\" }}", "X")]
    [InlineData("{{ o = {}; o.inc = @(do; ret $0 + 1; end); 1 | o.inc }}", "2")]
    [InlineData("{{ func f }}text {{ $0 }}{{ end }}{{ x = f 1 }}[{{ x }}]", "[text 1]")]
    [InlineData("{{ func f; $a = 1; end; $a = 5; f; $a }}", "5")]
    [InlineData("{{ func f; a = 1; end; f; a }}", "1")]
    [InlineData("{{ func f(x); a = x; end; f 1; a }}", "")]
    [InlineData("{{ fib(n) = n < 2 ? n : (fib (n - 1)) + (fib (n - 2)); fib 10 }}", "55")]
    [InlineData("{{ [1, 2, 3] | array.each do; ret $0 * 10; end }}", "[10, 20, 30]")]
    public void Functions_are_defined_and_called(string template, string expected) => Render(template).ShouldBe(expected);

    [Theory]
    [InlineData("{{ f(x) = x; f }}", "without its argument `x`")]
    [InlineData("{{ f(x) = x; f 1 2 }}", "2 arguments")]
    [InlineData("{{ f(x) = x; f 1 y: 2 }}", "no parameter `y`")]
    public void Functions_with_parameters_check_their_calls(string template, string expected) => Fail(template).Message.ShouldContain(expected);

    [Fact]
    public void A_local_variable_ends_with_its_function_and_a_loop_variable_with_its_loop() =>
        Render("{{ for $i in 1..2; end; for i in 1..2; end }}[{{ $i }}{{ i }}]").ShouldBe("[]");
}
