using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Salesforce;

namespace CrmSync.Tests.Simulators.Salesforce;

public sealed class OAuthTests : SalesforceSimulatorTest
{
    [Fact]
    public async Task Client_credentials_give_a_token_and_the_address_of_the_org()
    {
        var answer = await LoginAsync();

        answer.Status.ShouldBe(HttpStatusCode.OK);
        new Uri((string)answer.Body!["instance_url"]!).ShouldBe(Org.Address);
        ((string?)answer.Body["issued_at"]).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_wrong_secret_is_an_oauth_error_object()
    {
        var answer = await LoginAsync("wrong");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)answer.Body!["error"]).ShouldBe("invalid_client");
    }

    [Fact]
    public async Task A_signed_assertion_gives_a_token_without_its_age()
    {
        var answer = await JwtAsync(Claims());

        answer.Status.ShouldBe(HttpStatusCode.OK);
        ((string?)answer.Body!["access_token"]).ShouldNotBeNull();
        answer.Body["issued_at"].ShouldBeNull();
    }

    [Theory]
    [InlineData("aud", "https://elsewhere.example", "invalid_grant", "audience is invalid")]
    [InlineData("sub", "stranger@org.example", "invalid_grant", "user hasn't approved this consumer")]
    [InlineData("iss", "another-client", "invalid_client_id", "client identifier invalid")]
    public async Task A_wrong_claim_is_refused(string claim, string value, string error, string description)
    {
        var claims = Claims();
        claims[claim] = value;

        var answer = await JwtAsync(claims);

        ((string?)answer.Body!["error"]).ShouldBe(error);
        ((string?)answer.Body["error_description"]).ShouldBe(description);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(301)]
    public async Task An_assertion_lives_five_minutes_at_most(int seconds)
    {
        var claims = Claims();
        claims["exp"] = Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();

        ((string?)(await JwtAsync(claims)).Body!["error"]).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task An_assertion_signed_by_another_key_is_refused()
    {
        using var other = RSA.Create(2048);

        ((string?)(await JwtAsync(Claims(), other)).Body!["error_description"]).ShouldBe("invalid assertion");
    }

    [Fact]
    public async Task A_token_expires_with_its_lifetime()
    {
        (await GetAsync("limits")).Status.ShouldBe(HttpStatusCode.OK);

        Clock.Advance(TimeSpan.FromHours(2));

        var answer = await GetAsync("limits");
        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.ErrorCode.ShouldBe("INVALID_SESSION_ID");
    }

    [Fact]
    public async Task The_version_list_needs_no_token_and_costs_nothing()
    {
        Token = "none";

        var answer = await SendAsync(HttpMethod.Get, "/services/data", content: null);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.LimitInfo.ShouldBeNull();
        Org.Requests.Calls.ShouldBe(0);
    }

    private JsonObject Claims() => new()
    {
        ["iss"] = Options.ClientId,
        ["sub"] = Options.Username,
        ["aud"] = "https://test.salesforce.com",
        ["exp"] = Clock.GetUtcNow().AddMinutes(3).ToUnixTimeSeconds(),
    };

    private Task<Answer> JwtAsync(JsonObject claims, RSA? key = null)
    {
        var text = $"{Base64Url.EncodeToString("""{"alg":"RS256"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        var signature = (key ?? Key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return SendAsync(HttpMethod.Post, "/services/oauth2/token", Form(
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", $"{text}.{Base64Url.EncodeToString(signature)}")));
    }
}

public sealed class QuotaTests : SalesforceSimulatorTest
{
    protected override OrgOptions Options => new() { DailyApiCallsMax = 3, LoginsPerHourMax = 2 };

    [Fact]
    public async Task The_daily_limit_is_told_with_each_answer_and_frees_itself_after_a_day()
    {
        (await GetAsync("limits")).LimitInfo.ShouldBe("api-usage=1/3");
        await PostAsync("composite/batch", """{"batchRequests":[{"method":"GET","url":"v67.0/sobjects"},{"method":"GET","url":"v67.0/sobjects"}]}""");

        var over = await GetAsync("limits");
        over.Status.ShouldBe(HttpStatusCode.Forbidden);
        over.ErrorCode.ShouldBe("REQUEST_LIMIT_EXCEEDED");
        over.Text.ShouldContain("TotalRequests Limit exceeded.");

        Clock.Advance(TimeSpan.FromHours(25));
        Token = (string)(await LoginAsync()).Body!["access_token"]!;
        (await GetAsync("limits")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Too_many_logins_in_an_hour_are_refused()
    {
        await LoginAsync();

        ((string?)(await LoginAsync()).Body!["error_description"]).ShouldBe("login rate exceeded");
    }
}
