using System.Text.RegularExpressions;

namespace CrmSync.Connectors.Email;

/// <summary><c>{name}</c> in settings. Filled in one pass: what a value holds is never looked at again.</summary>
internal static partial class Placeholders
{
    public static string Fill(string text, params (string Name, string Value)[] values) => Placeholder().Replace(
        text,
        match => values.Where(v => v.Name == match.Groups["name"].Value).Select(v => v.Value).FirstOrDefault() ?? match.Value);

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
