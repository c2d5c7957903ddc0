namespace CrmSync.Scripting;

/// <summary>
/// What one rendering may use up. Each limit ends the rendering with an error of its own. Steps and characters are counted,
/// so that the same template and data always end the same way; the time limit is the last line of defence.
/// </summary>
public sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>Statements, calls, loop rounds, list items and (by the dozen) characters handled.</summary>
    public int StepsMax { get; init; } = 200_000;

    /// <summary>Rounds of all loops together.</summary>
    public int LoopIterationsMax { get; init; } = 10_000;

    /// <summary>Functions and partials that are open at the same time.</summary>
    public int RecursionMax { get; init; } = 50;

    /// <summary>Characters (UTF-16 units) of the output, and of any one text on the way to it.</summary>
    public int OutputCharsMax { get; init; } = 512 * 1024;

    public TimeSpan TimeMax { get; init; } = TimeSpan.FromMilliseconds(250);
}
