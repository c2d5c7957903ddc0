using System.Text.RegularExpressions;

namespace CrmSync.Console.Access;

/// <summary>How accounts are called: short, in lower case, and the same however they are typed.</summary>
internal static partial class AccountNames
{
    public const int LengthMax = 64;

    public static string Normalize(string? typed) => (typed ?? string.Empty).Trim().ToLowerInvariant();

    public static bool IsValid(string name) => Form().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._@+-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Form();
}
