using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.Tests.Simulators.Zendesk;

/// <summary>A running simulator whose clock is set forward from outside, as a script does it: nobody waits for what takes an hour.</summary>
public sealed class ZendeskClockTests : IAsyncLifetime
{
    private SimulatorHost _host = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var clock = new VirtualClock();
        var zendesk = new ZendeskSimulator(new ZendeskSettings { Tickets = [101], Limits = ZendeskLimits.None with { AccountPerMinute = 2 } }, clock);
        _host = await SimulatorHost.StartAsync(zendesk, new SimulatorOptions { Clock = clock }, Cancel);
        _http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = _host.Address };
        await SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_token_dies_when_the_clock_passes_its_half_hour()
    {
        (await ReadAsync()).ShouldBe(HttpStatusCode.OK);

        await PassAsync(seconds: 31 * 60);

        (await ReadAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_used_up_minute_is_over_when_the_clock_says_so()
    {
        await ReadAsync();
        await ReadAsync();
        (await ReadAsync()).ShouldBe(HttpStatusCode.TooManyRequests);

        await PassAsync(seconds: 61);

        (await ReadAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_clock_does_not_run_backwards()
    {
        using var answer = await _http.PostAsync("/_sim/clock/-5", content: null, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task SignInAsync()
    {
        using var answer = await _http.PostAsJsonAsync(
            "/oauth/tokens", new { grant_type = "client_credentials", client_id = "crmsync", client_secret = "sim-secret" }, Cancel);
        var token = (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["access_token"]!.ToString();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private async Task<HttpStatusCode> ReadAsync()
    {
        using var answer = await _http.GetAsync("/api/v2/tickets/101.json", Cancel);
        return answer.StatusCode;
    }

    private async Task PassAsync(int seconds)
    {
        using var answer = await _http.PostAsync($"/_sim/clock/{seconds}", content: null, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
