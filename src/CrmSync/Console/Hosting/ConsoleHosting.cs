using CrmSync.Console.Access;
using CrmSync.Console.Layout;
using CrmSync.Console.Texts;
using CrmSync.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.HttpOverrides;
using Radzen;

namespace CrmSync.Console.Hosting;

/// <summary>The console as part of the worker: its services, what every request passes, and its endpoints.</summary>
internal static class ConsoleHosting
{
    public const string SetupPath = "/setup";
    public const string SignInPath = "/sign-in";
    public const string PasswordPath = "/password";

    private const string AnyScheme = "Console";

    /// <summary>A template may be 64 kB; SignalR's own limit is half of that.</summary>
    private const int MessageBytesMax = 256 * 1024;

    public static void AddConsole(this WebApplicationBuilder builder, ConsoleOptions options, string keyFolder)
    {
        // The build's own list of where each file lies; a published worker has them in wwwroot and no such list.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);

        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton<SetupToken>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<ConsoleLogin>();
        services.AddScoped<Speech>();
        services.AddScoped<ConsoleGuard>();
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits => circuits.DetailedErrors = false)
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MessageBytesMax);
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitLogin>();
        services.AddScoped<CircuitHandler, CircuitActivity>();
        services.AddAuthentication(AnyScheme)
            .AddPolicyScheme(AnyScheme, displayName: null, any => any.ForwardDefaultSelector = context =>
                ProxyLogin.Answers(context, options.Proxy) ? ProxyLogin.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ProxyLogin>(ProxyLogin.SchemeName, configureOptions: null)
            .AddCookie(cookie => Shape(cookie, options));
        services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, options.Proxy));
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
        var proxy = app.Services.GetRequiredService<ConsoleOptions>().Proxy;
        app.UseWhen(doors.IsConsole, console =>
        {
            console.Use((context, next) => FromProxy.NoteAsync(context, proxy, next));
            console.UseForwardedHeaders();
            console.Use(SecurityHeaders.AddAsync);
            console.Use(CrossSiteGuard.FilterAsync);
            console.UseExceptionHandler("/error", createScopeForErrors: true);
            console.UseWhen(
                context => HttpMethods.IsGet(context.Request.Method),
                pages => pages.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true));
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
        forms.MapPost("/preferences", (Delegate)Preferences.SaveAsync).AllowAnonymous();
        forms.MapPost("/sign-out", (Delegate)SignOutAsync).RequireAuthorization(ConsolePolicies.SignedIn);
    }

    private static void Shape(CookieAuthenticationOptions cookie, ConsoleOptions options)
    {
        cookie.Cookie.Name = "crmsync-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // The session's own end; that it was not used for a while, the store knows better than a cookie that no click renews.
        cookie.ExpireTimeSpan = options.SessionMax;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = SignInPath;
        cookie.ReturnUrlParameter = "back";
        cookie.Events.OnValidatePrincipal = context =>
            context.HttpContext.RequestServices.GetRequiredService<ConsoleLogin>().ValidateAsync(context, context.HttpContext.RequestAborted);
        cookie.Events.OnRedirectToLogin = context => LeadTo(context.RedirectUri, context.HttpContext, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => LeadTo(
            context.HttpContext.User.MustChangePassword() ? PasswordPath : null, context.HttpContext, StatusCodes.Status403Forbidden);
    }

    // A person who opens a page is led on; everything else gets a status code.
    private static Task LeadTo(string? address, HttpContext context, int status)
    {
        if (address is not null
            && HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect(address);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }

    private static void Trust(ForwardedHeadersOptions forwarded, ProxyOptions proxy)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in proxy.Networks)
        {
            forwarded.KnownIPNetworks.Add(network);
        }
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, ConsoleLogin login)
    {
        await login.SignOutAsync(context);
        return Results.LocalRedirect(SignInPath);
    }
}
