using System.Text.RegularExpressions;

namespace CrmSync.Core.Rendering.Redaction;

/// <summary>Finds telephone numbers and mail addresses in text that people wrote. Rather takes a long order number than leaves a number.</summary>
internal static class PersonalText
{
    private const int DigitsMax = 15; // E.164
    private const int DigitsMin = 9;
    private const int InternationalDigitsMin = 7;
    private const int DigitsShown = 4;

    private static readonly Regex PhoneLike = new(
        @"\+?\(?[0-9](?:[ \u00A0().\-]{0,3}[0-9]){6,}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex EmailLike = new(
        @"[\p{L}\p{N}._%+'\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex DateFirst = new(
        @"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[.\-][0-9]{1,2}[.\-][0-9]{4})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static string ReplaceEmails(string text, Func<string, string> replace) =>
        text.Contains('@', StringComparison.Ordinal) ? EmailLike.Replace(text, match => replace(match.Value)) : text;

    public static string ReplacePhones(string text, Func<string, string> replace) =>
        PhoneLike.Replace(text, match => IsPhone(text, match) ? replace(match.Value) : match.Value);

    /// <summary><c>***0147</c></summary>
    public static string MaskPhone(string phone) => MaskEnd(new string([.. phone.Where(char.IsDigit)]));

    /// <summary><c>***@example.org</c></summary>
    public static string MaskEmail(string email) =>
        email.LastIndexOf('@') is var at and >= 0 ? $"***{email[at..]}" : "***";

    /// <summary>The last four of eight characters or more; of less, none.</summary>
    public static string MaskEnd(string text) => text.Length >= 2 * DigitsShown ? $"***{text[^DigitsShown..]}" : "***";

    private static bool IsPhone(string text, Match match)
    {
        var digits = match.ValueSpan.Count(char.IsAsciiDigit);
        var international = match.ValueSpan[0] is '+';
        return digits <= DigitsMax
            && digits >= (international ? InternationalDigitsMin : DigitsMin)
            && (international || !DateFirst.IsMatch(match.ValueSpan))
            && !IsPartOfWord(text, match.Index - 1)
            && !IsPartOfWord(text, match.Index + match.Length);
    }

    private static bool IsPartOfWord(string text, int at) =>
        at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_');

    private static int Count(this ReadOnlySpan<char> text, Func<char, bool> counts)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += counts(c) ? 1 : 0;
        }

        return count;
    }
}
