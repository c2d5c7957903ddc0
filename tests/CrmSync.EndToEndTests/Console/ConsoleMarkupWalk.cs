using System.Text.RegularExpressions;
using CrmSync.Ledger.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CrmSync.EndToEndTests.Console;

/// <summary>Markup in every text of a session, in searches, names and addresses: it shows as text wherever it turns up, and nothing of it runs.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ConsoleMarkupWalk(ConsoleFixture console)
{
    private static readonly string Address = Uri.EscapeDataString(HostileTexts.Brief);

    [Fact]
    public async Task A_session_full_of_markup_shows_it_as_text_on_every_page_it_is_on()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        var session = $"/sessions/demo/call-{OddSessions.Markup}";
        foreach (var path in (string[])["/sessions", "/sessions?q=planted11", session])
        {
            await window.GoAsync(path);
            await Expect(window.Page.Locator("main")).ToContainTextAsync("<script>window.pwned=1</script>");
            await Planted.OpenEverythingAsync(window);
            await Planted.NothingRanAsync(window, path);
        }

        await window.ScreenshotAsync("session-markup-light");
    }

    [Fact]
    public async Task What_is_typed_or_stands_in_an_address_shows_as_text_too()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        foreach (var path in (string[])
        [
            $"/sessions?q={Address}", $"/sessions/demo/{Address}", $"/sessions/{Address}/call-1", $"/connectors/{Address}", $"/templates/{Address}",
            $"/{Address}", $"/?hours={Address}",
        ])
        {
            await window.GoAsync(path);
            await Planted.NothingRanAsync(window, path);
        }

        await window.GoAsync("/sessions");
        await window.Page.Locator("[data-search]").FillAsync(HostileTexts.Brief);
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page).ToHaveURLAsync(new Regex("[?]q=", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Planted.NothingRanAsync(window, "a search");
        await window.GoAsync("/audit");
        await window.Page.Locator("[name=actor]").FillAsync(HostileTexts.Brief + " of nobody");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.Locator(".empty")).ToBeVisibleAsync();
        await Planted.NothingRanAsync(window, "the audit");
    }

    [Fact]
    public async Task Before_the_login_as_well()
    {
        await using var window = await console.OpenAsync();
        await window.Page.GotoAsync($"/sign-in?back={Address}");
        await Planted.NothingRanAsync(window, "the way back");
        const string Short = "\"><img src=x onerror=\"window.pwned=1\">";
        await window.SignInAsync(Short, "not this one at all");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await Planted.NothingRanAsync(window, "a name");
        await Expect(window.Page.Locator("[name='Given.Name']")).ToHaveValueAsync(Short);
    }
}
