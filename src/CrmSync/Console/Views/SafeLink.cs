namespace CrmSync.Console.Views;

/// <summary>Decides which addresses become links: those of a connector's own answers, over http or https.</summary>
public static class SafeLink
{
    public static string? Of(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address.AbsoluteUri : null;
}
