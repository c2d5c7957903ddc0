using CrmSync.Scripting.Runtime;

namespace CrmSync.Scripting.Builtins;

/// <summary>
/// <c>object.eval</c>: code that a template makes. It runs under the limits of the rendering it is part of, and sees what
/// the template sees.
/// </summary>
internal static class Evaluation
{
    private const string File = "eval";

    public static object? Expression(in Arguments a)
    {
        if (a[0] is TemplateFunction function)
            return function.Invoke(a.Run, a.Site, [], null);

        if (a[0] is not (string or SafeText))
            return a[0];

        var parsed = Scripting.Expression.Parse(a.Text(0), File, ParseOptions.Default, isCondition: false);
        if (parsed.Expression is not { } expression)
            throw a.Fault($"The code has a mistake: {parsed.Diagnostics[0].Message}");

        a.Run.Enter(a.Site);
        a.Run.ChargeText(a.Site, a.Text(0).Length);
        var result = expression.Code(a.Run);
        a.Run.Leave();
        return result;
    }

    public static object? Template(in Arguments a)
    {
        if (a[0] is TemplateFunction function)
            return function.Invoke(a.Run, a.Site, [], null);

        if (a[0] is not (string or SafeText))
            return a[0];

        var parsed = Scripting.Template.Parse(a.Text(0), File);
        if (parsed.Template is not { } template)
            throw a.Fault($"The template has a mistake: {parsed.Diagnostics[0].Message}");

        a.Run.ChargeText(a.Site, a.Text(0).Length);
        return template.RenderInside(a.Run, a.Site, a.Run.Frame);
    }
}
