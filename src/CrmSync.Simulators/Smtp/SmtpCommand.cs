using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmSync.Simulators.Smtp;

/// <summary>Reads the parts of MAIL and RCPT.</summary>
internal static partial class SmtpCommand
{
    /// <summary>What stands between the angle brackets; empty for the null path, null when the line is not of that form.</summary>
    public static string? Address(string line) => Path().Match(line) is { Success: true } match ? match.Groups["path"].Value : null;

    /// <summary>The value of an ESMTP parameter, or null.</summary>
    public static string? Parameter(string line, string name) => line
        .Split(' ')
        .Where(word => word.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
        .Select(word => word[(name.Length + 1)..])
        .FirstOrDefault();

    public static long Size(string line) =>
        long.TryParse(Parameter(line, "SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    [GeneratedRegex("^(MAIL FROM|RCPT TO):<(?<path>([^<>@\\s]+@[^<>@\\s]+)?)>( [A-Z0-9]+=[\\x21-\\x3c\\x3e-\\x7e]+)*\\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Path();
}
