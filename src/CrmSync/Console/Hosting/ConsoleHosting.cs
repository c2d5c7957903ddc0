using CrmSync.Console.Access;
using CrmSync.Console.Layout;
using CrmSync.Console.Texts;
using CrmSync.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Radzen;

namespace CrmSync.Console.Hosting;

/// <summary>The console as part of the worker: its services, what every request passes, and its endpoints.</summary>
internal static class ConsoleHosting
{
    public const string SetupPath = "/setup";

    /// <summary>A template may be 64 kB; SignalR's own limit is half of that.</summary>
    private const int MessageBytesMax = 256 * 1024;

    public static void AddConsole(this WebApplicationBuilder builder, ConsoleOptions options, string keyFolder)
    {
        // The build's own list of where each file lies; a published worker has them in wwwroot and no such list.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);

        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton<SetupToken>();
        services.AddScoped<Speech>();
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits => circuits.DetailedErrors = false)
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MessageBytesMax);
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie => Shape(cookie, options));
        services.AddAuthorization(ConsolePolicies.Add);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "crmsync-antiforgery";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddDataProtection().SetApplicationName("crmsync").PersistKeysToFileSystem(KeyFolder.Prepare(keyFolder));

        // It warns that the keys lie there unencrypted, as they do: readable by this user only, like the ledger's own key.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    /// <summary>In the order a request passes: what every answer carries, which door, who it is, whether they may.</summary>
    public static void UseConsole(this WebApplication app, Doors doors)
    {
        app.UseWhen(doors.IsConsole, console =>
        {
            console.Use(SecurityHeaders.AddAsync);
            console.Use(CrossSiteGuard.FilterAsync);
            console.UseExceptionHandler("/error", createScopeForErrors: true);
            console.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        });
        app.UseRouting();
        app.Use(doors.FilterAsync);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            // Nothing secret is compressed together with what a stranger wrote.
            server.DisableWebSocketCompression = true;
            server.ContentSecurityFrameAncestorsPolicy = "'none'";
        });
        var forms = app.MapGroup(string.Empty).AddEndpointFilter<AntiforgeryFilter>();
        forms.MapPost("/preferences", Preferences.Save).AllowAnonymous();
        forms.MapPost("/sign-out", (Delegate)SignOutAsync);
    }

    private static void Shape(CookieAuthenticationOptions cookie, ConsoleOptions options)
    {
        cookie.Cookie.Name = "crmsync-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = options.SessionIdle;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = SetupPath;
        cookie.ReturnUrlParameter = "back";
        cookie.Events.OnRedirectToLogin = context => Refuse(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    // A person who opens a page is led to the login; everything else gets a status code.
    private static Task Refuse(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync();
        return Results.LocalRedirect(SetupPath);
    }
}
