using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CrmSync.Connectors.Shared;
using CrmSync.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace CrmSync.Connectors.Zendesk;

/// <summary>
/// Who CrmSync is at Zendesk. OAuth client credentials: the token is kept, renewed at 80 % of its life by one caller at a time, and once
/// more when Zendesk does not take it. Or the legacy API token, which needs no call.
/// </summary>
internal sealed partial class ZendeskAuth : IDisposable
{
    /// <summary>Asked for when the account does not say how long its tokens live (OAuth reference: 30 minutes for new clients).</summary>
    private static readonly TimeSpan LifeAssumed = TimeSpan.FromMinutes(5);

    private readonly ZendeskOptions _options;
    private readonly ZendeskHttp _http;
    private readonly TimeProvider _clock;
    private readonly ReadPipeline _requests;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Grant? _grant;

    public ZendeskAuth(string connector, ZendeskOptions options, ZendeskHttp http, TimeProvider clock, ILogger logger)
    {
        _options = options;
        _http = http;
        _clock = clock;
        _requests = new ReadPipeline(clock);

        if (IsLegacy)
        {
            Log.LegacyToken(logger, connector, ZendeskLimits.ApiTokensEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    public bool IsLegacy => _options.ApiToken is not null;

    /// <summary>The scopes of the token in hand; null before the first one and with an API token.</summary>
    public string? Scope => _grant?.Scope;

    /// <summary>The header to send. With <paramref name="refused"/>, a token Zendesk did not take, another one is asked for.</summary>
    public async Task<ZendeskReply<AuthenticationHeaderValue>> SignInAsync(AuthenticationHeaderValue? refused, CancellationToken cancel)
    {
        if (_options is { ApiToken: { } token, ApiTokenUser: { } user })
        {
            return new(Basic(user, token), Trouble: null);
        }

        if (_grant is { } held && IsGood(held, refused))
        {
            return new(held.Header, Trouble: null);
        }

        try
        {
            await _turn.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return new(Value: null, new ZendeskTrouble(ZendeskTroubleKind.Stopped));
        }

        try
        {
            return _grant is { } fresh && IsGood(fresh, refused) ? new(fresh.Header, Trouble: null) : await AskAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool IsGood(Grant grant, AuthenticationHeaderValue? refused) =>
        _clock.GetUtcNow() < grant.RenewAt && !grant.Header.Equals(refused);

    private async Task<ZendeskReply<AuthenticationHeaderValue>> AskAsync(CancellationToken cancel)
    {
        var asked = _clock.GetUtcNow();
        var reply = await _requests.RunAsync(RequestAsync, () => ZendeskReply<TokenReply>.GivenUp(cancel), cancel);

        if (reply.Value is not { AccessToken: { Length: > 0 } token } answer)
        {
            return new(Value: null, reply.Trouble switch
            {
                { Kind: ZendeskTroubleKind.Answered, Status: < System.Net.HttpStatusCode.InternalServerError and not System.Net.HttpStatusCode.TooManyRequests } =>
                    reply.Trouble with { Kind = ZendeskTroubleKind.SignInFailed },
                null => new ZendeskTrouble(ZendeskTroubleKind.SignInFailed),
                _ => reply.Trouble with { Kind = reply.Trouble.Kind is ZendeskTroubleKind.Unanswered ? ZendeskTroubleKind.NeverSent : reply.Trouble.Kind },
            });
        }

        var life = answer.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : LifeAssumed;
        _grant = new Grant(new AuthenticationHeaderValue("Bearer", token), asked + (life * 0.8), answer.Scope);
        return new(_grant.Header, Trouble: null);
    }

    private async Task<ZendeskReply<TokenReply>> RequestAsync(CancellationToken cancel)
    {
        var request = new TokenRequest("client_credentials", _options.ClientId!, _options.ClientSecret!.Reveal(), _options.Scope);
        var (reply, _) = await _http.SendAsync(
            () => _http.Json(HttpMethod.Post, "oauth/tokens", request, ZendeskJson.Default.TokenRequest),
            ZendeskJson.Default.TokenReply,
            cancel);
        return reply;
    }

    private static AuthenticationHeaderValue Basic(string user, Secret token) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}/token:{token.Reveal()}")));

    private sealed record Grant(AuthenticationHeaderValue Header, DateTimeOffset RenewAt, string? Scope);

    private static partial class Log
    {
        [LoggerMessage(
            700,
            LogLevel.Warning,
            "zendesk.legacy_token {Connector} signs in with an API token; Zendesk turns all of them off on {EndsOn}: make an OAuth client")]
        public static partial void LegacyToken(ILogger logger, string connector, string endsOn);
    }
}
