using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Simulators.Shared;

public sealed class SimulatorHostTests : IAsyncLifetime
{
    private readonly CounterCrm _crm = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler());
    private SimulatorHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _host = await SimulatorHost.StartAsync(_crm, new SimulatorOptions { Clock = _clock, SecurePort = 0 }, Cancel);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_request_is_carried_out_counted_and_charged()
    {
        var answer = await PostAsync("things/a");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        _crm.Things.ShouldBe(1);
        _host.Requests.Calls.ShouldBe(2);
        _host.Requests.Counts.ShouldBe([new RequestCount("POST", "/things/{name}", 200, 1)]);
    }

    [Fact]
    public async Task A_drop_before_leaves_nothing_behind()
    {
        _host.Faults.Once(Fault.DropBefore, "POST", "/things/*");

        await Should.ThrowAsync<HttpRequestException>(() => PostAsync("things/a"));

        _crm.Things.ShouldBe(0);
        _host.Requests.Counts.ShouldBe([new RequestCount("POST", "/things/{name}", 0, 1)]);
    }

    [Fact]
    public async Task A_drop_after_leaves_the_thing_but_no_answer()
    {
        _host.Faults.Once(Fault.DropAfter);

        await Should.ThrowAsync<HttpRequestException>(() => PostAsync("things/a"));

        _crm.Things.ShouldBe(1);
        (await PostAsync("things/b")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refusal_carries_its_status_and_when_to_come_back()
    {
        _host.Faults.Once(Fault.Refuse(429, TimeSpan.FromSeconds(17)));

        var answer = await PostAsync("things/a");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(17));
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("<h1>429</h1>");
        _crm.Things.ShouldBe(0);
    }

    [Fact]
    public async Task A_failure_after_the_commit_hides_the_real_answer()
    {
        _host.Faults.Once(Fault.FailAfter(502));

        var answer = await PostAsync("things/a");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("<h1>502</h1>");
        _crm.Things.ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_request_waits_for_the_simulators_clock()
    {
        _host.Faults.Once(Fault.Slow(TimeSpan.FromMinutes(1)));
        var pending = PostAsync("things/a");
        _crm.Things.ShouldBe(0);

        while (!pending.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        (await pending).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Tokens_expire_before_the_request_is_looked_at_and_a_named_trouble_reaches_the_crm()
    {
        _host.Faults.Once(Fault.ExpireToken);
        _host.Faults.Once(Fault.Named("grumpy"));

        var answer = await PostAsync("things/a");

        _crm.Expiries.ShouldBe(1);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("stored, grumbling");
    }

    [Fact]
    public async Task The_admin_surface_gives_faults_records_counters_and_a_fresh_start()
    {
        await SendAsync(HttpMethod.Post, "_sim/faults", JsonContent.Create(
            JsonNode.Parse("""{"fault":{"kind":"refuse","status":503},"method":"POST","path":"/things/*","times":1}""")));
        (await PostAsync("things/a")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await PostAsync("things/b");

        var counters = await JsonAsync("_sim/counters");
        counters["total"]!.GetValue<int>().ShouldBe(2);
        counters["calls"]!.GetValue<int>().ShouldBe(2);
        (await JsonAsync("_sim/records"))["things"]!.GetValue<int>().ShouldBe(1);

        await SendAsync(HttpMethod.Post, "_sim/reset", content: null);
        (await JsonAsync("_sim/records"))["things"]!.GetValue<int>().ShouldBe(0);
        (await JsonAsync("_sim/counters"))["total"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_fault_rule_needs_no_content_type_as_curl_sends_another()
    {
        using var rule = new StringContent("""{"fault":{"kind":"Slow","delay":"00:00:05"},"probability":0.5}""", Encoding.UTF8, "application/x-www-form-urlencoded");

        (await SendAsync(HttpMethod.Post, "_sim/faults", rule)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        _host.Faults.Rules.ShouldBe([new FaultRule(Fault.Slow(TimeSpan.FromSeconds(5)), Probability: 0.5)]);
    }

    [Theory]
    [InlineData("""{"fault":{"kind":"explode"}}""", "fault.kind", "DropAfter")]
    [InlineData("""{"fault":{"kind":3}}""", "fault.kind", "DropAfter")]
    [InlineData("""{"fault":{"kind":"Slow","for":1}}""", "fault.for", "delay")]
    [InlineData("""{"fault":{"kind":"Slow","delay":5}}""", "fault.delay", null)]
    [InlineData("""{"fault":{"kind":"Named"}}""", "fault.name", null)]
    [InlineData("""{"fault":{"kind":"Refuse","status":"many"}}""", "fault.status", null)]
    [InlineData("""{"kind":"DropAfter"}""", "kind", "fault")]
    [InlineData("""{"fault":"DropAfter"}""", "fault", "kind")]
    [InlineData("""{"fault":{"kind":"DropAfter"},"probability":5}""", "probability", null)]
    [InlineData("""{"fault":{"kind":"DropAfter"},"times":"once"}""", "times", null)]
    [InlineData("DropAfter", null, null)]
    public async Task A_wrong_fault_rule_is_refused_by_the_name_of_its_member(string rule, string? member, string? allowed)
    {
        var answer = await SendAsync(HttpMethod.Post, "_sim/faults", new StringContent(rule));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        ((string?)told["error"]).ShouldNotBeNullOrEmpty();
        ((string?)told["member"]).ShouldBe(member);
        if (allowed is not null)
        {
            told["allowed"]!.AsArray().Select(a => (string?)a).ShouldContain(allowed);
        }

        _host.Faults.Rules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Https_answers_with_the_certificate_it_hands_out()
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) =>
            presented?.GetCertHashString() == _host.Certificate!.GetCertHashString();
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_host.SecureAddress!, "_sim/counters"));

        (await client.SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private Task<HttpResponseMessage> PostAsync(string path) => SendAsync(HttpMethod.Post, path, new StringContent("x"));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(_host.Address, path)) { Content = content };
        return await _client.SendAsync(request, Cancel);
    }

    private async Task<JsonNode> JsonAsync(string path)
    {
        var answer = await SendAsync(HttpMethod.Get, path, content: null);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }
}
