namespace CrmSync.Scripting.Tests.Models;

public sealed class Conditions
{
    private static readonly Dictionary<string, object?> Session = Model(
        ("session", Model(("kind", "chat"), ("menu_path", Model(("name", "Billing / Invoices"))), ("queue", null), ("wait", 30))));

    [Theory]
    [InlineData("session.kind == \"chat\" && session.menu_path.name | string.starts_with \"Billing\"", true)]
    [InlineData("session.kind == \"call\" && session.menu_path.name | string.starts_with \"Billing\"", false)]
    [InlineData("session.kind == \"chat\" && session.menu_path.name | string.starts_with \"Sales\"", false)]
    [InlineData("session.menu_path.name | string.starts_with \"Billing\" && session.kind == \"chat\"", true)]
    [InlineData("session.menu_path.name | string.starts_with \"Sales\" || session.kind == \"chat\"", true)]
    [InlineData("session.kind | string.upcase == \"CHAT\"", true)]
    [InlineData("(session.kind | string.upcase) == \"CHAT\"", true)]
    [InlineData("string.contains session.kind \"ch\" && string.contains session.kind \"at\"", true)]
    [InlineData("session.kind == \"call\" ||\n", null)]
    [InlineData("session.wait > 20", true)]
    [InlineData("session.queue.name == \"VIP\"", false)]
    [InlineData("session.queue.name", false)]
    [InlineData("\n  true\n", true)]
    public void A_condition_holds_or_not(string text, bool? expected)
    {
        var parsed = Expression.Parse(text, "routes[0]");

        (parsed.Expression?.Evaluate(Session, RenderOptions.Default, TestContext.Current.CancellationToken).IsTrue).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b =")]
    [InlineData("x = 1")]
    [InlineData("1; 2")]
    [InlineData("a }}")]
    [InlineData("(a")]
    public void What_is_no_expression_is_refused(string text)
    {
        var parsed = Expression.Parse(text, "routes[0]");

        parsed.Ok.ShouldBeFalse();
        parsed.Diagnostics[0].File.ShouldBe("routes[0]");
    }

    [Fact]
    public void A_value_comes_back_as_plain_data()
    {
        Evaluate("1 + 1").ShouldBe(2);
        Evaluate("session.queue").ShouldBeNull();
        Evaluate("[1, 'a']").ShouldBeAssignableTo<IReadOnlyList<object?>>().ShouldBe([1, "a"]);
        Evaluate("{a: 1}").ShouldBeAssignableTo<IReadOnlyDictionary<string, object?>>().ShouldNotBeNull()["a"].ShouldBe(1);
        Evaluate("raw 'x'").ShouldBe("x");
    }

    [Fact]
    public void A_fault_is_a_result_and_not_true()
    {
        var result = Expression.Parse("1 // 0", "routes[0]").Expression.ShouldNotBeNull()
            .Evaluate(Session, RenderOptions.Default, TestContext.Current.CancellationToken);

        result.Ok.ShouldBeFalse();
        result.IsTrue.ShouldBeFalse();
        result.Error.ShouldNotBeNull().ToString().ShouldStartWith("routes[0](1,3): error: ");
    }

    private static object? Evaluate(string text) =>
        Expression.Parse(text, "test").Expression.ShouldNotBeNull().Evaluate(Session, RenderOptions.Default, TestContext.Current.CancellationToken).Value;
}
