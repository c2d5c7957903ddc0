using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Simulators.Salesforce;

/// <summary><c>/services/oauth2/*</c> and the identity address. Errors are <c>{"error","error_description"}</c>, not the REST array.</summary>
internal sealed class OAuthEndpoints(Org org, AccessTokens tokens, RollingCounter logins)
{
    private const string JwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/services/oauth2/token", TokenAsync);
        routes.MapPost("/services/oauth2/revoke", RevokeAsync);
        routes.MapPost("/services/oauth2/introspect", IntrospectAsync);
        routes.MapGet("/services/oauth2/userinfo", UserAsync);
        routes.MapGet("/id/{organization}/{user}", UserAsync);
    }

    private async Task TokenAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, ("unsupported_grant_type", "grant type not supported"));
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!logins.TrySpend(1, org.LoginsPerHourMax))
        {
            await RefuseAsync(context, ("invalid_grant", "login rate exceeded"));
            return;
        }

        var refusal = org.Rules.LoginRefusal ?? form["grant_type"].ToString() switch
        {
            JwtGrant => JwtAssertion.Check(
                form["assertion"].ToString(), org.Options, [.. org.Options.Audiences, BaseOf(context)], org.Clock.GetUtcNow()),
            "client_credentials" => CheckSecret(context, form),
            "refresh_token" => CheckSecret(context, form)
                ?? (form["refresh_token"] == org.Options.RefreshToken ? null : ("invalid_grant", "expired access/refresh token")),
            "password" => CheckSecret(context, form)
                ?? (form["username"] == org.Options.Username && form["password"] == org.Options.Password + org.Options.SecurityToken
                    ? null
                    : ("invalid_grant", "authentication failure")),
            _ => ("unsupported_grant_type", "grant type not supported"),
        };
        await (refusal is { } reason ? RefuseAsync(context, reason) : GrantAsync(context, form["grant_type"] != JwtGrant));
    }

    private (string, string)? CheckSecret(HttpContext context, IFormCollection form)
    {
        var (id, secret) = BasicCredentials(context) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        return id != org.Options.ClientId ? ("invalid_client_id", "client identifier invalid")
            : secret != org.Options.ClientSecret ? ("invalid_client", "invalid client credentials")
            : null;
    }

    private static (string Id, string Secret)? BasicCredentials(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..])).Split(':', 2);
        return (pair[0], pair.ElementAtOrDefault(1) ?? string.Empty);
    }

    // JWT answers neither issued_at nor a refresh token; the other flows add signature and issued_at.
    private Task GrantAsync(HttpContext context, bool signed)
    {
        var answer = new JsonObject
        {
            ["access_token"] = tokens.Issue(org.OrganizationId),
            ["scope"] = "api",
            ["instance_url"] = BaseOf(context),
            ["id"] = $"{BaseOf(context)}/id/{org.OrganizationId}/{org.UserId}",
            ["token_type"] = "Bearer",
        };
        if (signed)
        {
            answer["signature"] = "c2ltdWxhdGVk";
            answer["issued_at"] = org.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        }

        return context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        tokens.Revoke(form["token"].ToString());
    }

    private async Task IntrospectAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await context.Response.WriteAsJsonAsync(
            new JsonObject { ["active"] = tokens.IsValid(form["token"]), ["client_id"] = org.Options.ClientId, ["username"] = org.Options.Username },
            context.RequestAborted);
    }

    private Task UserAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..] : context.Request.Query["oauth_token"].ToString();
        if (!tokens.IsValid(token))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync("Bad_OAuth_Token", context.RequestAborted);
        }

        return context.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["user_id"] = org.UserId,
                ["organization_id"] = org.OrganizationId,
                ["username"] = org.Options.Username,
                ["preferred_username"] = org.Options.Username,
            },
            context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, (string Error, string Description) reason)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsJsonAsync(
            new JsonObject { ["error"] = reason.Error, ["error_description"] = reason.Description }, context.RequestAborted);
    }

    private static string BaseOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
