using System.Text.RegularExpressions;
using CrmSync.Ledger.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CrmSync.EndToEndTests.Console;

/// <summary>Markup in every text of a session, in searches, names and addresses: it shows as text wherever it turns up, and nothing of it runs.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ConsoleMarkupWalk(ConsoleFixture console)
{
    private const string Typed = "\"><img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>";

    private static readonly string Address = Uri.EscapeDataString(Typed);

    [Fact]
    public async Task A_session_full_of_markup_shows_it_as_text_on_every_page_it_is_on()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        var session = $"/sessions/demo/call-{OddSessions.Markup}";
        foreach (var path in (string[])["/sessions", "/sessions?q=planted11", session])
        {
            await window.GoAsync(path);
            await Expect(window.Page.Locator("main")).ToContainTextAsync("<script>window.pwned=1</script>");
            await OpenEverythingAsync(window);
            await NothingRanAsync(window, path);
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
            await NothingRanAsync(window, path);
        }

        await window.GoAsync("/sessions");
        await window.Page.Locator("[data-search]").FillAsync(Typed);
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page).ToHaveURLAsync(new Regex("[?]q=", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await NothingRanAsync(window, "a search");
        await window.GoAsync("/audit");
        await window.Page.Locator("[name=actor]").FillAsync(Typed);
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.Locator(".empty")).ToBeVisibleAsync();
        await NothingRanAsync(window, "the audit");
    }

    [Fact]
    public async Task Before_the_login_as_well()
    {
        await using var window = await console.OpenAsync();
        await window.Page.GotoAsync($"/sign-in?back={Address}");
        await NothingRanAsync(window, "the way back");
        const string Short = "\"><img src=x onerror=\"window.pwned=1\">";
        await window.SignInAsync(Short, "not this one at all");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await NothingRanAsync(window, "a name");
        await Expect(window.Page.Locator("[name='Given.Name']")).ToHaveValueAsync(Short);
    }

    /// <summary>Folded parts are opened: what is hidden counts as well.</summary>
    private static async Task OpenEverythingAsync(ConsoleWindow window) =>
        await window.Page.EvaluateAsync("document.querySelectorAll('main details').forEach(part => { part.open = true; })");

    private static async Task NothingRanAsync(ConsoleWindow window, string where)
    {
        (await window.Page.EvaluateAsync<bool>("window.pwned === undefined")).ShouldBeTrue(where);
        var planted = await window.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('body script, body img, body svg, body a, body iframe, body *')]
                .filter(element => (element.tagName === 'SCRIPT' && !element.src)
                    || (element.tagName === 'IMG' && element.getAttribute('src') === 'x')
                    || /^\s*javascript:/i.test(element.getAttribute('href') ?? '')
                    || [...element.attributes].some(attribute => /^on/i.test(attribute.name)))
                .map(element => element.outerHTML.slice(0, 200))
            """);
        planted.ShouldBeEmpty(where);
        window.Complaints.Where(complaint => complaint.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(where);
    }
}
