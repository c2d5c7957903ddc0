using CrmSync.Ledger.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CrmSync.EndToEndTests.Console;

/// <summary>What people come to the console for: finding a session, mending what is stuck, changing a note, stopping a connector.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ConsolePagesWalk(ConsoleFixture console)
{
    private const string Template = "/templates/zendesk/internal-note.sbn-html";

    [Theory]
    [InlineData("Hannah Okafor", "call-70112")]
    [InlineData("+1 202 555 0181", "call-70112")]
    [InlineData("41850", "call-70157")]
    [InlineData("call-70125", "call-70125")]
    [InlineData("bike fit", "call-70163")]
    public async Task A_session_is_found_by_whom_and_what_it_was_about(string text, string session)
    {
        await using var window = await console.OpenAsync(ConsoleRole.Viewer);
        await window.GoAsync("/sessions");

        await window.Page.Locator("[data-search]").FillAsync(text);
        await window.Page.Keyboard.PressAsync("Enter");
        // The whole list has the session too, but not only that one.
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "call-70180", Exact = true })).ToHaveCountAsync(0);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = session, Exact = true }).ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = session, Level = 1 })).ToBeVisibleAsync();
        await window.Page.GoBackAsync();
        await Expect(window.Page.Locator("[data-search]")).ToHaveValueAsync(text);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_parked_delivery_is_retried_once_its_ticket_exists()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        await window.GoAsync($"/sessions/demo/call-{OddSessions.Lost}");
        var delivery = window.Page.Locator("[data-delivery=zendesk]");
        await Expect(delivery).ToHaveAttributeAsync("data-state", "Parked");
        await Expect(delivery).ToContainTextAsync("TICKET_NOT_FOUND");
        await window.ScreenshotAsync("session-parked-light");

        console.Crms.Provide("99990001");
        await delivery.Locator("[data-action=retry]").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await window.ScreenshotAsync("question-light");
        await window.Page.Locator("[data-confirm]").ClickAsync();

        await Expect(window.Page.Locator(".said")).ToContainTextAsync("tried again");
        await Expect(delivery).ToHaveAttributeAsync("data-state", "Delivered");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_with_a_wrong_ticket_goes_to_the_one_set_by_hand()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        await window.GoAsync($"/sessions/demo/call-{OddSessions.Unresolved}");
        var delivery = window.Page.Locator("[data-delivery=zendesk]");
        await Expect(delivery).ToHaveAttributeAsync("data-state", "Parked");

        await delivery.Locator("[data-action=ticket]").ClickAsync();
        await window.Page.Locator("input[name=ticket]").FillAsync(OddSessions.MarkupTicket);
        await window.Page.Locator("[data-confirm]").ClickAsync();

        await Expect(delivery).ToHaveAttributeAsync("data-state", "Delivered");
        await Expect(delivery).ToContainTextAsync("Ticket set by hand");
        await Expect(delivery.GetByRole(AriaRole.Link)).ToContainTextAsync(OddSessions.MarkupTicket);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_is_left_by_Escape_and_nothing_happens()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        await window.GoAsync("/connectors/records-mailbox");

        await window.Page.Locator("[data-action=check]").ClickAsync();
        await Expect(window.Page.Locator(".findings li").First).ToBeVisibleAsync();
        await window.Page.Locator("[data-action=pause]").ClickAsync();
        await window.Page.Locator("input[name=why]").PressAsync("Escape");

        await Expect(window.Page.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync();
        await Expect(window.Page.Locator("[data-action=pause]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_template_with_an_error_is_mended_seen_and_saved()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        await window.GoAsync(Template);
        var (editor, save) = (window.Page.Locator(".editor textarea"), window.Page.Locator("[data-action=save]"));
        var before = await editor.InputValueAsync();
        await Expect(save).ToBeDisabledAsync();

        await editor.FillAsync("<p>Seen</p>\n{{ headlin }}");
        await Expect(window.Page.Locator("#problems")).ToContainTextAsync("Line 2, column 4");
        await Expect(save).ToBeDisabledAsync();
        await window.ScreenshotAsync("template-error-light");

        await editor.FillAsync("<p>Seen</p>\n{{ headline }}");
        await Expect(window.Page.Locator("#problems li")).ToHaveCountAsync(0);
        await Expect(window.Page.Locator(".note-frame").First.ContentFrame.Locator("p")).ToHaveTextAsync("Seen");
        await save.ClickAsync();
        await Expect(window.Page.Locator(".said")).ToContainTextAsync("is saved");

        await editor.FillAsync(before);
        await save.ClickAsync();
        await Expect(save).ToBeDisabledAsync();
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connector_is_paused_with_a_reason_that_others_read_and_goes_on()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        await window.GoAsync("/connectors/salesforce");

        await window.Page.Locator("[data-action=pause]").ClickAsync();
        await window.Page.Locator("input[name=why]").FillAsync("The org is being moved.");
        await window.Page.Locator("[data-confirm]").ClickAsync();
        await Expect(window.Page.Locator(".connector-card .badge")).ToHaveTextAsync("Paused");
        await using var other = await console.OpenAsync(ConsoleRole.Viewer);
        await other.GoAsync("/");
        await Expect(other.Page.Locator(".connector-card").Filter(new() { HasText = "salesforce" })).ToContainTextAsync("The org is being moved.");
        await other.ScreenshotAsync("overview-paused-light");

        await window.Page.Locator("[data-action=resume]").ClickAsync();
        await window.Page.Locator("[data-confirm]").ClickAsync();
        await Expect(window.Page.Locator(".connector-card .badge")).ToHaveTextAsync("Healthy");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_right_nothing_personal_reaches_the_browser_and_without_the_role_no_button()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Viewer, seePersonal: false);
        foreach (var path in (string[])["/sessions", "/sessions/demo/call-70125", $"/sessions/demo/call-{OddSessions.Lost}"])
        {
            await window.GoAsync(path);
            var page = await window.Page.ContentAsync();
            page.ShouldNotContain("+1202555018", Case.Sensitive, path);
            page.ShouldNotContain("Lindqvist", Case.Sensitive, path);
            page.ShouldNotContain("Order NL-2207", Case.Sensitive, path);
            await Expect(window.Page.Locator("[data-action]")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Markup_in_every_field_of_a_session_shows_as_text()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        foreach (var path in (string[])["/sessions", $"/sessions/demo/call-{OddSessions.Markup}", "/"])
        {
            await window.GoAsync(path);
            foreach (var tab in await window.Page.GetByRole(AriaRole.Tab).AllAsync())
            {
                await tab.ClickAsync();
            }

            (await window.Page.EvaluateAsync<bool>("window.pwned === undefined")).ShouldBeTrue(path);
            (await window.Page.Locator("main img, main script, main a[href^=javascript]").CountAsync()).ShouldBe(0, path);
        }

        window.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("light", false)]
    [InlineData("dark", false)]
    [InlineData("light", true)]
    public async Task The_pages_of_one_thing_fit_their_width_and_have_their_picture_taken(string colours, bool phone)
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin, colours: colours, phone: phone);
        foreach (var (name, path) in new[] { ("session", "/sessions/demo/call-70125"), ("connector", "/connectors/zendesk"), ("template", Template), ("test", "/test") })
        {
            await window.GoAsync(path);
            await Expect(window.Page.Locator("h1")).ToHaveCountAsync(1);
            await window.ScreenshotAsync($"{name}-{colours}{(phone ? "-phone" : string.Empty)}");
            (await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth")).ShouldBeFalse(path);
        }
    }
}
