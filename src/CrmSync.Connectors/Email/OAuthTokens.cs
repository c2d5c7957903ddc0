using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using CrmSync.Connectors.Shared;
using CrmSync.Mail.Smtp;

namespace CrmSync.Connectors.Email;

/// <summary>Access tokens for SMTP, kept until shortly before they expire, fetched by one caller at a time, within what the server asks for.</summary>
internal sealed class OAuthTokens(EmailOAuthOptions options, string mailbox, IHttpClientFactory clients, TimeProvider clock)
    : IAccessTokenSource, IDisposable
{
    public const string ClientName = "CrmSync.Email.OAuth";

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ReadPipeline _requests = new(clock);
    private string? _token;
    private DateTimeOffset _freshUntil;
    private DateTimeOffset _askAgainAt;

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
        if (clock.GetUtcNow() < _askAgainAt)
        {
            throw new AccessTokenException("The token server asked to wait.", isTransient: true);
        }

        var reply = await _requests.RunAsync(SendAsync, static () => TokenReply.Unreachable, cancel);
        cancel.ThrowIfCancellationRequested();
        _askAgainAt = clock.GetUtcNow() + (reply.Wait ?? TimeSpan.Zero);
        return reply.Answer ?? throw new AccessTokenException(reply.Refusal!, reply.IsTransient);
    }

    // A new assertion for each try: one that expired on the way would be refused.
    private async Task<TokenReply> SendAsync(CancellationToken cancel)
    {
        OAuthRequest request;
        try
        {
            request = OAuthRequest.Create(options, mailbox, clock.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or JsonException)
        {
            return new TokenReply(null, "The key or certificate file for the token cannot be used.", IsTransient: false, MayPass: false);
        }

        try
        {
            using var client = clients.CreateClient(ClientName);
            using var form = new FormUrlEncodedContent(request.Form);
            using var response = await client.PostAsync(request.Url, form, cancel);
            return response.IsSuccessStatusCode
                && await response.Content.ReadFromJsonAsync(OAuthJson.Default.OAuthAnswer, cancel) is { AccessToken.Length: > 0 } answer
                    ? TokenReply.Of(answer)
                    : await RefusalAsync(response, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return TokenReply.Unreachable;
        }
    }

    // RFC 6749 section 5.2. The description may name accounts: only the code is kept.
    private async Task<TokenReply> RefusalAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var isTransient = response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
        var mayPass = response.StatusCode >= HttpStatusCode.InternalServerError && response.Headers.RetryAfter is null;
        var code = string.Empty;
        if (response.StatusCode < HttpStatusCode.InternalServerError && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            code = (await response.Content.ReadFromJsonAsync(OAuthJson.Default.OAuthAnswer, cancel))?.Error;
        }

        return new TokenReply(null, $"The token server answered {(int)response.StatusCode} {code}".TrimEnd() + ".", isTransient, mayPass)
        {
            Wait = AskedWait.Of(response, clock),
        };
    }

    /// <summary>A token, or why there is none.</summary>
    /// <param name="IsTransient">Waiting helps.</param>
    /// <param name="MayPass">Waiting for seconds helps; not where the server asked for more.</param>
    private sealed record TokenReply(OAuthAnswer? Answer, string? Refusal, bool IsTransient, bool MayPass) : IReadReply
    {
        public static readonly TokenReply Unreachable =
            new(null, "The token server could not be reached, or gave no token.", IsTransient: true, MayPass: true);

        /// <summary>What the server asked for.</summary>
        public TimeSpan? Wait { get; init; }

        public static TokenReply Of(OAuthAnswer answer) => new(answer, null, IsTransient: false, MayPass: false);
    }
}
