using System.Globalization;
using System.Text;

namespace CrmSync.Scripting.Runtime;

/// <summary>Values as text.</summary>
internal sealed partial class Run
{
    /// <summary>Objects that contain themselves would never end.</summary>
    private const int ShownDepthMax = 20;

    /// <summary>Writes text of the template, or text that has been encoded.</summary>
    public void WriteRaw(string text, Site site)
    {
        Reserve(text.Length, site);
        Output.Append(text);
    }

    /// <summary>Writes the value of an expression, encoded.</summary>
    public void Write(object? value, string indent, Site site)
    {
        if (value is null)
            return;

        var isSafe = value is SafeText || Encoder == Encoder.None;

        if (indent.Length == 0 && value is int number)
        {
            Span<char> digits = stackalloc char[16];
            number.TryFormat(digits, out var length, default, Culture);
            Reserve(length, site);
            Output.Append(digits[..length]);
            return;
        }

        var text = Text(value, site);
        Reserve(text.Length, site);

        var start = Output.Length;
        if (isSafe)
            Output.Append(text);
        else
            Html.Encode(text, Output);

        if (indent.Length > 0)
            Indent(start, indent);

        Reserve(0, site);
    }

    /// <summary>Runs something that writes, and takes away what it wrote.</summary>
    public object Capture(int start)
    {
        var text = Output.ToString(start, Output.Length - start);
        Output.Length = start;
        return AsWritten(text);
    }

    /// <summary>Marks text that a template wrote: under an encoder its parts have been encoded one by one.</summary>
    public object AsWritten(string text) => Encoder == Encoder.None ? text : new SafeText(text);

    /// <summary>Text of a value, as it is written and joined. Nothing is the empty text.</summary>
    public string Text(object? value) => Text(value, Site.None);

    public string Text(object? value, Site site)
    {
        switch (value)
        {
            case null: return "";
            case string text: return text;
            case SafeText safe: return safe.Text;
            case bool flag: return flag ? "true" : "false";
            case IFormattable when Numbers.IsNumber(value): return NumberText(value);
            default:
                var builder = new StringBuilder();
                Show(value, builder, 0, site);
                return builder.ToString();
        }
    }

    public string Describe(object? value) => value switch
    {
        null => "Nothing",
        string or SafeText => "A text",
        bool => "True or false",
        TemplateFunction => "A function",
        _ when Numbers.IsNumber(value) => $"The number {Text(value)}",
        _ when Values.AsList(value) is not null => "A list",
        DateTimeOffset or DateTime => "A date",
        TimeSpan => "A time span",
        _ => "An object",
    };

    private string NumberText(object value) => value switch
    {
        double d => d.ToString("R", Culture),
        float f => f.ToString("R", Culture),
        decimal m => m.ToString(Culture),
        _ => ((IFormattable)value).ToString("D", Culture),
    };

    private void Show(object? value, StringBuilder into, int level, Site site)
    {
        Step(site);

        if (level > ShownDepthMax)
            throw new TemplateFault(site, "The object is nested too deeply to be shown; it may contain itself.");

        switch (value)
        {
            case null when level > 0: into.Append("null"); break;
            case string or SafeText when level > 0: into.Append('"').Append(Builtins.Escapes.Escape(value.ToString()!)).Append('"'); break;
            case null or string or SafeText or bool: into.Append(Text(value, site)); break;
            case DateTimeOffset or DateTime: into.Append(Builtins.DateFormats.Format(Dates.Local(value, Options.TimeZone), DateFormat, Culture, site)); break;
            case TimeSpan span: into.Append(span.ToString("c", CultureInfo.InvariantCulture)); break;
            case TemplateFunction function: into.Append("<function ").Append(function.Name).Append('>'); break;
            case EmptyValue: break;
            case not null when Numbers.IsNumber(value): into.Append(NumberText(value)); break;
            default: ShowComposite(value, into, level, site); break;
        }

        CheckText(site, into.Length);
    }

    private void ShowComposite(object value, StringBuilder into, int level, Site site)
    {
        if (Values.AsList(value) is { } list)
        {
            into.Append('[');

            for (var i = 0; i < list.Count; i++)
            {
                into.Append(i > 0 ? ", " : "");
                Show(list[i], into, level + 1, site);
            }

            into.Append(']');
            return;
        }

        if (Members.Names(value, Models) is not { } names)
            throw new TemplateFault(site, $"A value of type {value.GetType().Name} cannot be shown: the type is not registered.");

        into.Append('{');
        var isFirst = true;

        foreach (var name in names)
        {
            into.Append(isFirst ? "" : ", ").Append(name).Append(": ");
            TryMember(value, name, out var member);
            Show(member, into, level + 1, site);
            isFirst = false;
        }

        into.Append('}');
    }

    private void Indent(int start, string indent)
    {
        for (var i = Output.Length - 2; i >= start; i--)
        {
            if (Output[i] == '\n')
                Output.Insert(i + 1, indent);
        }
    }

    private void Reserve(int chars, Site site)
    {
        if (Output.Length + chars > _limits.OutputCharsMax)
            throw new TemplateFault(site, $"The output grows longer than {_limits.OutputCharsMax} characters.");

        Step(site, 1 + (chars >> 5));
    }
}
