using System.Net;
using System.Text.RegularExpressions;

namespace CrmSync.Simulators.Zendesk;

/// <summary>The two readings of a comment: <c>body</c> is its text, <c>html_body</c> is wrapped in one div.</summary>
internal static partial class ZendeskHtml
{
    public static string FromText(string text) =>
        $"<p dir=\"auto\">{WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>")}</p>";

    public static string ToText(string html) =>
        WebUtility.HtmlDecode(Tag().Replace(Block().Replace(html, "\n"), "")).Trim();

    [GeneratedRegex(@"<br\s*/?>|</(p|div|h\d|li|tr|ul|ol|table)>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();
}
