namespace CrmSync.Connectors.Salesforce;

/// <summary>The names one org is reached by: My Domain for the API, Lightning for people, and what the admin adds.</summary>
internal sealed class SalesforceHosts(Uri url, IEnumerable<string> more)
{
    private const string ApiSuffix = ".my.salesforce.com";

    private static readonly string[] UiSuffixes = [".lightning.force.com", ".my.salesforce.com", ".my.site.com", ".salesforce-setup.com"];

    private readonly HashSet<string> _names = [.. NamesOf(url.IdnHost), .. more.Select(h => h.ToLowerInvariant())];

    /// <summary>Whether a link of a session leads to this org; a link without a host decides nothing.</summary>
    public bool Accepts(string? host) => host is null || _names.Contains(host);

    /// <summary>The address for the API: <c>*.lightning.force.com</c> is where people work, the API is at <c>*.my.salesforce.com</c>.</summary>
    public static Uri ApiAddress(Uri configured)
    {
        var host = configured.IdnHost;
        return host.EndsWith(UiSuffixes[0], StringComparison.OrdinalIgnoreCase)
            ? new UriBuilder(configured) { Host = host[..^UiSuffixes[0].Length] + ApiSuffix, Path = "/" }.Uri
            : new Uri(configured, "/");
    }

    private static IEnumerable<string> NamesOf(string host)
    {
        var name = host.ToLowerInvariant();
        var suffix = Array.Find(UiSuffixes, s => name.EndsWith(s, StringComparison.Ordinal));
        return suffix is null ? [name] : UiSuffixes.Select(s => name[..^suffix.Length] + s);
    }
}
