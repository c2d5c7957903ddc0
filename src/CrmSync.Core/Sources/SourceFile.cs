using CrmSync.Core.Intake;

namespace CrmSync.Core.Sources;

/// <summary>A file of a source as a listing shows it.</summary>
/// <param name="Refused">Why it is not to be read: it is a link, its name cannot be used, it never stops growing.</param>
public sealed record SourceFile(FileStamp Stamp, Fault? Refused = null)
{
    /// <summary>The locator for people: control characters and those that turn the writing direction appear as <c>\u202E</c>.</summary>
    public string DisplayName => SafeName.Escape(Stamp.Locator);
}
