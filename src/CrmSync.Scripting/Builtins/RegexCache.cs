using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmSync.Scripting.Builtins;

/// <summary>
/// Patterns that cannot run away: without backtracking where the pattern allows it, and with a time limit in any case. They are
/// kept, because building one costs more than using it.
/// </summary>
internal static partial class RegexCache
{
    private const int PatternCharsMax = 1000;

    /// <summary>Counted repeats are unrolled; those of this size are no pattern for a note.</summary>
    private const int RepeatsMax = 1000;

    private const int CachedMax = 200;

    /// <summary>For patterns that need time in proportion to the text; only a starved thread takes this long.</summary>
    private static readonly TimeSpan LinearTimeMax = TimeSpan.FromMilliseconds(500);

    /// <summary>Short enough that a rendering which has nearly used up its time still ends soon after.</summary>
    private static readonly TimeSpan BacktrackingTimeMax = TimeSpan.FromMilliseconds(40);

    private static readonly ConcurrentDictionary<(string Pattern, string Options), Regex> Cache = new();

    /// <exception cref="ArgumentException">The pattern is wrong.</exception>
    /// <exception cref="NotSupportedException">The pattern is too large, or an option is unknown.</exception>
    public static Regex Get(string pattern, string options)
    {
        if (Cache.TryGetValue((pattern, options), out var regex))
            return regex;

        // Rather forget all than keep what hostile templates make up.
        if (Cache.Count >= CachedMax)
            Cache.Clear();

        return Cache[(pattern, options)] = Build(pattern, Flags(options));
    }

    private static Regex Build(string pattern, RegexOptions flags)
    {
        if (pattern.Length > PatternCharsMax)
            throw new NotSupportedException($"it is longer than {PatternCharsMax} characters.");

        CheckRepeats(pattern);

        try
        {
            return new Regex(pattern, flags | RegexOptions.NonBacktracking, LinearTimeMax);
        }
        catch (NotSupportedException)
        {
            // Lookarounds and backreferences need backtracking; only the clock bounds them.
            return new Regex(pattern, flags, BacktrackingTimeMax);
        }
    }

    /// <summary>Repeats inside of repeats multiply, so their product is what counts.</summary>
    private static void CheckRepeats(string pattern)
    {
        var product = 1L;

        foreach (Match match in Repeat.Matches(pattern))
        {
            var digits = match.Groups["count"].ValueSpan;
            var count = int.TryParse(digits, CultureInfo.InvariantCulture, out var parsed) ? Math.Clamp(parsed, 1, RepeatsMax + 1) : RepeatsMax + 1;
            product = Math.Min(long.MaxValue / (RepeatsMax + 1), product * count);
        }

        if (product > RepeatsMax)
            throw new NotSupportedException($"its counted repeats come to more than {RepeatsMax}.");
    }

    private static RegexOptions Flags(string options)
    {
        var flags = RegexOptions.None;

        foreach (var option in options)
        {
            flags |= option switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => throw new NotSupportedException($"the option `{option}` is unknown; there are i, m, s and x."),
            };
        }

        return flags;
    }

    [GeneratedRegex(@"\{(\d*,)?(?<count>\d+),?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Repeat { get; }
}
