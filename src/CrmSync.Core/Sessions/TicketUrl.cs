using System.Globalization;

namespace CrmSync.Core.Sessions;

/// <summary>Reads a ticket's URL without knowing the CRM: which host, and which parts may be the record's id.</summary>
internal static class TicketUrl
{
    /// <summary>No CRM's id is longer; a longer part is a token or a session.</summary>
    private const int IdLengthMax = 64;

    private static readonly char[] Separators = ['/', '?', '&', '=', '#', '!', ';', ',', ':'];

    /// <summary>The host in lower case, or null when this is no http(s) address.</summary>
    public static string? HostOf(string? url)
    {
        try
        {
            return Parse(url)?.IdnHost.ToLower(CultureInfo.InvariantCulture) is { Length: > 0 } host ? host : null;
        }
        catch (UriFormatException)
        {
            // A host in letters that no domain name can have is found out only when it is asked for.
            return null;
        }
    }

    /// <summary>Parts of path, query and fragment with a digit in them; the last is the most likely. Braces of a GUID are left out.</summary>
    public static IEnumerable<string> IdsIn(string? url)
    {
        if (Parse(url) is not { } address)
        {
            return [];
        }

        // Unescaped twice: ServiceNow links carry the real address, escaped, in a parameter.
        var text = Uri.UnescapeDataString(Uri.UnescapeDataString(address.PathAndQuery + address.Fragment));
        return text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Trim('{', '}', '"', '\''))
            .Where(IsIdLike)
            .Reverse();
    }

    private static Uri? Parse(string? url) =>
        url is { Length: <= 2048 } && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
                ? address
                : null;

    private static bool IsIdLike(string part) =>
        part.Length <= IdLengthMax && part.Any(char.IsAsciiDigit) && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
