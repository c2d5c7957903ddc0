using CrmSync.Console.Layout;
using CrmSync.Ledger.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CrmSync.EndToEndTests.Console;

/// <summary>How the console looks and is used: languages, colours, a phone, no mouse, and text that stays text.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ConsoleLookWalk(ConsoleFixture console)
{
    /// <summary>Every page that a person can open without knowing a session or connector by name.</summary>
    private static IEnumerable<string> Pages => Navigation.Entries.Select(entry => entry.Href);

    [Fact]
    public async Task Every_page_opens_without_a_complaint_of_the_browser_and_without_a_stack_trace()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        foreach (var path in (string[])[.. Pages, "/no-such-page", "/sessions/no-such-session"])
        {
            await window.GoAsync(path);
            await Expect(window.Page.Locator("h1")).ToHaveCountAsync(1);
            var text = await window.Page.Locator("body").InnerTextAsync();
            text.ShouldNotContain("   at ", Case.Sensitive, path);
            text.ShouldNotContain("Exception", Case.Sensitive, path);
            await Expect(window.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        }

        // A page that is not there is answered with 404, and the browser says so.
        window.Complaints.Where(complaint => !complaint.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("light", false)]
    [InlineData("dark", false)]
    [InlineData("light", true)]
    [InlineData("dark", true)]
    public async Task Every_page_fits_its_width_in_light_and_dark_and_has_its_picture_taken(string colours, bool phone)
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin, colours: colours, phone: phone);
        var tooWide = new List<string>();
        foreach (var path in Pages)
        {
            await window.GoAsync(path);
            await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await window.ScreenshotAsync($"{(path == "/" ? "overview" : path.Trim('/').Replace('/', '-'))}-{colours}{(phone ? "-phone" : string.Empty)}");
            if (await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
            {
                tooWide.Add(path);
            }
        }

        tooWide.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_phone_opens_the_navigation_by_its_button_and_closes_it_by_choosing()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin, phone: true);
        await window.GoAsync("/accounts");
        var navigation = window.Page.Locator("#navigation");
        await Expect(navigation).ToBeHiddenAsync();

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await Expect(navigation).ToBeVisibleAsync();
        await window.ScreenshotAsync("navigation-phone");
        await navigation.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Audit", Level = 1 })).ToBeVisibleAsync();
        await Expect(navigation).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Spanish_is_spoken_to_a_Spanish_browser_and_to_whoever_chooses_it()
    {
        await using var spanish = await console.OpenAsync(language: "es-ES");
        await spanish.Page.GotoAsync("/sign-in");
        await Expect(spanish.Page.GetByRole(AriaRole.Heading, new() { Name = "Iniciar sesión" })).ToBeVisibleAsync();

        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        await window.GoAsync("/accounts");
        await window.Page.Locator(".user-menu summary").ClickAsync();
        await window.ScreenshotAsync("user-menu-light");
        await window.Page.Locator(".user-menu select[name=language]").SelectOptionAsync("es");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Cuentas" })).ToBeVisibleAsync();
        await window.LiveAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Cuentas" })).ToBeVisibleAsync();
        window.Page.Url.ShouldEndWith("/accounts");
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await window.ScreenshotAsync("accounts-spanish");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dark_colours_follow_the_system_and_a_choice_overrides_it()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin, colours: "dark");
        await window.GoAsync("/accounts");
        (await GroundAsync(window)).ShouldBe("rgb(20, 23, 28)");

        await window.Page.Locator(".user-menu summary").ClickAsync();
        await window.Page.Locator(".user-menu select[name=theme]").SelectOptionAsync("light");

        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        (await GroundAsync(window)).ShouldBe("rgb(246, 247, 249)");
    }

    [Fact]
    public async Task Without_a_mouse_one_skips_to_the_content_jumps_between_pages_and_always_sees_where_one_is()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        await window.GoAsync("/accounts");
        var keys = window.Page.Keyboard;

        await Expect(window.Page.Locator("h1")).ToBeFocusedAsync();
        await window.Page.Locator(".skip").FocusAsync();
        await Expect(window.Page.Locator(".skip")).ToBeInViewportAsync();
        await keys.PressAsync("Enter");
        await Expect(window.Page.Locator("#content")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "New account" })).ToBeFocusedAsync();
        (await window.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle")).ShouldBe("solid");

        await keys.PressAsync("?");
        await Expect(window.Page.Locator("#shortcuts")).ToBeVisibleAsync();
        await window.ScreenshotAsync("shortcuts-light");
        await keys.PressAsync("Escape");
        await Expect(window.Page.Locator("#shortcuts")).ToBeHiddenAsync();

        await keys.PressAsync("g");
        await keys.PressAsync("u");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Audit", Level = 1 })).ToBeFocusedAsync();
        await keys.PressAsync("/");
        await Expect(window.Page.Locator("[data-search]")).ToBeFocusedAsync();
        await keys.TypeAsync("gu?");
        await Expect(window.Page.Locator("[data-search]")).ToHaveValueAsync("gu?");
    }

    private static Task<string> GroundAsync(ConsoleWindow window) => window.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
