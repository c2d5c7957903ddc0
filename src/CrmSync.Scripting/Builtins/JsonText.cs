using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CrmSync.Scripting.Runtime;

namespace CrmSync.Scripting.Builtins;

/// <summary>Values of a template as JSON. Functions are left out.</summary>
internal static class JsonText
{
    private const int DepthMax = 50;

    public static object Write(in Arguments a)
    {
        var result = new StringBuilder();
        Write(a.Run, a.Site, a[0], result, 0);
        return result.ToString();
    }

    private static void Write(Run run, Site site, object? value, StringBuilder into, int level)
    {
        run.Step(site);

        if (level > DepthMax)
            throw new TemplateFault(site, "The object is nested too deeply for JSON; it may contain itself.");

        switch (value)
        {
            case null or EmptyValue or TemplateFunction: into.Append("null"); break;
            case bool flag: into.Append(flag ? "true" : "false"); break;
            case double or float when !double.IsFinite(Numbers.ToDouble(value)): into.Append("null"); break;
            case IFormattable number when Numbers.IsNumber(value): into.Append(number.ToString(null, CultureInfo.InvariantCulture)); break;
            case DateTimeOffset or DateTime: Quote(Dates.Local(value, run.Options.TimeZone).ToString("O", CultureInfo.InvariantCulture), into); break;
            case TimeSpan span: Quote(span.ToString("c", CultureInfo.InvariantCulture), into); break;
            case string or SafeText: Quote(value.ToString()!, into); break;
            default: WriteComposite(run, site, value, into, level); break;
        }

        run.CheckText(site, into.Length);
    }

    private static void WriteComposite(Run run, Site site, object value, StringBuilder into, int level)
    {
        if (Values.AsList(value) is { } list)
        {
            into.Append('[');

            for (var i = 0; i < list.Count; i++)
            {
                into.Append(i > 0 ? "," : "");
                Write(run, site, list[i], into, level + 1);
            }

            into.Append(']');
            return;
        }

        into.Append('{');
        var isFirst = true;

        foreach (var name in Members.Names(value, run.Models) ?? [])
        {
            if (!run.TryMember(value, name, out var member) || member is TemplateFunction)
                continue;

            into.Append(isFirst ? "" : ",");
            Quote(name, into);
            into.Append(':');
            Write(run, site, member, into, level + 1);
            isFirst = false;
        }

        into.Append('}');
    }

    /// <summary>The default encoder escapes what HTML could misread, so that the text can stand in a script element too.</summary>
    private static void Quote(string text, StringBuilder into) => into.Append('"').Append(JavaScriptEncoder.Default.Encode(text)).Append('"');
}
