using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CrmSync.Connectors.Email;
using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Mail.Smtp;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Connectors.Email;

public sealed class OAuthTokenTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero));
    private readonly TokenServer _server = new();
    private readonly string _file = Path.GetTempFileName();

    private EmailOAuthOptions Microsoft => new()
    {
        Provider = EmailOAuthProvider.Microsoft365,
        Tenant = "contoso.example",
        ClientId = "app-1",
        ClientSecret = new Secret("s3cret"),
    };

    [Fact]
    public async Task A_token_is_asked_for_once_and_kept_until_shortly_before_it_expires()
    {
        using var tokens = Tokens(Microsoft);

        var first = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => GetAsync(tokens)));
        _clock.Advance(TimeSpan.FromMinutes(54));
        await GetAsync(tokens);
        _server.Requests.Count.ShouldBe(1);

        _clock.Advance(TimeSpan.FromMinutes(2));
        (await GetAsync(tokens)).ShouldBe("token-2");

        first.Distinct(StringComparer.Ordinal).ShouldBe(["token-1"]);
    }

    [Fact]
    public async Task A_token_that_was_refused_is_not_handed_out_again()
    {
        using var tokens = Tokens(Microsoft);

        tokens.Forget(await GetAsync(tokens));

        (await GetAsync(tokens)).ShouldBe("token-2");
    }

    [Fact]
    public async Task Microsoft_gets_the_client_credentials_of_the_application()
    {
        using var tokens = Tokens(Microsoft);

        await GetAsync(tokens);

        var (url, form) = _server.Requests.ShouldHaveSingleItem();
        url.ShouldBe("https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
        form["grant_type"].ShouldBe("client_credentials");
        form["client_id"].ShouldBe("app-1");
        form["client_secret"].ShouldBe("s3cret");
        form["scope"].ShouldBe("https://outlook.office365.com/.default");
    }

    [Fact]
    public async Task Microsoft_gets_an_assertion_signed_with_the_certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=app", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        await File.WriteAllTextAsync(
            _file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        var options = Microsoft;
        options.ClientSecret = null;
        options.CertificateFile = _file;
        using var tokens = Tokens(options);

        await GetAsync(tokens);

        var form = _server.Requests.ShouldHaveSingleItem().Form;
        var parts = form["client_assertion"].Split('.');
        form.ContainsKey("client_secret").ShouldBeFalse();
        Json(parts[0]).ShouldContain("\"alg\":\"PS256\"");
        Json(parts[1]).ShouldContain("\"aud\":\"https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token\"");
        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task Google_gets_an_assertion_of_the_service_account_for_the_mailbox()
    {
        using var key = RSA.Create(2048);
        var pem = key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n");
        await File.WriteAllTextAsync(
            _file,
            $$"""{"type":"service_account","client_email":"bot@x.example","private_key_id":"k1","private_key":"{{pem}}"}""",
            TestContext.Current.CancellationToken);
        using var tokens = Tokens(new EmailOAuthOptions { Provider = EmailOAuthProvider.Google, ServiceAccountFile = _file });

        await GetAsync(tokens);

        var (url, form) = _server.Requests.ShouldHaveSingleItem();
        var parts = form["assertion"].Split('.');
        url.ShouldBe("https://oauth2.googleapis.com/token");
        Json(parts[1]).ShouldContain("\"iss\":\"bot@x.example\",\"sub\":\"crmsync@example.com\"");
        Json(parts[1]).ShouldContain("\"scope\":\"https://mail.google.com/\"");
        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .ShouldBeTrue();
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "application/json", "{\"error\":\"invalid_client\",\"error_description\":\"s3cret\"}", false)]
    [InlineData(HttpStatusCode.Unauthorized, "text/html", "<html>", false)]
    [InlineData(HttpStatusCode.TooManyRequests, "text/html", "<html>", true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "text/html", "<html>", true)]
    [InlineData(HttpStatusCode.OK, "text/html", "<html>", true)]
    public async Task A_refusal_says_whether_waiting_helps(HttpStatusCode status, string type, string body, bool isTransient)
    {
        _server.Answer = () => new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        using var tokens = Tokens(Microsoft);

        var refusal = await Should.ThrowAsync<AccessTokenException>(() => WhileTimePasses(GetAsync(tokens)));

        refusal.IsTransient.ShouldBe(isTransient);
        refusal.Message.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task A_server_that_stumbles_is_asked_again_before_the_mail_has_to_wait()
    {
        var answers = new Queue<HttpResponseMessage>([new(HttpStatusCode.BadGateway), new(HttpStatusCode.ServiceUnavailable)]);
        _server.Answer = () => answers.TryDequeue(out var answer) ? answer : TokenServer.Token("fresh-token");
        using var tokens = Tokens(Microsoft);

        (await WhileTimePasses(GetAsync(tokens))).ShouldBe("fresh-token");

        _server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_left_alone_for_that_time()
    {
        _server.Answer = () => new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { { "Retry-After", "60" } } };
        using var tokens = Tokens(Microsoft);

        await Should.ThrowAsync<AccessTokenException>(() => GetAsync(tokens));
        (await Should.ThrowAsync<AccessTokenException>(() => GetAsync(tokens))).IsTransient.ShouldBeTrue();
        _server.Requests.Count.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(61));
        _server.Answer = null;
        (await GetAsync(tokens)).ShouldBe("token-2");
    }

    [Fact]
    public async Task A_certificate_file_that_is_gone_is_a_matter_for_a_person()
    {
        var options = Microsoft;
        options.ClientSecret = null;
        options.CertificateFile = "/nowhere/app.pem";
        using var tokens = Tokens(options);

        (await Should.ThrowAsync<AccessTokenException>(() => GetAsync(tokens))).IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task A_mail_goes_out_with_a_token()
    {
        await using var bench = new EmailBench();
        _server.Answer = () => TokenServer.Token("fresh-token");
        var options = bench.Options();
        options.Smtp!.Password = null;
        options.Smtp.OAuth = Microsoft;

        (await EmailBench.DeliverAsync(bench.Connector(options, _server))).ShouldBeOfType<Outcome.Delivered>();

        bench.Mail.User.ShouldBe("crmsync");
    }

    [Fact]
    public async Task Without_a_token_the_connector_halts()
    {
        await using var bench = new EmailBench();
        _server.Answer = () => new HttpResponseMessage(HttpStatusCode.BadRequest);
        var options = bench.Options();
        options.Smtp!.Password = null;
        options.Smtp.OAuth = Microsoft;

        (await EmailBench.DeliverAsync(bench.Connector(options, _server))).ShouldBeOfType<Outcome.Halted>().Fault.Reason.Code.ShouldBe("AUTH_FAILED");
    }

    public void Dispose()
    {
        _server.Dispose();
        File.Delete(_file);
    }

    private OAuthTokens Tokens(EmailOAuthOptions options) => new(options, "crmsync@example.com", _server, _clock);

    private static Task<string> GetAsync(OAuthTokens tokens) => tokens.GetAsync(TestContext.Current.CancellationToken).AsTask();

    // What waits for the clock must not wait for ever.
    private async Task<string> WhileTimePasses(Task<string> getting)
    {
        while (!getting.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await getting;
    }

    private static byte[] Bytes(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);

    private static string Json(string part) => Encoding.UTF8.GetString(Bytes(part));

    private sealed class TokenServer : HttpMessageHandler, IHttpClientFactory
    {
        public List<(string Url, IReadOnlyDictionary<string, string> Form)> Requests { get; } = [];

        public Func<HttpResponseMessage>? Answer { get; set; }

        public static HttpResponseMessage Token(string token) => new(HttpStatusCode.OK)
        {
            Content = new StringContent($$"""{"access_token":"{{token}}","expires_in":3600,"token_type":"Bearer"}""", Encoding.UTF8, "application/json"),
        };

        public HttpClient CreateClient(string name) => new Client(this);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = await request.Content!.ReadAsStringAsync(cancellationToken);
            var values = form.Split('&').Select(pair => pair.Split('=')).ToDictionary(
                pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')), StringComparer.Ordinal);
            Requests.Add((request.RequestUri!.AbsoluteUri, values));
            return Answer?.Invoke() ?? Token($"token-{Requests.Count}");
        }

        private sealed class Client(HttpMessageHandler handler) : HttpClient(handler, disposeHandler: false);
    }
}
