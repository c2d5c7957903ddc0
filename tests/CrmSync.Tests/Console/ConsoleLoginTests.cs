using System.Net;
using CrmSync.Console.Access;
using CrmSync.Ledger.Access;
using CrmSync.Settings;

namespace CrmSync.Tests.Console;

/// <summary>In by the token, in by a password, and out again in every way there is.</summary>
public sealed class ConsoleLoginTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_prints_a_token_that_makes_one_admin_once()
    {
        await using var stage = await ConsoleStage.StartAsync();
        var token = stage.SetupLink.Fragment[1..];
        stage.Log.Text.ShouldContain(token);
        using var browser = stage.Browser();
        (await browser.GetAsync("/sign-in")).Headers.Location!.ToString().ShouldEndWith("/setup");

        (await SetUpAsync(browser, "0123456789abcdef0123456789abcdef")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await stage.Store.HasAccountsAsync(Cancel)).ShouldBeFalse();
        (await SetUpAsync(browser, token, password: "short")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SetUpAsync(browser, token)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await browser.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await stage.Store.FindAsync("ana", Cancel))!.Role.ShouldBe(ConsoleRole.Admin);
        using var second = stage.Browser();
        (await second.GetAsync("/setup")).Headers.Location!.ToString().ShouldEndWith("/sign-in");
        (await stage.AuditAsync()).Select(line => (line.Action, line.Actor, line.Origin)).ShouldBe(
            [(AuditActions.SignIn, "ana", "127.0.0.1"), (AuditActions.Setup, "ana", "127.0.0.1")]);
    }

    [Fact]
    public async Task A_token_whose_time_is_over_opens_nothing()
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = stage.Browser();

        stage.Clock.Advance(SetupToken.Lifetime);
        await SetUpAsync(browser, stage.SetupLink.Fragment[1..]);

        (await stage.Store.HasAccountsAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_name_a_wrong_password_and_a_disabled_account_get_the_same_answer()
    {
        await using var stage = await ConsoleStage.StartAsync();
        await stage.CreateAsync("ana", ConsoleRole.Admin);
        await stage.CreateAsync("gone", ConsoleRole.Viewer);
        await stage.Store.ChangeAsync("gone", ConsoleRole.Viewer, false, enabled: false, new AuditNote("ana", null, "x"), Cancel);
        using var browser = stage.Browser();

        var answers = new List<string>();
        foreach (var (name, password) in (List<(string, string)>)[("nobody", ConsoleStage.Password), ("ana", "not this one at all"), ("gone", ConsoleStage.Password), ("<script>", "x")])
        {
            var answer = await browser.SignInAsync(name, password);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answers.Add(Shown(await answer.Content.ReadAsStringAsync(Cancel)));
        }

        answers.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        browser.SessionCookie.ShouldBeNull();
        (await stage.AuditAsync()).Where(line => line.Action == AuditActions.SignInFailed).Select(line => line.Subject).ShouldBe([null, "gone", "ana", null]);
    }

    [Fact]
    public async Task After_five_failures_the_right_password_is_refused_too_until_the_window_is_over()
    {
        await using var stage = await ConsoleStage.StartAsync();
        await stage.CreateAsync("ana", ConsoleRole.Admin);
        using var browser = stage.Browser();
        for (var i = 0; i < LoginThrottle.PairMax; i++)
        {
            await browser.SignInAsync("ana", "not this one at all");
        }

        (await browser.SignInAsync("ana", ConsoleStage.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        stage.Clock.Advance(LoginThrottle.Window);
        (await browser.SignInAsync("Ana ", ConsoleStage.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await stage.AuditAsync()).Count(line => line.Action == AuditActions.SignInLocked).ShouldBe(1);
    }

    [Fact]
    public async Task A_login_leads_back_to_the_page_it_was_asked_for_and_never_to_another_site()
    {
        await using var stage = await ConsoleStage.StartAsync();
        await stage.CreateAsync("ana", ConsoleRole.Admin);
        using var browser = stage.Browser();

        var asked = await browser.GetAsync("/accounts");
        asked.Headers.Location!.PathAndQuery.ShouldBe("/sign-in?back=%2Faccounts");
        (await LoginTo("%2Faccounts")).ShouldBe("/accounts");
        (await LoginTo("https%3A%2F%2Fevil.example")).ShouldBe("/");
        (await LoginTo("%2F%2Fevil.example")).ShouldBe("/");
        (await LoginTo("%2F%5Cevil.example")).ShouldBe("/");

        async Task<string> LoginTo(string back)
        {
            using var visitor = stage.Browser();
            var path = $"/sign-in?back={back}";
            var answer = await visitor.SubmitAsync(path, path, ("Given.Name", "ana"), ("Given.Password", ConsoleStage.Password));
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            return new Uri(stage.Address, answer.Headers.Location!) is var location && location.Host == stage.Address.Host ? location.PathAndQuery : location.ToString();
        }
    }

    [Fact]
    public async Task The_session_cookie_is_closed_to_scripts_and_other_sites_and_new_at_each_login()
    {
        await using var stage = await ConsoleStage.StartAsync();
        await stage.CreateAsync("ana", ConsoleRole.Admin);
        using var browser = stage.Browser();

        var answer = await browser.SignInAsync("ana", ConsoleStage.Password);
        var first = browser.SessionCookie;
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("crmsync-session", StringComparison.Ordinal));

        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        await browser.SignInAsync("ana", ConsoleStage.Password);
        browser.SessionCookie.ShouldNotBe(first);
    }

    [Theory]
    [InlineData("sign-out")]
    [InlineData("disabled")]
    [InlineData("password")]
    [InlineData("idle")]
    [InlineData("old")]
    public async Task A_cookie_that_was_copied_is_worth_nothing_after(string end)
    {
        await using var stage = await ConsoleStage.StartAsync();
        await stage.CreateAsync("ana", ConsoleRole.Admin);
        using var otto = await stage.BrowserAsync(ConsoleRole.Admin);
        (await otto.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var thief = stage.Browser();
        thief.Cookies.Add(stage.Address, new Cookie("crmsync-session", otto.SessionCookie));
        (await thief.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);

        switch (end)
        {
            case "sign-out":
                (await otto.SubmitAsync("/accounts", "/sign-out")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
                break;
            case "disabled":
                await stage.Store.ChangeAsync("admin", ConsoleRole.Admin, false, enabled: false, new AuditNote("ana", null, "x"), Cancel);
                break;
            case "password":
                await otto.SubmitAsync(
                    "/password", "/password", ("Given.Current", ConsoleStage.Password), ("Given.Next", "four other plain words"), ("Given.Repeat", "four other plain words"));
                (await otto.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
                break;
            case "idle":
                stage.Clock.Advance(TimeSpan.FromMinutes(30));
                break;
            default:
                for (var i = 0; i < 36; i++)
                {
                    await thief.GetAsync("/accounts");
                    stage.Clock.Advance(TimeSpan.FromMinutes(20));
                }

                break;
        }

        (await thief.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("/accounts")]
    [InlineData("/no-such-page")]
    public async Task Every_page_has_a_way_out_that_works(string page)
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = await stage.BrowserAsync(ConsoleRole.Admin);

        (await browser.SubmitAsync(page, "/sign-out")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await browser.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_counts_with_the_next_request()
    {
        await using var stage = await ConsoleStage.StartAsync();
        await stage.CreateAsync("ana", ConsoleRole.Admin);
        using var browser = await stage.BrowserAsync(ConsoleRole.Admin);

        await stage.Store.ChangeAsync("admin", ConsoleRole.Viewer, false, enabled: true, new AuditNote("ana", null, "x"), Cancel);

        (await browser.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_by_its_setting()
    {
        await using var first = await ConsoleStage.StartAsync();
        var taken = $"http://127.0.0.1:{first.Address.Port}";

        var refusal = await Should.ThrowAsync<SettingsException>(() => ConsoleStage.StartAsync(("Console:Url", taken)));

        refusal.Message.ShouldBe($"Console:Url: {taken} is taken by another program, or another worker. Write another port.");
    }

    [Fact]
    public async Task Neither_passwords_nor_session_ids_are_in_the_log_or_the_ledger()
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = stage.Browser();
        await SetUpAsync(browser, stage.SetupLink.Fragment[1..]);
        await browser.SignInAsync("ana", "a-wrong-one-by-mistake");
        await browser.SignInAsync("ana", ConsoleStage.Password);

        var kept = stage.Log.Text + string.Concat(new[] { "crmsync.db", "crmsync.db-wal" }.Select(file => ReadShared(Path.Combine(stage.Folder, file))));

        kept.ShouldNotContain(ConsoleStage.Password);
        kept.ShouldNotContain("a-wrong-one-by-mistake");
        kept.ShouldNotContain(browser.SessionCookie!);
    }

    private static Task<HttpResponseMessage> SetUpAsync(VisitorBrowser browser, string token, string password = ConsoleStage.Password) => browser.SubmitAsync(
        "/setup", "/setup", ("Given.Token", token), ("Given.Name", "ana"), ("Given.Next", password), ("Given.Repeat", password));

    // Without what differs each time: form tokens and what was typed.
    private static string Shown(string html) =>
        System.Text.RegularExpressions.Regex.Replace(html, "value=\"[^\"]*\"|<!--.*?-->", string.Empty, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
