namespace CrmSync.Scripting;

/// <summary>How template text is read.</summary>
public sealed record ParseOptions
{
    public static ParseOptions Default { get; } = new();

    /// <summary>Larger templates are refused before they are read. UTF-8 bytes.</summary>
    public int TemplateBytesMax { get; init; } = 64 * 1024;

    /// <summary>Blocks, brackets and calls may be nested this deep; the limit protects the stack.</summary>
    public int NestingMax { get; init; } = 100;

    /// <summary>Code between a first line <c>+++</c> and the next line <c>+++</c> runs before the template; what it writes is dropped.</summary>
    public bool FrontMatter { get; init; }

    /// <summary>
    /// A multi-line value written by a code block that stands alone after spaces is indented by those spaces
    /// (Scriban language reference, 1.5 "Auto indentation").
    /// </summary>
    public bool AutoIndent { get; init; } = true;
}
