using System.Globalization;
using System.Net.Http.Headers;

namespace CrmSync.Alerts;

/// <summary>Posts news about alerts, in order. What could not be posted waits for the next time; deliveries never wait for it.</summary>
internal sealed partial class AlertWebhook(IHttpClientFactory clients, WebhookOptions options, TimeProvider clock, ILogger<AlertWebhook> logger)
{
    public const string Client = "alerts";

    /// <summary>News kept while the receiver is down; older ones are dropped first.</summary>
    private const int WaitingMax = 100;

    private readonly LinkedList<AlertMessage> _waiting = [];
    private bool _isDown;

    /// <summary>Called by one job at a time.</summary>
    public async Task PostAsync(IEnumerable<AlertMessage> news, CancellationToken cancel)
    {
        if (options.Url is not { } url)
        {
            return;
        }

        foreach (var message in news)
        {
            _waiting.AddLast(message);
        }

        while (_waiting.Count > WaitingMax)
        {
            _waiting.RemoveFirst();
        }

        while (_waiting.First is { } next)
        {
            if (await TroubleOfPostAsync(url, next.Value, cancel) is { } trouble)
            {
                Tell(url, trouble);
                return;
            }

            _waiting.RemoveFirst();
            _isDown = false;
        }
    }

    private async Task<string?> TroubleOfPostAsync(Uri url, AlertMessage message, CancellationToken cancel)
    {
        try
        {
            using var request = Request(url, message);
            using var answer = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"it answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            return $"it cannot be reached ({e.HttpRequestError})";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "it did not answer in time";
        }
    }

    private HttpRequestMessage Request(Uri url, AlertMessage message)
    {
        var body = message.ToJson();
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", time);
        if (options.Secret is { } secret && secret.Reveal().Length > 0)
        {
            request.Headers.Add("webhook-signature", AlertMessage.Sign(secret.Reveal(), message.Id, time, body));
        }

        return request;
    }

    // Told once for each outage of the receiver. Its path and query may hold a token, so only the host is named.
    private void Tell(Uri url, string trouble)
    {
        if (!_isDown)
        {
            _isDown = true;
            Log.NotPosted(logger, url.Host, trouble, _waiting.Count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(962, LogLevel.Warning, "Alerts could not be posted to {Host}: {Trouble}; {Waiting} wait and are tried again")]
        public static partial void NotPosted(ILogger logger, string host, string trouble, int waiting);
    }
}
