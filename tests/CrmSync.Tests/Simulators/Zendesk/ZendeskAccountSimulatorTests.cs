using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.Tests.Simulators.Zendesk;

public sealed class ZendeskAccountSimulatorTests
{
    [Fact]
    public async Task A_token_dies_when_its_time_is_up()
    {
        await using var bench = await ZendeskBench.StartAsync();

        var (before, _) = await bench.SendAsync("GET", "/api/v2/users/me.json");
        bench.Clock.Advance(TimeSpan.FromMinutes(30));
        var (after, body) = await bench.SendAsync("GET", "/api/v2/users/me.json");

        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        body["error"]!.ToString().ShouldBe("Couldn't authenticate you");
    }

    [Fact]
    public async Task A_wrong_secret_is_an_invalid_client()
    {
        await using var bench = await ZendeskBench.StartAsync();

        var (response, body) = await bench.SendAsync("POST", "/oauth/tokens", JsonNode.Parse(
            """{"grant_type":"client_credentials","client_id":"crmsync","client_secret":"guess"}"""));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        body["error"]!.ToString().ShouldBe("invalid_client");
    }

    [Fact]
    public async Task The_token_endpoint_takes_a_form_too()
    {
        await using var bench = await ZendeskBench.StartAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "crmsync",
            ["client_secret"] = "sim-secret",
            ["expires_in"] = "300",
        });

        var response = await bench.Http.PostAsync("/oauth/tokens", form, TestContext.Current.CancellationToken);

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        body["expires_in"]!.GetValue<int>().ShouldBe(300);
    }

    [Theory]
    [InlineData("crmsync@example.com/token:sim-api-token", HttpStatusCode.OK)]
    [InlineData("crmsync@example.com/token:other", HttpStatusCode.Unauthorized)]
    [InlineData("crmsync@example.com:password", HttpStatusCode.Unauthorized)]
    public async Task Basic_takes_an_api_token_and_no_password(string pair, HttpStatusCode expected)
    {
        await using var bench = await ZendeskBench.StartAsync();
        bench.Http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));

        var (response, _) = await bench.SendAsync("GET", "/api/v2/users/me");

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task A_token_without_write_may_read_only()
    {
        await using var bench = await ZendeskBench.StartAsync();
        await bench.SignInAsync("read");

        var (read, _) = await bench.SendAsync("GET", "/api/v2/tickets/101");
        var (write, _) = await bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>x</p>"));

        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        write.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_upload_token_is_spent_by_the_comment_that_names_it()
    {
        await using var bench = await ZendeskBench.StartAsync();
        var token = await bench.UploadAsync();

        var (first, _) = await bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>1</p>", token));
        var (second, _) = await bench.SendAsync("PUT", "/api/v2/tickets/102", ZendeskBench.Update("<p>2</p>", token));

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        bench.Desk.AbandonedUploads.ShouldBe(0);
    }

    [Fact]
    public async Task An_upload_token_dies_after_an_hour_and_can_be_given_back()
    {
        await using var bench = await ZendeskBench.StartAsync();
        var late = await bench.UploadAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(60));
        await bench.SignInAsync();
        var unwanted = await bench.UploadAsync();

        var (refused, _) = await bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>1</p>", late));
        var (deleted, _) = await bench.SendAsync("DELETE", $"/api/v2/uploads/{unwanted}.json");

        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_chunked_upload_of_any_type_is_kept_as_it_came()
    {
        await using var bench = await ZendeskBench.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/uploads.json?filename=a%20b.json&binary=true")
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("not { json"))),
        };
        request.Headers.TransferEncodingChunked = true;

        var response = await bench.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        body["upload"]!["attachment"]!["file_name"]!.ToString().ShouldBe("a b.json");
        body["upload"]!["attachment"]!["size"]!.GetValue<int>().ShouldBe(10);
    }

    [Fact]
    public async Task The_account_limit_answers_429_in_json_and_on_demand_in_plain_text()
    {
        await using var bench = await ZendeskBench.StartAsync(new ZendeskSettings
        {
            Tickets = [101],
            Limits = new ZendeskLimits(2, null, null, null),
        });
        await bench.SendAsync("GET", "/api/v2/tickets/101");
        var (last, _) = await bench.SendAsync("GET", "/api/v2/tickets/101");

        var (json, body) = await bench.SendAsync("GET", "/api/v2/tickets/101");
        bench.Host.Faults.Once(Fault.Named(ZendeskFaultNames.PlainText));
        var (plain, text) = await bench.SendAsync("GET", "/api/v2/tickets/101");
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var (next, _) = await bench.SendAsync("GET", "/api/v2/tickets/101");

        last.Headers.GetValues("X-Rate-Limit-Remaining").ShouldBe(["0"]);
        json.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        json.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        body["error"]!.ToString().ShouldBe("APIRateLimitExceeded");
        plain.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        text["text"]!.ToString().ShouldBe("Number of allowed API requests per minute exceeded");
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Updates_of_one_ticket_have_a_limit_of_their_own()
    {
        await using var bench = await ZendeskBench.StartAsync(new ZendeskSettings { Tickets = [101, 102], Limits = new ZendeskLimits(null, 100, 2, null) });
        await bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>1</p>"));
        var (second, _) = await bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>2</p>"));

        var (third, _) = await bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>3</p>"));
        var (other, _) = await bench.SendAsync("PUT", "/api/v2/tickets/102", ZendeskBench.Update("<p>1</p>"));

        second.Headers.GetValues("Zendesk-RateLimit-tickets-update").ShouldBe(["total=100; remaining=98; resets=60"]);
        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_user_is_found_by_email()
    {
        await using var bench = await ZendeskBench.StartAsync(new ZendeskSettings { Users = [new(55, "Ana Agent", "ana@example.com", "agent")] });

        var (_, body) = await bench.SendAsync("GET", "/api/v2/users/search.json?query=email:ana@example.com");

        body["users"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<long>().ShouldBe(55);
    }

    [Theory]
    [InlineData("GET", "/api/v2/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v2/tickets/abc", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/v2/tickets/show_many?ids=1,x", HttpStatusCode.BadRequest)]
    [InlineData("PATCH", "/api/v2/tickets/101", HttpStatusCode.NotFound)]
    public async Task What_Zendesk_does_not_know_it_refuses(string method, string path, HttpStatusCode expected)
    {
        await using var bench = await ZendeskBench.StartAsync();

        var (response, _) = await bench.SendAsync(method, path);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused()
    {
        await using var bench = await ZendeskBench.StartAsync();
        using var broken = new StringContent("{\"ticket\":", Encoding.UTF8, "application/json");
        using var untyped = new StringContent("{\"ticket\":{}}", Encoding.UTF8, "text/plain");

        var first = await bench.Http.PutAsync("/api/v2/tickets/101", broken, TestContext.Current.CancellationToken);
        var second = await bench.Http.PutAsync("/api/v2/tickets/101", untyped, TestContext.Current.CancellationToken);

        first.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        second.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }
}
