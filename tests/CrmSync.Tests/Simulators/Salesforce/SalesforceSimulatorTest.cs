using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Simulators.Salesforce;

/// <summary>An org, its clock, and a raw HTTP client that is signed in.</summary>
public abstract class SalesforceSimulatorTest : IAsyncLifetime
{
    // Made once: a key takes longer than a test.
    private static readonly RSA OneKey = RSA.Create(2048);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 8, 9, 30, 0, TimeSpan.Zero));

    protected static RSA Key => OneKey;

    protected SalesforceSimulator Org { get; private set; } = null!;

    protected string Token { get; set; } = string.Empty;

    protected virtual OrgOptions Options => new() { JwtCertificatePem = Key.ExportSubjectPublicKeyInfoPem() };

    public async ValueTask InitializeAsync()
    {
        Org = await SalesforceSimulator.StartAsync(Options, new SimulatorOptions { Clock = Clock }, Cancel);
        Token = (string)(await LoginAsync()).Body!["access_token"]!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Org.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<Answer> LoginAsync(string secret = "crmsync-secret") => SendAsync(
        HttpMethod.Post,
        "/services/oauth2/token",
        Form(("grant_type", "client_credentials"), ("client_id", "crmsync-client"), ("client_secret", secret)));

    protected Task<Answer> GetAsync(string resource) => SendAsync(HttpMethod.Get, $"/services/data/v67.0/{resource}", content: null);

    protected Task<Answer> QueryAsync(string soql, string resource = "query") => GetAsync($"{resource}?q={Uri.EscapeDataString(soql)}");

    protected Task<Answer> PostAsync(string resource, string json, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Post, $"/services/data/v67.0/{resource}", Json(json), headers);

    protected Task<Answer> PatchAsync(string resource, string json, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Patch, $"/services/data/v67.0/{resource}", Json(json), headers);

    protected async Task<Answer> SendAsync(
        HttpMethod method, string path, HttpContent? content, params IEnumerable<(string Name, string Value)> headers)
    {
        using var response = await SendRawAsync(method, path, content, headers);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new Answer(
            response.StatusCode,
            isJson && text.Length > 0 ? JsonNode.Parse(text) : null,
            text,
            response.Headers.TryGetValues("Sforce-Limit-Info", out var info) ? info.Single() : null);
    }

    /// <summary>The answer as it came, still compressed where it is.</summary>
    protected async Task<HttpResponseMessage> SendRawAsync(
        HttpMethod method, string path, HttpContent? content, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Org.Address, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await _http.SendAsync(request, Cancel);
    }

    /// <summary>Until what happens in the simulator meanwhile has happened; the test's own end is the limit.</summary>
    protected static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1, Cancel);
        }
    }

    protected static FormUrlEncodedContent Form(params IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    protected static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    protected static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    protected sealed record Answer(HttpStatusCode Status, JsonNode? Body, string Text, string? LimitInfo)
    {
        /// <summary>The first error's code, in the REST shape.</summary>
        public string? ErrorCode => (string?)(Body as JsonArray)?[0]?["errorCode"];
    }
}
