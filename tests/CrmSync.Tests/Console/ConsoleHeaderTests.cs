using System.Net;
using System.Text.RegularExpressions;
using CrmSync.Ledger.Access;

namespace CrmSync.Tests.Console;

/// <summary>What every answer carries, and what other sites cannot make a browser do here.</summary>
public sealed partial class ConsoleHeaderTests
{
    [Fact]
    public async Task Every_answer_tells_the_browser_what_to_refuse()
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = await stage.BrowserAsync(ConsoleRole.Admin);

        foreach (var path in (string[])["/sign-in", "/accounts", "/audit", "/no-such-page", "/console.css", "/console.js", "/_blazor/initializers"])
        {
            var answer = await browser.GetAsync(path);
            string Header(string name) => string.Join(' ', answer.Headers.TryGetValues(name, out var values) ? values : []);
            var policy = Header("Content-Security-Policy");

            policy.ShouldContain("default-src 'none'", Case.Sensitive, path);
            policy.ShouldContain("script-src 'self';", Case.Sensitive, path);
            policy.ShouldContain("style-src 'self';", Case.Sensitive, path);
            policy.ShouldContain("frame-ancestors 'none'", Case.Sensitive, path);
            policy.ShouldNotContain("unsafe-eval");
            Header("X-Content-Type-Options").ShouldBe("nosniff", path);
            Header("X-Frame-Options").ShouldBe("DENY", path);
            Header("Referrer-Policy").ShouldBe("same-origin", path);
            Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin", path);
            Header("Server").ShouldBeEmpty(path);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task Every_file_that_a_page_names_arrives_whole_and_with_its_type(string encoding)
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = await stage.BrowserAsync(ConsoleRole.Admin);
        var page = await (await browser.GetAsync("/")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        List<string> files = [.. Named().Matches(page).Select(match => match.Groups["file"].Value)];
        files.Count.ShouldBeGreaterThan(5);

        foreach (var file in files)
        {
            var answer = await browser.SendAsync(HttpMethod.Get, "/" + file, ("Accept-Encoding", encoding));

            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            (answer.Content.Headers.ContentType?.MediaType).ShouldBe(Path.GetExtension(file) switch { ".css" => "text/css", ".svg" => "image/svg+xml", _ => "text/javascript" }, file);
            (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldNotBeEmpty(file);
        }
    }

    [Fact]
    public async Task No_file_of_the_pages_lies_where_the_next_build_deletes_it()
    {
        var list = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "crmsync.staticwebassets.runtime.json"), TestContext.Current.CancellationToken);

        list.ShouldContain("pages.css");
        list.ShouldNotContain(".gz");
    }

    [Fact]
    public async Task Pages_with_data_are_kept_by_no_cache_and_hold_no_inline_script_or_style()
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = await stage.BrowserAsync(ConsoleRole.Admin);

        foreach (var path in (string[])["/sign-in", "/accounts", "/audit"])
        {
            var answer = await browser.GetAsync(path);
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
            html.ShouldNotContain("<style", Case.Insensitive, path);
            html.Replace("<script src=", string.Empty, StringComparison.Ordinal).ShouldNotContain("<script", Case.Insensitive, path);
            html.ShouldNotContain(" onclick=", Case.Insensitive, path);
        }
    }

    [Theory]
    [InlineData("/sign-out")]
    [InlineData("/preferences")]
    [InlineData("/sign-in")]
    [InlineData("/password")]
    public async Task A_form_without_our_own_token_changes_nothing(string path)
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = await stage.BrowserAsync(ConsoleRole.Admin);

        (await browser.PostAsync(path, ("language", "es"), ("_handler", path[1..]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await browser.GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_site_can_lead_a_browser_to_a_page_and_to_nothing_else()
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = await stage.BrowserAsync(ConsoleRole.Admin);
        (string, string)[] link = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
        (string, string)[] frame = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe")];
        (string, string)[] fetch = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "empty")];

        (await browser.SendAsync(HttpMethod.Get, "/accounts", link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.SendAsync(HttpMethod.Get, "/accounts", frame)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.SendAsync(HttpMethod.Get, "/accounts", fetch)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.SendAsync(HttpMethod.Post, "/sign-out", link)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.SendAsync(HttpMethod.Get, "/_blazor", ("Origin", "https://evil.example"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Language_and_colours_are_the_browsers_until_somebody_chooses_others()
    {
        await using var stage = await ConsoleStage.StartAsync();
        await stage.CreateAsync("ana", ConsoleRole.Viewer);
        using var browser = stage.Browser();

        var spanish = await browser.SendAsync(HttpMethod.Get, "/sign-in", ("Accept-Language", "es-AR,es;q=0.9,en;q=0.8"));
        (await spanish.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<html lang=\"es\" data-theme=\"system\"");
        (await browser.TextAsync("/sign-in")).ShouldContain("<html lang=\"en\"");

        (await browser.SubmitAsync("/sign-in", "/preferences", ("language", "es"), ("theme", "dark"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.TextAsync("/sign-in")).ShouldContain("<html lang=\"es\" data-theme=\"dark\"");
        await browser.SubmitAsync("/sign-in", "/preferences", ("language", "\"><script>"), ("theme", "purple"));
        (await browser.TextAsync("/sign-in")).ShouldContain("<html lang=\"es\" data-theme=\"dark\"");
    }

    [Fact]
    public async Task The_keys_of_the_cookies_lie_beside_the_ledger_for_this_user_only()
    {
        await using var stage = await ConsoleStage.StartAsync();
        using var browser = await stage.BrowserAsync(ConsoleRole.Viewer);
        var folder = Path.Combine(stage.Folder, "console-keys");

        var files = Directory.GetFiles(folder);

        files.ShouldNotBeEmpty();
        if (!OperatingSystem.IsWindows())
        {
            (File.GetUnixFileMode(folder) & (UnixFileMode)0b111_111).ShouldBe(UnixFileMode.None);
            foreach (var file in files)
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }

    [GeneratedRegex(""" (?:href|src)="(?<file>[^"/#][^"]*\.(?:css|js|svg))" """, RegexOptions.IgnorePatternWhitespace, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
