using CrmSync.Console.Access;
using CrmSync.EndToEndTests.Support;
using CrmSync.Ledger.Access;
using CrmSync.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CrmSync.EndToEndTests.Console;

/// <summary>In and out of the console with a real browser.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ConsoleLoginWalk(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demos_link_lets_one_person_in_who_then_has_an_account()
    {
        await using var window = await console.OpenAsync();
        using var folder = new TemporaryFolder();
        await using var demo = WorkerProcess.Start(folder.Path, "demo", "--console", "0");
        var link = (await demo.LineAsync("The console:"))["The console:".Length..].Trim();

        await window.Page.GotoAsync(link);
        await Expect(window.Page.Locator("[name='Given.Token']")).ToHaveValueAsync(new Uri(link).Fragment[1..]);
        window.Page.Url.ShouldNotContain("#");
        await window.ScreenshotAsync("setup-light");
        await window.Page.Locator("[name='Given.Name']").FillAsync("Ana");
        await window.Page.Locator("[name='Given.Next']").FillAsync(ConsoleFixture.Password);
        await window.Page.Locator("[name='Given.Repeat']").FillAsync(ConsoleFixture.Password);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Create the account" }).ClickAsync();
        await window.LiveAsync();
        await Expect(window.Page.Locator(".user-name")).ToHaveTextAsync("ana");

        await window.Page.Locator(".user-menu summary").ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await window.Page.GotoAsync(link);
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await demo.StopAsync();
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_passwords_say_one_sentence_and_shut_the_door_after_five()
    {
        await using var window = await console.OpenAsync();
        await console.AccountAsync("locked-out", ConsoleRole.Viewer, seePersonal: false);

        for (var i = 0; i < LoginThrottle.PairMax; i++)
        {
            await window.SignInAsync("locked-out", "not this one at all");
            await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name or password is wrong");
        }

        await window.ScreenshotAsync("sign-in-failed-light");
        await window.SignInAsync("locked-out", ConsoleFixture.Password);
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name or password is wrong");
    }

    [Theory]
    [InlineData(ConsoleRole.Viewer, false)]
    [InlineData(ConsoleRole.Operator, false)]
    [InlineData(ConsoleRole.Admin, true)]
    public async Task The_navigation_offers_what_the_role_may_open_and_the_address_bar_no_more(ConsoleRole role, bool isAdmin)
    {
        await using var window = await console.OpenAsync(role);
        foreach (var path in (string[])["/accounts", "/audit"])
        {
            await window.Page.GotoAsync(path);
            await window.LiveAsync();
            await Expect(window.Page.Locator("#navigation a[href='/accounts']")).ToHaveCountAsync(isAdmin ? 1 : 0);
            var heading = window.Page.Locator("h1");
            await (isAdmin ? Expect(heading).Not.ToContainTextAsync("may not") : Expect(heading).ToContainTextAsync("Your account may not open this"));
        }
    }

    [Fact]
    public async Task An_account_that_is_disabled_is_out_of_its_open_page_within_seconds()
    {
        await using var window = await console.OpenAsync();
        await console.AccountAsync("leaving", ConsoleRole.Viewer, seePersonal: false);
        await console.AccountAsync("admin", ConsoleRole.Admin, seePersonal: true);
        await window.SignInAsync("leaving", ConsoleFixture.Password);
        await window.LiveAsync();

        await console.Store.ChangeAsync("leaving", ConsoleRole.Viewer, false, enabled: false, new AuditNote("test", null, AuditActions.AccountDisabled, "leaving"), Cancel);

        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task An_admin_makes_an_account_whose_owner_chooses_a_password_and_is_signed_out_when_it_is_reset()
    {
        await using var admin = await console.OpenAsync(ConsoleRole.Admin);
        await using var owner = await console.OpenAsync();
        await admin.GoAsync("/accounts");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "New account" }).ClickAsync();
        await admin.Page.Locator("[name=name]").FillAsync("Olga@Centre.example");
        await admin.Page.Locator("[name=role]").SelectOptionAsync("Operator");
        await admin.ScreenshotAsync("accounts-new-light");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        var first = await admin.Page.Locator("[data-one-time]").InnerTextAsync();
        await admin.ScreenshotAsync("accounts-created-light");

        await owner.SignInAsync("olga@centre.example", first);
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Change password" })).ToBeVisibleAsync();
        await owner.ScreenshotAsync("password-light");
        await owner.Page.Locator("[name='Given.Current']").FillAsync(first);
        await owner.Page.Locator("[name='Given.Next']").FillAsync("four other plain words");
        await owner.Page.Locator("[name='Given.Repeat']").FillAsync("four other plain words");
        await owner.Page.Locator("form[action='/password'] button[type=submit]").ClickAsync();
        await owner.LiveAsync();
        await Expect(owner.Page.Locator(".user-name")).ToHaveTextAsync("olga@centre.example");

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Change olga@centre.example" }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "New one-time password" }).ClickAsync();
        await Expect(admin.Page.Locator("[data-one-time]")).Not.ToHaveTextAsync(first);
        await owner.Page.ReloadAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();

        await admin.GoAsync("/audit");
        await admin.Page.Locator("[name=action]").SelectOptionAsync(AuditActions.AccountCreated);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(admin.Page.Locator("tbody tr").First).ToContainTextAsync("olga@centre.example");
        admin.Complaints.ShouldBeEmpty();
        owner.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_admin_cannot_lock_everybody_out()
    {
        await using var admin = await console.OpenAsync(ConsoleRole.Admin);
        foreach (var other in (await console.Store.ListAsync(Cancel)).Where(account => account.Role is ConsoleRole.Admin && account.Name != "admin"))
        {
            await console.Store.ChangeAsync(other.Name, ConsoleRole.Viewer, false, enabled: true, new AuditNote("test", null, AuditActions.AccountChanged, other.Name), Cancel);
        }

        await admin.GoAsync("/accounts");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Change admin", Exact = true }).ClickAsync();
        await admin.Page.Locator("[name=role]").SelectOptionAsync("Viewer");
        await admin.ScreenshotAsync("accounts-change-light");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(admin.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("last admin");
    }
}
