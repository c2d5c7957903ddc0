namespace CrmSync.Scripting.Tests;

/// <summary>Short forms for tests that render one template.</summary>
internal static class Rendering
{
    public static readonly IReadOnlyDictionary<string, object?> NoModel = new Dictionary<string, object?>(StringComparer.Ordinal);

    public static Template Parse(string text, string name = "test.sbn-txt", ParseOptions? options = null)
    {
        var result = Template.Parse(text, name, options);
        result.Template.ShouldNotBeNull(string.Join('\n', result.Diagnostics));
        return result.Template;
    }

    /// <summary>The text; a fault fails the test.</summary>
    public static string Render(string text, object? model = null, RenderOptions? options = null, string name = "test.sbn-txt")
    {
        var result = Try(text, model, options, name);
        result.Text.ShouldNotBeNull(result.Error?.ToString());
        return result.Text;
    }

    /// <summary>The first mistake, whether it is found while parsing or while rendering.</summary>
    public static Diagnostic Fail(string text, object? model = null, RenderOptions? options = null, string name = "test.sbn-txt")
    {
        var parsed = Template.Parse(text, name);
        var error = parsed.Template is null ? parsed.Diagnostics[0] : Try(text, model, options, name).Error;

        return error.ShouldNotBeNull("the template renders");
    }

    /// <summary>The text of one expression.</summary>
    public static string Eval(string expression, object? model = null, RenderOptions? options = null) =>
        Render("{{ " + expression + " }}", model, options);

    public static RenderResult Try(string text, object? model, RenderOptions? options, string name) =>
        Parse(text, name).Render(model ?? NoModel, options ?? RenderOptions.Default, TestContext.Current.CancellationToken);

    public static Dictionary<string, object?> Model(params (string Name, object? Value)[] members) =>
        members.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
}
