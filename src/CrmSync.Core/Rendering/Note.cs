namespace CrmSync.Core.Rendering;

/// <summary>What an agent will read: the rendered parts a connector asked for.</summary>
/// <param name="Parts">By template name, e.g. <c>case-comment</c>; a part whose template does not exist is absent.</param>
/// <param name="Language">Two letters: of the template variant that was used.</param>
/// <param name="Problem">Set when a template failed and the built-in plain note stands in its place.</param>
public sealed record Note(IReadOnlyDictionary<string, string> Parts, string Language, Fault? Problem = null)
{
    public string? Part(string name) => Parts.GetValueOrDefault(name);
}
