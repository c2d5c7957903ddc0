using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmSync.Simulators.Zendesk;

/// <summary>An OAuth client as an admin makes it in Admin Center.</summary>
/// <param name="Scopes">Most a token of this client may be given.</param>
public sealed record ZendeskOAuthClient(string Id, string Secret, string Scopes = ZendeskOAuthClient.Everything)
{
    public const string Everything = "read write";
}

/// <summary>
/// <c>POST /oauth/tokens</c> with client credentials, bearer tokens with an expiry, and the legacy API token. Guarded by the account's lock.
/// </summary>
internal sealed class ZendeskTokens(ZendeskSettings settings, TimeProvider clock)
{
    private const int LifeSecondsMin = 300;
    private const int LifeSecondsMax = 172_800;
    private const int LifeSecondsDefault = 1_800;

    private readonly Dictionary<string, (DateTimeOffset ExpiresAt, string Scope)> _tokens = new(StringComparer.Ordinal);
    private int _last;

    public void ExpireAll() => _tokens.Clear();

    public ZendeskAnswer Grant(string contentType, byte[] body)
    {
        if (!TryReadForm(contentType, body, out var form))
        {
            return Refuse(400, "invalid_request", "The request is missing a required parameter, or is otherwise malformed.");
        }

        if (form.GetValueOrDefault("grant_type") != "client_credentials")
        {
            return Refuse(400, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server.");
        }

        var client = settings.Clients.FirstOrDefault(known => known.Id == form.GetValueOrDefault("client_id"));

        if (client is null || client.Secret != form.GetValueOrDefault("client_secret"))
        {
            return Refuse(401, "invalid_client", "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.");
        }

        return TryReadLife(form.GetValueOrDefault("expires_in"), out var seconds)
            ? Grant(Granted(form.GetValueOrDefault("scope"), client.Scopes), seconds)
            : Refuse(400, "invalid_request", $"expires_in must be between {LifeSecondsMin} and {LifeSecondsMax} seconds.");
    }

    /// <summary>The scope the caller holds; null when the credentials are no good. Basic with a password is no longer accepted.</summary>
    public string? Scope(string? authorization)
    {
        if (authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) is true)
        {
            return _tokens.TryGetValue(authorization["Bearer ".Length..].Trim(), out var token) && token.ExpiresAt > clock.GetUtcNow()
                ? token.Scope
                : null;
        }

        return authorization?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) is true
            && settings.ApiToken is { } known
            && Decode(authorization["Basic ".Length..]) is { } pair
            && pair.EndsWith($"/token:{known}", StringComparison.Ordinal)
                ? "read write"
                : null;
    }

    /// <summary>What the client may give. Words nobody knows are granted too, and refused later, when they are used.</summary>
    private static string Granted(string? asked, string most) => asked is null || most == ZendeskOAuthClient.Everything
        ? asked ?? most
        : string.Join(' ', asked.Split(' ').Intersect(most.Split(' '), StringComparer.Ordinal));

    private ZendeskAnswer Grant(string scope, int seconds)
    {
        var name = $"sim-token-{++_last:D6}";
        _tokens[name] = (clock.GetUtcNow().AddSeconds(seconds), scope);
        return ZendeskAnswer.Ok(new JsonObject
        {
            ["access_token"] = name,
            ["token_type"] = "bearer",
            ["scope"] = scope,
            ["expires_in"] = seconds,
        });
    }

    private static bool TryReadLife(string? text, out int seconds)
    {
        seconds = LifeSecondsDefault;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
            && seconds is >= LifeSecondsMin and <= LifeSecondsMax);
    }

    private static bool TryReadForm(string contentType, byte[] body, [NotNullWhen(true)] out Dictionary<string, string>? form)
    {
        form = null;

        if (contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body))
                .ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        }
        else if (ZendeskCall.TryParse(body, out var json) && json.ValueKind is JsonValueKind.Object)
        {
            form = json.EnumerateObject()
                .ToDictionary(member => member.Name, member => member.Value.ToString(), StringComparer.Ordinal);
        }

        return form is not null;
    }

    private static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.Trim(), bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }

    private static ZendeskAnswer Refuse(int status, string error, string description) => new(status, new JsonObject
    {
        ["error"] = error,
        ["error_description"] = description,
    });
}
