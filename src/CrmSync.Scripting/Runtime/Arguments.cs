namespace CrmSync.Scripting.Runtime;

/// <summary>The arguments of a built-in, with the conversions the language makes. An argument that was not given is null.</summary>
internal readonly ref struct Arguments(Run run, Site site, string function, Span<object?> values)
{
    private readonly Span<object?> _values = values;

    public Run Run => run;

    public Site Site => site;

    public int Count => _values.Length;

    public object? this[int index] => index < _values.Length ? _values[index] : null;

    public object?[] From(int start) => start < _values.Length ? _values[start..].ToArray() : [];

    /// <summary>Nothing is the empty text.</summary>
    public string Text(int index) => run.Text(this[index], site);

    public long Long(int index, long otherwise = 0)
    {
        var value = this[index];

        if (value is null)
            return otherwise;

        return Numbers.TryToLong(value, run.Culture, out var number)
            ? number
            : throw Fault($"{run.Describe(value)} is no whole number.");
    }

    public int Int(int index, int otherwise = 0) => (int)Math.Clamp(Long(index, otherwise), int.MinValue, int.MaxValue);

    public double Double(int index)
    {
        var value = this[index];

        if (value is string text && double.TryParse(text, run.Culture, out var parsed))
            return parsed;

        return Numbers.IsNumber(value) ? Numbers.ToDouble(value!) : throw Fault($"{run.Describe(value)} is no number.");
    }

    public bool Truth(int index) => Values.Truth(this[index]);

    /// <summary>Nothing is the empty list.</summary>
    public IReadOnlyList<object?> List(int index)
    {
        var value = this[index];

        if (value is null)
            return [];

        var list = Values.AsList(value) ?? throw Fault($"{run.Describe(value)} is no list.");
        run.Step(site, list.Count);
        return list;
    }

    public TemplateFunction Function(int index) =>
        this[index] as TemplateFunction ?? throw Fault($"{run.Describe(this[index])} is no function.", "Pass a function as @name.");

    public System.Globalization.CultureInfo Culture(int index)
    {
        if (this[index] is null)
            return run.Culture;

        try
        {
            return System.Globalization.CultureInfo.GetCultureInfo(Text(index));
        }
        catch (System.Globalization.CultureNotFoundException)
        {
            throw Fault($"The culture `{Text(index)}` is unknown.");
        }
    }

    public TemplateFault Fault(string message, string? hint = null) => new(site, $"`{function}`: {message}", hint);
}
