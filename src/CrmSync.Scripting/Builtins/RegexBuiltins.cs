using System.Text.RegularExpressions;
using CrmSync.Scripting.Runtime;
using static CrmSync.Scripting.Builtins.Library;

namespace CrmSync.Scripting.Builtins;

/// <summary>The functions of <c>regex</c> (Scriban builtins reference, "regex functions").</summary>
internal static class RegexBuiltins
{
    /// <summary>Charged like this many characters: a pattern costs more than other functions, and the clock is looked at after each.</summary>
    private const int PatternCost = 8192;

    public static BuiltinGroup Group { get; } = new("regex",
    [
        Define("regex", "escape", "pattern", a => Map(a, Regex.Escape)),
        Define("regex", "unescape", "pattern", Unescape),
        Define("regex", "match", "text pattern options?", FirstMatch),
        Define("regex", "matches", "text pattern options?", AllMatches),
        Define("regex", "replace", "text pattern replace options?", Replace),
        Define("regex", "split", "text pattern options?", Split),
    ]);

    private static object? Unescape(Arguments a)
    {
        try
        {
            return a[0] is null ? null : Checked(a, Regex.Unescape(a.Text(0)));
        }
        catch (ArgumentException)
        {
            throw a.Fault("The text ends inside of an escape.");
        }
    }

    private static object? FirstMatch(Arguments a) => Run(a, 2, (regex, text) =>
    {
        var match = regex.Match(text);
        return match.Success ? Groups(match) : new ScriptArray();
    });

    private static object? AllMatches(Arguments a)
    {
        var (run, site) = (a.Run, a.Site);

        return Run(a, 2, (regex, text) =>
        {
            var result = new ScriptArray();

            for (var match = regex.Match(text); match.Success; match = match.NextMatch())
            {
                run.Step(site, match.Groups.Count);
                result.Items.Add(Groups(match));
            }

            return result;
        });
    }

    private static object? Replace(Arguments a)
    {
        var (run, site, with) = (a.Run, a.Site, a.Text(2));

        return Run(a, 3, (regex, text) =>
        {
            var grown = (long)text.Length;

            return regex.Replace(text, match =>
            {
                var result = match.Result(with);
                grown += result.Length;
                run.Step(site, 1 + (result.Length >> 5));
                run.CheckText(site, grown);
                return result;
            });
        });
    }

    private static object? Split(Arguments a)
    {
        var (run, site) = (a.Run, a.Site);

        return Run(a, 2, (regex, text) =>
        {
            var parts = regex.Split(text);
            run.Step(site, parts.Length);
            return new ScriptArray([.. parts]);
        });
    }

    private static ScriptArray Groups(Match match) => new([.. match.Groups.Values.Select(g => (object?)g.Value)]);

    private static object? Run(in Arguments a, int options, Func<Regex, string, object?> use)
    {
        var text = a.Text(0);
        a.Run.ChargeText(a.Site, text.Length + PatternCost);

        try
        {
            return use(RegexCache.Get(a.Text(1), a.Text(options)), text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw a.Fault("The pattern takes too long on this text.", "Avoid repeats inside of repeats, such as (a+)+.");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw a.Fault($"The pattern or its options cannot be used: {e.Message}");
        }
    }
}
