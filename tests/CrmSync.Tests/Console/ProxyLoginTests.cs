using System.Net;
using CrmSync.Console;
using CrmSync.Ledger.Access;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Console;

/// <summary>A proxy that has logged the user in already, and others that only say so.</summary>
public sealed class ProxyLoginTests
{
    private static readonly (string, string?)[] Trusted =
    [
        ("Console:Proxy:Addresses:0", "127.0.0.0/8"), ("Console:Proxy:UserHeader", "X-Forwarded-User"), ("Console:Proxy:GroupsHeader", "X-Forwarded-Groups"),
        ("Console:Proxy:Roles:crm-admins", "Admin"), ("Console:Proxy:Roles:support", "Viewer"), ("Console:Proxy:SeePersonal:0", "support-leads"),
    ];

    [Fact]
    public async Task A_trusted_proxys_user_comes_in_with_the_highest_role_of_their_groups()
    {
        await using var stage = await ConsoleStage.StartAsync(Trusted);
        using var browser = stage.Browser();

        (await browser.SendAsync(HttpMethod.Get, "/accounts", ("X-Forwarded-User", "ana@centre.example"), ("X-Forwarded-Groups", "support, CRM-Admins"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.SendAsync(HttpMethod.Get, "/accounts", ("X-Forwarded-User", "otto"), ("X-Forwarded-Groups", "support"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.SendAsync(HttpMethod.Get, "/accounts", ("X-Forwarded-User", "eve"), ("X-Forwarded-Groups", "cleaners"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Without_the_header_a_local_account_is_asked_for()
    {
        await using var stage = await ConsoleStage.StartAsync(Trusted);
        using var browser = stage.Browser();

        (await browser.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_same_headers_from_anywhere_else_count_for_nothing()
    {
        await using var stage = await ConsoleStage.StartAsync([.. Trusted[1..], ("Console:Proxy:Addresses:0", "10.1.2.3")]);
        using var browser = stage.Browser();

        (await browser.SendAsync(HttpMethod.Get, "/accounts", ("X-Forwarded-User", "ana"), ("X-Forwarded-Groups", "crm-admins"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_cookies_are_for_https_and_the_audit_knows_the_visitors_own_address()
    {
        await using var stage = await ConsoleStage.StartAsync(("Console:Proxy:Addresses:0", "127.0.0.1"));
        await stage.CreateAsync("ana", ConsoleRole.Admin);
        using var browser = stage.Browser();

        var page = await browser.SendAsync(HttpMethod.Get, "/sign-in", ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9"));

        page.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
        page.Headers.GetValues("Strict-Transport-Security").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Console:Proxy:Addresses:0", "the proxy", "Console:Proxy:Addresses:0")]
    [InlineData("Console:Proxy:UserHeader", "X-User", "no proxy is trusted")]
    [InlineData("Console:Proxy:UserHeader", "X-User", "nobody would have a role")]
    [InlineData("Console:Url", "https://127.0.0.1:5080", "leaves to a reverse proxy")]
    [InlineData("Console:Url", "5080", "is not an address")]
    [InlineData("Console:Url", "http://127.0.0.1:8080", "has the port of Http:Url")]
    [InlineData("Console:SessionIdle", "00:00:10", "shorter than a minute")]
    [InlineData("Console:SessionMax", "00:10:00", "shorter than SessionIdle")]
    [InlineData("Console:Prot", "1", "is not a known setting")]
    public void A_setting_that_would_not_do_is_refused_with_a_sentence(string key, string value, string complaint)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(key, value)]).Build();

        ConsoleOptions.Read(configuration, "http://127.0.0.1:8080").Complaints.ShouldContain(c => c.ToString().Contains(complaint, StringComparison.Ordinal));
    }

    [Fact]
    public void The_shipped_settings_will_do() =>
        ConsoleOptions.Read(new ConfigurationBuilder().AddJsonFile(TestSupport.Repository.Combine("appsettings.json")).Build(), "http://127.0.0.1:0").Complaints.ShouldBeEmpty();
}
