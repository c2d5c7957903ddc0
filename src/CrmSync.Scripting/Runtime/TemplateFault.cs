using CrmSync.Scripting.Syntax;

namespace CrmSync.Scripting.Runtime;

/// <summary>Where in which file; closures keep one per node, so that a fault inside a partial names the partial.</summary>
internal sealed record Site(string File, int Line, int Column)
{
    /// <summary>For what cannot fail.</summary>
    public static Site None { get; } = new("", 0, 0);

    public static Site Of(string file, SourceSpan span) => new(file, span.Line, span.Column);
}

/// <summary>
/// Ends a rendering; becomes the result's diagnostic and never leaves this assembly. An exception because it must cross any
/// number of compiled closures, and costs nothing where nothing fails.
/// </summary>
internal sealed class TemplateFault(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public TemplateFault(Site site, string message, string? hint = null)
        : this(new Diagnostic(site.File, site.Line, site.Column, message, hint))
    {
    }

    public Diagnostic Diagnostic => diagnostic;
}
