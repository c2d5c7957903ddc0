namespace CrmSync.Console.Hosting;

/// <summary>
/// Turns away what other sites make a browser send, beside antiforgery tokens and SameSite cookies: anything but opening a page.
/// Old browsers that send none of these headers are left to the other two.
/// </summary>
internal static class CrossSiteGuard
{
    public static Task FilterAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsFromElsewhere(context.Request) || IsOpeningAPage(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // https://www.w3.org/TR/fetch-metadata/: same-site is another host of the same domain, which is not us either.
    private static bool IsFromElsewhere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "cross-site" or "same-site")
        {
            return true;
        }

        // A web socket sends Origin always, and Sec-Fetch-Site not in every browser.
        var origin = request.Headers.Origin.ToString();
        return site.Length == 0 && origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOpeningAPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";
}
