namespace CrmSync.Scripting;

/// <summary>Finds partials for <c>include</c>. It is asked while a template runs, so it answers from memory.</summary>
public interface ITemplateLoader
{
    /// <summary>All partials, to name the nearest one where a name is wrong.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Null when there is no such partial. The same instance means the same text: what it compiles to is kept.</summary>
    TemplateSource? Load(string name);
}

/// <summary>The text of a partial.</summary>
/// <param name="File">As diagnostics name it.</param>
public sealed record TemplateSource(string File, string Text);
