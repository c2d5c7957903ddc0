using System.Text.Encodings.Web;
using CrmSync.Ledger.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CrmSync.Console.Access;

/// <summary>Set on requests whose other end is a trusted proxy, before the proxy's headers change what the other end looks like.</summary>
internal sealed class FromProxy
{
    private static readonly FromProxy Mark = new();

    public static Task NoteAsync(HttpContext context, ProxyOptions options, RequestDelegate next)
    {
        if (context.Connection.RemoteIpAddress is { } peer)
        {
            var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
            if (options.Networks.Any(network => network.Contains(address)))
            {
                context.Features.Set(Mark);
            }
        }

        return next(context);
    }

    public static bool Is(HttpContext context) => context.Features.Get<FromProxy>() is not null;
}

/// <summary>The login that a trusted proxy has done: its headers name the user and the groups. From anywhere else the headers count for nothing.</summary>
internal sealed class ProxyLogin(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ConsoleOptions console)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Proxy";

    private const int NameLengthMax = 200;

    public static bool Answers(HttpContext context, ProxyOptions proxy) =>
        proxy.LogsIn && FromProxy.Is(context) && !string.IsNullOrWhiteSpace(context.Request.Headers[proxy.UserHeader!]);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var proxy = console.Proxy;
        var name = Request.Headers[proxy.UserHeader!].ToString().Trim();
        if (!Answers(Context, proxy) || name.Length > NameLengthMax)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var groups = proxy.GroupsHeader is null ? [] : Request.Headers[proxy.GroupsHeader]
            .SelectMany(line => (line ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (RoleOf(groups) is not { } role)
        {
            return Task.FromResult(AuthenticateResult.Fail("None of the user's groups has a role here."));
        }

        var visitor = new Visitor(name, role, proxy.SeePersonal.Any(groups.Contains), ConsoleLogin.AddressOf(Context));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(ConsoleClaims.Principal(SchemeName, visitor), SchemeName)));
    }

    // The proxy has logged the user in: there is nothing to ask for here.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private ConsoleRole? RoleOf(HashSet<string> groups)
    {
        var roles = console.Proxy.Roles.Where(entry => groups.Contains(entry.Key)).Select(entry => (ConsoleRole?)entry.Value);
        return roles.Append(console.Proxy.DefaultRole).Max();
    }
}
