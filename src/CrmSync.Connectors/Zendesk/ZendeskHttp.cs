using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrmSync.Connectors.Shared;

namespace CrmSync.Connectors.Zendesk;

/// <summary>One request, one reply, as a value. Knows nothing of tickets and does not retry.</summary>
internal sealed class ZendeskHttp(IHttpClientFactory factory, ZendeskOptions options, TimeProvider clock)
{
    /// <summary>Name of the client in the factory; redirects are off there, so that credentials go nowhere else.</summary>
    public const string ClientName = "zendesk";

    private const string JsonType = "application/json";

    public HttpRequestMessage Plain(HttpMethod method, string path) => new(method, new Uri(options.Url!, path));

    public HttpRequestMessage Json<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type) =>
        Bytes(method, path, JsonSerializer.SerializeToUtf8Bytes(body, type), JsonType);

    public HttpRequestMessage Bytes(HttpMethod method, string path, ReadOnlyMemory<byte> body, string contentType) =>
        new(method, new Uri(options.Url!, path)) { Content = new TrackedContent(Content(body, contentType)) };

    /// <param name="make">Makes the request; called once.</param>
    /// <returns>The reply, and the answer's headers when there was an answer.</returns>
    public async Task<(ZendeskReply<T> Reply, HttpResponseHeaders? Headers)> SendAsync<T>(
        Func<HttpRequestMessage> make, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        using var request = make();
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);

        try
        {
            using var client = factory.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (await ReadAsync(response, type, either.Token), response.Headers);
        }
        catch (HttpRequestException e)
        {
            return (Failed<T>(request, e.HttpRequestError, cancel), Headers: null);
        }
        catch (OperationCanceledException)
        {
            return (Failed<T>(request, connection: null, cancel), Headers: null);
        }
    }

    private async Task<ZendeskReply<T>> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        var body = await ReadBodyAsync(response, cancel);
        return response.IsSuccessStatusCode
            ? new(Parse(body, type), IsForeign(response) ? Describe(response, body) : null)
            : new(Value: null, Describe(response, body));
    }

    /// <summary>A success that is a web page is none of Zendesk's: a login page or a proxy answered.</summary>
    private static bool IsForeign(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == "text/html";

    /// <summary>The status line decides: a body that breaks off after it takes nothing back.</summary>
    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body, string contentType) =>
        new(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };

    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            return await response.Content.ReadAsByteArrayAsync(cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return [];
        }
    }

    private static ZendeskReply<T> Failed<T>(HttpRequestMessage request, HttpRequestError? connection, CancellationToken cancel)
        where T : class
    {
        var left = request.Content is TrackedContent { Started: true };
        return new(Value: null, new ZendeskTrouble(
            left ? ZendeskTroubleKind.Unanswered
                : cancel.IsCancellationRequested ? ZendeskTroubleKind.Stopped
                : ZendeskTroubleKind.NeverSent)
        {
            Connection = connection,
        });
    }

    private ZendeskTrouble Describe(HttpResponseMessage response, byte[] body)
    {
        var error = Parse(body, ZendeskJson.Default.ErrorReply);
        return new ZendeskTrouble(ZendeskTroubleKind.Answered)
        {
            Status = response.StatusCode,
            Code = ZendeskErrorText.Code(error),
            Text = ZendeskErrorText.Sentences(error),
            RetryAfter = AskedWait.Of(response, clock),
            FromZendesk = error is not null,
        };
    }

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
