using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Smtp;

namespace CrmSync.Tests.Simulators.Smtp;

/// <summary>What a person sets with curl at <c>/_sim/actions</c>, seen on a connection of SMTP.</summary>
public sealed class MailActionsTests : IAsyncLifetime
{
    private SmtpSimulator _mail = null!;
    private SimulatorHost _host = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _mail = SmtpSimulator.Start(new SmtpSimulatorOptions());
        _host = await MailReadBack.StartAsync(_mail, new SimulatorOptions(), Cancel);
        _http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = _host.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task A_server_misbehaves_until_it_is_told_to_behave()
    {
        (await ActAsync("misbehave", """{"mode":"no-service"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await ActAsync("misbehave", """{"mode":"starttls-stripped"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await GreetingAsync()).ShouldStartWith("554");

        (await ActAsync("behave", "{}")).Status.ShouldBe(HttpStatusCode.OK);
        (await GreetingAsync()).ShouldStartWith("220");
        _mail.Behaviour.OffersStartTls.ShouldBeTrue();
    }

    [Fact]
    public async Task An_unknown_mode_is_refused_with_the_list_of_modes()
    {
        var (status, told) = await ActAsync("misbehave", """{"mode":"grumpy"}""");

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)told["member"]).ShouldBe("mode");
        told["allowed"]!.AsArray().Select(a => (string?)a).ShouldBe(SmtpModes.All.Select(mode => mode.Name));
    }

    private async Task<(HttpStatusCode Status, JsonNode Told)> ActAsync(string action, string body)
    {
        using var answer = await _http.PostAsJsonAsync($"/_sim/actions/{action}", JsonNode.Parse(body), Cancel);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!);
    }

    private async Task<string> GreetingAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _mail.Port, Cancel);
        using var reader = new StreamReader(client.GetStream());
        return (await reader.ReadLineAsync(Cancel))!;
    }
}
