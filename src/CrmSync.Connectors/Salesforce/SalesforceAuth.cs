using CrmSync.Connectors.Shared;

namespace CrmSync.Connectors.Salesforce;

/// <summary>A session at Salesforce.</summary>
/// <param name="Instance">The org's address as the token answer gave it; it can change with an org migration, so it is never configured.</param>
/// <param name="Generation">Counts logins: a 401 for an older generation needs no further login.</param>
internal sealed record SalesforceSession(string Token, Uri Instance, long Generation);

/// <summary>
/// Who CrmSync is at Salesforce, by JWT bearer or client credentials. One session for the connector; tokens carry no expiry, so a 401 tells.
/// Logins are single-flight and at most <see cref="LoginsPerHourMax"/> an hour: Salesforce blocks a user after 3,600.
/// </summary>
internal sealed class SalesforceAuth(SalesforceOptions options, SalesforceHttp http, TimeProvider clock)
{
    private const int LoginsPerHourMax = 360;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<DateTimeOffset> _logins = new();
    private readonly ReadPipeline _requests = new(clock);
    private volatile SalesforceSession? _session;

    private Uri Address => SalesforceHosts.ApiAddress(options.Url!);

    /// <param name="refused">The session that was answered 401; it is not given again.</param>
    public async Task<SalesforceReply<SalesforceSession>> SignInAsync(SalesforceSession? refused, CancellationToken cancel)
    {
        if (Usable(refused) is { } held)
        {
            return new(held, Trouble: null);
        }

        try
        {
            await _turn.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return SalesforceReply<SalesforceSession>.Of(new SalesforceTrouble(SalesforceTroubleKind.Stopped));
        }

        try
        {
            return Usable(refused) is { } fresh ? new(fresh, Trouble: null) : await LoginAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    private SalesforceSession? Usable(SalesforceSession? refused) =>
        _session is { } session && session.Generation > (refused?.Generation ?? 0) ? session : null;

    private async Task<SalesforceReply<SalesforceSession>> LoginAsync(CancellationToken cancel)
    {
        if (!MayLogin())
        {
            return SalesforceReply<SalesforceSession>.Of(new SalesforceTrouble(SalesforceTroubleKind.SignInFailed)
            {
                Code = "login_guard",
                Text = "CrmSync stopped signing in: its sessions end as soon as they begin.",
            });
        }

        return Read(await _requests.RunAsync(RequestAsync, () => SalesforceReply<TokenAnswer>.GivenUp(cancel), cancel));
    }

    private Task<SalesforceReply<TokenAnswer>> RequestAsync(CancellationToken cancel) => http.SendAsync(
        () => new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/services/oauth2/token")) { Content = new FormUrlEncodedContent(Form()) },
        SalesforceJson.Wire.TokenAnswer,
        seen: null,
        cancel);

    private SalesforceReply<SalesforceSession> Read(SalesforceReply<TokenAnswer> reply)
    {
        if (reply.Value is { AccessToken: { Length: > 0 } token, InstanceUrl: { IsAbsoluteUri: true } instance } && SalesforceHttp.IsSafe(instance))
        {
            return new(_session = new SalesforceSession(token, instance, (_session?.Generation ?? 0) + 1), Trouble: null);
        }

        // A login writes nothing: without an answer it is as if it had not been sent.
        return SalesforceReply<SalesforceSession>.Of(reply.Trouble switch
        {
            null => new SalesforceTrouble(SalesforceTroubleKind.SignInFailed) { Text = "The token answer holds no token or no safe address." },
            { Kind: SalesforceTroubleKind.Answered, Code: not null } refusal => refusal with { Kind = SalesforceTroubleKind.SignInFailed },
            { Kind: SalesforceTroubleKind.Unanswered } lost => lost with { Kind = SalesforceTroubleKind.NeverSent },
            var other => other,
        });
    }

    private Dictionary<string, string> Form() => options.ClientSecret is { } secret
        ? new(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.ClientId!,
            ["client_secret"] = secret.Reveal(),
        }
        : new(StringComparer.Ordinal)
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = SalesforceKey.Assertion(options, Audience(), clock.GetUtcNow()),
        };

    // Help, "OAuth 2.0 JWT Bearer Flow": login for production, test for sandboxes.
    private string Audience() => options.Audience
        ?? (Address.IdnHost.Contains(".sandbox.", StringComparison.OrdinalIgnoreCase) ? "https://test.salesforce.com" : "https://login.salesforce.com");

    private bool MayLogin()
    {
        var now = clock.GetUtcNow();
        while (_logins.TryPeek(out var oldest) && now - oldest > TimeSpan.FromHours(1))
        {
            _logins.Dequeue();
        }

        if (_logins.Count >= LoginsPerHourMax)
        {
            return false;
        }

        _logins.Enqueue(now);
        return true;
    }
}
