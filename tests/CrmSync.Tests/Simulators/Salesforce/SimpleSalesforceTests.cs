using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;

namespace CrmSync.Tests.Simulators.Salesforce;

/// <summary>
/// The requests of simple_salesforce as it writes them: https only, version 59.0, a pretty-print header on each, slashes at the end of
/// collections, numbers as text in its assertion. The library itself is Python's; its shapes are sent from here.
/// </summary>
public sealed class SimpleSalesforceTests : IAsyncLifetime
{
    private const string Root = "/services/data/v59.0/";

    private static readonly RSA Key = RSA.Create(2048);

    private SalesforceSimulator _org = null!;
    private HttpMessageInvoker _http = null!;
    private string _session = string.Empty;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _org = await SalesforceSimulator.StartAsync(
            new OrgOptions { JwtCertificatePem = Key.ExportSubjectPublicKeyInfoPem() }, new SimulatorOptions { SecurePort = 0 }, Cancel);
        _http = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsOurs } });
        _session = await SignInByAssertionAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _org.DisposeAsync();
    }

    [Fact]
    public async Task A_password_login_gives_a_session_and_the_instance()
    {
        var (status, answer) = await SoapAsync("59.0", "crmsync-password", "crmsync-token");

        status.ShouldBe(HttpStatusCode.OK);
        new Uri(Only(answer, "serverUrl")).Authority.ShouldBe(_org.SecureAddress!.Authority);
        _session = Only(answer, "sessionId");
        (await SendAsync(HttpMethod.Get, "limits/")).Body!["DailyApiRequests"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("59.0", "wrong", "INVALID_LOGIN")]
    [InlineData("65.0", "crmsync-password", "UNSUPPORTED_API_VERSION")]
    public async Task A_refused_password_login_says_why_where_the_client_looks(string version, string password, string code)
    {
        var (status, answer) = await SoapAsync(version, password, "crmsync-token");

        status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.ShouldContain($"<sf:exceptionCode>{code}</sf:exceptionCode>");
    }

    [Fact]
    public async Task Client_credentials_travel_in_the_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At("/services/oauth2/token")) { Content = Form(("grant_type", "client_credentials")) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("crmsync-client:crmsync-secret"u8));

        using var response = await _http.SendAsync(request, Cancel);

        new Uri((string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["instance_url"]!).ShouldBe(_org.SecureAddress);
    }

    [Fact]
    public async Task A_record_is_created_read_changed_and_deleted()
    {
        var start = Now(-1);
        var created = await SendAsync(HttpMethod.Post, "sobjects/Contact/", new JsonObject { ["LastName"] = "Smith", ["Email"] = "smith@example.com" });
        (created.Status, (bool)created.Body!["success"]!).ShouldBe((HttpStatusCode.Created, true));
        var id = (string)created.Body["id"]!;

        (await SendAsync(HttpMethod.Patch, $"sobjects/Contact/{id}", new JsonObject { ["LastName"] = "Jones" })).Status.ShouldBe(HttpStatusCode.NoContent);
        ((string?)(await SendAsync(HttpMethod.Get, $"sobjects/Contact/{id}")).Body!["LastName"]).ShouldBe("Jones");
        (await SendAsync(HttpMethod.Get, $"sobjects/Contact/updated/?start={start}&end={Now(1)}")).Body!["ids"]![0]!.GetValue<string>().ShouldBe(id);

        (await SendAsync(HttpMethod.Delete, $"sobjects/Contact/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Get, $"sobjects/Contact/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(HttpMethod.Get, $"sobjects/Contact/deleted/?start={start}&end={Now(1)}")).Body!["deletedRecords"]![0]!["id"]!.GetValue<string>().ShouldBe(id);
    }

    [Fact]
    public async Task An_external_id_upserts_and_reads()
    {
        var row = new JsonObject { ["Channel__c"] = "call" };

        (await SendAsync(HttpMethod.Patch, "sobjects/CrmSync_Delivery__c/Key__c/py-1", row)).Status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync(HttpMethod.Patch, "sobjects/CrmSync_Delivery__c/Key__c/py-1", row)).Status.ShouldBe(HttpStatusCode.OK);

        ((string?)(await SendAsync(HttpMethod.Get, "sobjects/CrmSync_Delivery__c/Key__c/py-1")).Body!["Channel__c"]).ShouldBe("call");
    }

    [Theory]
    [InlineData("query/", 250, new[] { 200, 50 })]
    [InlineData("queryAll/", 250, new[] { 200, 51 })]
    public async Task A_query_is_read_page_by_page(string resource, int live, int[] pages)
    {
        for (var i = 0; i < live; i++)
        {
            _org.Add("Lead", ("LastName", "Lead"));
        }

        _org.Delete(_org.Add("Lead", ("LastName", "Gone")));
        var sizes = new List<int>();
        var next = $"{Root}{resource}?q={Uri.EscapeDataString("SELECT Id FROM Lead")}";
        while (next is not null)
        {
            var page = (await SendToAsync(HttpMethod.Get, next, body: null, ("Sforce-Query-Options", "batchSize=200"))).Body!;
            sizes.Add(((JsonArray)page["records"]!).Count);
            next = (string?)page["nextRecordsUrl"];
        }

        sizes.ShouldBe(pages);
    }

    [Fact]
    public async Task A_search_finds_by_part_of_a_text()
    {
        var id = _org.Add("Account", ("Name", "Acme Lamps"));

        var found = await SendAsync(HttpMethod.Get, $"search/?q={Uri.EscapeDataString("FIND {Acme} IN ALL FIELDS RETURNING Account(Id, Name)")}");

        ((string?)found.Body!["searchRecords"]![0]!["Id"]).ShouldBe(id);
        (await SendAsync(HttpMethod.Get, $"search/?q={Uri.EscapeDataString("FIND {a-b} IN ALL FIELDS RETURNING Account")}")).Body![0]!["errorCode"]!.GetValue<string>().ShouldBe("MALFORMED_SEARCH");
    }

    [Fact]
    public async Task Descriptions_and_limits_are_where_it_looks()
    {
        (await SendAsync(HttpMethod.Get, "sobjects")).Body!["sobjects"]!.AsArray().ShouldContain(o => (string?)o!["name"] == "Case");
        (await SendAsync(HttpMethod.Get, "sobjects/Case/describe")).Body!["fields"]!.AsArray().ShouldContain(f => (string?)f!["name"] == "CaseNumber");
        (await SendAsync(HttpMethod.Get, "sobjects/Case/")).Body!["objectDescribe"].ShouldNotBeNull();
        (await SendAsync(HttpMethod.Get, "limits/")).Usage.ShouldBe("api-usage=4/100000");
    }

    [Fact]
    public async Task A_file_goes_up_as_base64_and_comes_down_as_bytes()
    {
        var id = _org.AddCase();

        var version = (string)(await SendAsync(HttpMethod.Post, "sobjects/ContentVersion/", new JsonObject
        {
            ["Title"] = "notes",
            ["PathOnClient"] = "notes.txt",
            ["VersionData"] = Convert.ToBase64String("hello"u8),
            ["FirstPublishLocationId"] = id,
        })).Body!["id"]!;

        (await SendAsync(HttpMethod.Get, $"sobjects/ContentVersion/{version}/VersionData")).Text.ShouldBe("hello");
        _org.Record(id).Files.ShouldHaveSingleItem().Path.ShouldBe("notes.txt");
    }

    [Fact]
    public async Task Records_and_their_children_go_up_as_a_tree()
    {
        var tree = JsonNode.Parse("""
            {"records":[{"attributes":{"type":"Account","referenceId":"a"},"Name":"Acme",
                         "Contacts":{"records":[{"attributes":{"type":"Contact","referenceId":"c"},"LastName":"Smith"}]}}]}
            """)!.AsObject();

        var answer = await SendAsync(HttpMethod.Post, "composite/tree/Account/", tree);

        (answer.Status, (bool)answer.Body!["hasErrors"]!).ShouldBe((HttpStatusCode.Created, false));
        var contact = _org.Record((string)answer.Body["results"]![1]!["id"]!);
        contact.Fields["AccountId"].ShouldBe((string?)answer.Body["results"]![0]!["id"]);
    }

    [Fact]
    public async Task An_old_version_is_announced_as_such_and_a_retired_one_is_gone()
    {
        (await SendToAsync(HttpMethod.Get, "/services/data/v40.0/limits/", body: null)).Warning.ShouldStartWith("299");
        (await SendToAsync(HttpMethod.Get, "/services/data/v30.0/limits/", body: null)).Status.ShouldBe(HttpStatusCode.Gone);
        (await SendAsync(HttpMethod.Get, "limits/")).Warning.ShouldBeEmpty();
    }

    // The assertion's expiry is text, as the library writes it.
    private async Task<string> SignInByAssertionAsync()
    {
        var claims = new JsonObject
        {
            ["iss"] = "crmsync-client",
            ["sub"] = "crmsync@org.example",
            ["aud"] = "https://login.salesforce.com",
            ["exp"] = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 180).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        var text = $"{Base64Url.EncodeToString("""{"typ":"JWT","alg":"RS256"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        var signature = Key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var form = Form(("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", $"{text}.{Base64Url.EncodeToString(signature)}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, At("/services/oauth2/token")) { Content = form };
        using var response = await _http.SendAsync(request, Cancel);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["access_token"]!;
    }

    private async Task<(HttpStatusCode Status, string Answer)> SoapAsync(string version, string password, string token)
    {
        using var content = new StringContent(
            $"""
            <?xml version="1.0" encoding="utf-8" ?>
            <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:urn="urn:partner.soap.sforce.com">
              <env:Header><urn:CallOptions><urn:client>RestForce</urn:client><urn:defaultNamespace>sf</urn:defaultNamespace></urn:CallOptions></env:Header>
              <env:Body><n1:login xmlns:n1="urn:partner.soap.sforce.com"><n1:username>crmsync@org.example</n1:username><n1:password>{password}{token}</n1:password></n1:login></env:Body>
            </env:Envelope>
            """,
            Encoding.UTF8,
            "text/xml");
        content.Headers.Add("SOAPAction", "login");
        using var request = new HttpRequestMessage(HttpMethod.Post, At($"/services/Soap/u/{version}")) { Content = content };
        using var response = await _http.SendAsync(request, Cancel);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    private Task<Answer> SendAsync(HttpMethod method, string resource, JsonObject? body = null) => SendToAsync(method, Root + resource, body);

    private async Task<Answer> SendToAsync(HttpMethod method, string path, JsonObject? body, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, At(path))
        {
            Content = new ByteArrayContent(body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _session);
        request.Headers.Add("X-PrettyPrint", "1");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await _http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return new Answer(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0 ? JsonNode.Parse(text) : null,
            text,
            response.Headers.TryGetValues("Sforce-Limit-Info", out var usage) ? usage.Single() : null,
            response.Headers.Warning.ToString());
    }

    private Uri At(string path) => new(_org.SecureAddress!, path);

    private bool IsOurs(object sender, System.Security.Cryptography.X509Certificates.X509Certificate? certificate, object? chain, SslPolicyErrors errors) =>
        certificate?.GetCertHashString() == _org.Host.Certificate!.GetCertHashString();

    private static FormUrlEncodedContent Form(params IEnumerable<(string Name, string Value)> fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static string Only(string xml, string name) => XDocument.Parse(xml).Descendants().Single(e => e.Name.LocalName == name).Value;

    private static string Now(int hours) => Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    private sealed record Answer(HttpStatusCode Status, JsonNode? Body, string Text, string? Usage, string Warning);
}
