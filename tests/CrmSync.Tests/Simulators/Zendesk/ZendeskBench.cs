using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Zendesk;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Simulators.Zendesk;

/// <summary>A running simulator, a clock that moves when told, and a plain HTTP client that is signed in.</summary>
internal sealed class ZendeskBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private ZendeskBench(ZendeskSimulator simulator, SimulatorHost host, FakeTimeProvider clock)
    {
        Simulator = simulator;
        Host = host;
        Clock = clock;
        Http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = host.Address };
    }

    public ZendeskSimulator Simulator { get; }

    public ZendeskDesk Desk => Simulator.Desk;

    public SimulatorHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Http { get; }

    public static async Task<ZendeskBench> StartAsync(ZendeskSettings? settings = null)
    {
        var clock = new FakeTimeProvider(Start);
        var simulator = new ZendeskSimulator(settings ?? new ZendeskSettings { Tickets = [101, 102, 103] }, clock);
        var host = await SimulatorHost.StartAsync(simulator, new SimulatorOptions { Clock = clock }, TestContext.Current.CancellationToken);
        var bench = new ZendeskBench(simulator, host, clock);
        await bench.SignInAsync();
        return bench;
    }

    public async Task SignInAsync(string scope = "read write")
    {
        Http.DefaultRequestHeaders.Authorization = null;
        var (_, body) = await SendAsync("POST", "/oauth/tokens", new JsonObject
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "crmsync",
            ["client_secret"] = "sim-secret",
            ["scope"] = scope,
        });
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body["access_token"]!.ToString());
    }

    public async Task<(HttpResponseMessage Response, JsonNode Body)> SendAsync(
        string method, string path, JsonNode? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response, text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject { ["text"] = text });
    }

    public async Task<string> UploadAsync(string fileName = "session.json", string content = "{}")
    {
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var response = await Http.PostAsync($"/api/v2/uploads?filename={fileName}", file, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return body["upload"]!["token"]!.ToString();
    }

    public async Task<string> StampAsync(long ticket)
    {
        var (_, body) = await SendAsync("GET", $"/api/v2/tickets/{ticket}");
        return body["ticket"]!["updated_at"]!.ToString();
    }

    public static JsonObject Update(string html, params IEnumerable<string> uploads) => new()
    {
        ["ticket"] = new JsonObject
        {
            ["comment"] = new JsonObject
            {
                ["html_body"] = html,
                ["public"] = false,
                ["uploads"] = new JsonArray([.. uploads.Select(token => (JsonNode)token)]),
            },
        },
    };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }
}
