namespace CrmSync.Scripting.Runtime;

/// <summary>Anything a template can call.</summary>
internal abstract class TemplateFunction(string name)
{
    public string Name { get; } = name;

    /// <summary>Calls the function. The arguments belong to the callee: it may overwrite them.</summary>
    public abstract object? Invoke(Run run, Site site, Span<object?> arguments, NamedValue[]? named);
}

internal readonly record struct NamedValue(string Name, object? Value);
