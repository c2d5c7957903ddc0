using CrmSync.Console.Texts;

namespace CrmSync.Console.Hosting;

/// <summary>What a user chose for this browser: language and colours. Kept in two cookies that tell nothing else.</summary>
/// <param name="Theme"><c>light</c>, <c>dark</c>, or <c>system</c>.</param>
internal sealed record Preferences(string Language, string Theme)
{
    public const string LanguageCookie = "crmsync-language";
    public const string ThemeCookie = "crmsync-theme";
    public const string SystemTheme = "system";

    public static readonly IReadOnlyList<string> Themes = [SystemTheme, "light", "dark"];

    /// <summary>The cookies' word, else the browser's.</summary>
    public static Preferences Of(HttpRequest request)
    {
        var language = request.Cookies[LanguageCookie] is { } chosen && Speech.Knows(chosen) ? chosen : FromBrowser(request);
        var theme = request.Cookies[ThemeCookie] is { } colours && Themes.Contains(colours, StringComparer.Ordinal) ? colours : SystemTheme;
        return new Preferences(language, theme);
    }

    /// <summary>Sets the cookies from the form in the user menu, and goes back to where it was sent from.</summary>
    public static async Task<IResult> SaveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (language, theme) = (form["language"].ToString(), form["theme"].ToString());
        var cookie = new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        };
        if (Speech.Knows(language))
        {
            context.Response.Cookies.Append(LanguageCookie, language, cookie);
        }

        if (Themes.Contains(theme, StringComparer.Ordinal))
        {
            context.Response.Cookies.Append(ThemeCookie, theme, cookie);
        }

        return Results.LocalRedirect(Back(context.Request));
    }

    private static string FromBrowser(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString().Split('-')[0])
        .FirstOrDefault(Speech.Knows) ?? Speech.English;

    private static string Back(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var from)
        && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            ? from.PathAndQuery
            : "/";
}
