using System.Net;
using System.Net.Http.Json;
using CrmSync.Mail.Smtp;

namespace CrmSync.Connectors.Email;

/// <summary>Access tokens for SMTP, kept until shortly before they expire, fetched by one caller at a time.</summary>
internal sealed class OAuthTokens(EmailOAuthOptions options, string mailbox, IHttpClientFactory clients, TimeProvider clock)
    : IAccessTokenSource, IDisposable
{
    public const string ClientName = "CrmSync.Email.OAuth";

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private string? _token;
    private DateTimeOffset _freshUntil;

    public async ValueTask<string> GetAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (_token is { } token && clock.GetUtcNow() < _freshUntil)
            {
                return token;
            }

            var answer = await FetchAsync(cancel);
            _freshUntil = clock.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn) - Margin;
            return _token = answer.AccessToken!;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    public void Forget(string token) => Interlocked.CompareExchange(ref _token, null, token);

    private async Task<OAuthAnswer> FetchAsync(CancellationToken cancel)
    {
        var request = OAuthRequest.Create(options, mailbox, clock.GetUtcNow());
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var form = new FormUrlEncodedContent(request.Form);
            using var response = await client.PostAsync(request.Url, form, cancel);
            return response.IsSuccessStatusCode
                && await response.Content.ReadFromJsonAsync(OAuthJson.Default.OAuthAnswer, cancel) is { AccessToken.Length: > 0 } answer
                    ? answer
                    : throw await RefusalAsync(response, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new AccessTokenException("The token server could not be reached, or gave no token.", isTransient: true);
        }
    }

    // RFC 6749 section 5.2. The description may name accounts: only the code is kept.
    private static async Task<AccessTokenException> RefusalAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var isTransient = response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
        var code = string.Empty;
        if (!isTransient && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            code = (await response.Content.ReadFromJsonAsync(OAuthJson.Default.OAuthAnswer, cancel))?.Error;
        }

        return new AccessTokenException($"The token server answered {(int)response.StatusCode} {code}".TrimEnd() + ".", isTransient);
    }
}
