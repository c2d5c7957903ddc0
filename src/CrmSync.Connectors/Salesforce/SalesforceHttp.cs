using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrmSync.Connectors.Shared;

namespace CrmSync.Connectors.Salesforce;

/// <summary>One request, one reply, as a value. Knows nothing of records and does not retry.</summary>
internal sealed class SalesforceHttp(IHttpClientFactory factory, SalesforceOptions options, TimeProvider clock)
{
    /// <summary>Name of the client in the factory; redirects are off there, so that credentials go nowhere else.</summary>
    public const string ClientName = "salesforce";

    /// <summary>Where credentials may go: https, or this machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <param name="make">Makes the request; called once.</param>
    /// <param name="seen">Sees the headers of any answer.</param>
    public Task<SalesforceReply<T>> SendAsync<T>(
        Func<HttpRequestMessage> make, JsonTypeInfo<T> type, Action<HttpResponseMessage>? seen, CancellationToken cancel)
        where T : class => SendAsync(make, type, seen, TimeSpan.Zero, cancel);

    /// <param name="transfer">How much longer than usual the body may take.</param>
    public async Task<SalesforceReply<T>> SendAsync<T>(
        Func<HttpRequestMessage> make,
        JsonTypeInfo<T> type,
        Action<HttpResponseMessage>? seen,
        TimeSpan transfer,
        CancellationToken cancel)
        where T : class
    {
        using var request = make();
        using var body = request.Content is { } content ? new TrackedContent(content) : null;
        request.Content = body;
        using var timeout = new CancellationTokenSource(options.Timeout + transfer, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var client = factory.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            seen?.Invoke(response);
            return Read(response, await response.Content.ReadAsByteArrayAsync(either.Token), type);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failed<T>(body, (e as HttpRequestException)?.HttpRequestError, cancel);
        }
        catch (OperationCanceledException)
        {
            return Failed<T>(body, connection: null, cancel);
        }
    }

    private SalesforceReply<T> Read<T>(HttpResponseMessage response, byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        var value = response.IsSuccessStatusCode ? Parse(body, type) : null;
        if (response.IsSuccessStatusCode && (body.Length == 0 || value is not null))
        {
            return new(value, Trouble: null);
        }

        var trouble = new SalesforceTrouble(SalesforceTroubleKind.Answered)
        {
            Status = response.StatusCode,
            ClockAhead = clock.GetUtcNow() - response.Headers.Date,
            RetryAfter = AskedWait.Of(response, clock),
        };
        if (Parse(body, SalesforceJson.Wire.IReadOnlyListApiError) is [var error, ..])
        {
            return SalesforceReply<T>.Of(trouble with { Code = error.Code, Text = error.Message });
        }

        return SalesforceReply<T>.Of(Parse(body, SalesforceJson.Wire.OAuthError) is { Error: { } code } oauth
            ? trouble with { Code = code, Text = oauth.Description }
            : trouble);
    }

    private static SalesforceReply<T> Failed<T>(TrackedContent? body, HttpRequestError? connection, CancellationToken cancel)
        where T : class => SalesforceReply<T>.Of(new SalesforceTrouble(
            body is { Started: true } ? SalesforceTroubleKind.Unanswered
                : cancel.IsCancellationRequested ? SalesforceTroubleKind.Stopped
                : SalesforceTroubleKind.NeverSent)
        {
            Connection = connection,
        });

    // The edge answers in HTML when it answers for Salesforce.
    private static T? Parse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return body.Length == 0 ? null : JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
