using CrmSync.Console.Access;
using CrmSync.Core.Deliveries;
using CrmSync.Demo;
using CrmSync.Ledger.Access;
using CrmSync.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CrmSync.EndToEndTests.Console;

/// <summary>Every button that changes something, pressed by an operator, with what it did in the audit.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ConsoleActionsWalk(ConsoleFixture console)
{
    private const long Held = 79021;
    private const long Ended = 79022;
    private const long Tested = 79023;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_waiting_delivery_is_held_back_until_somebody_retries_it()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        var delivery = await WaitingAsync(window, Held);

        await PressAsync(delivery, window, "park");
        await Expect(delivery).ToHaveAttributeAsync("data-state", "Parked");
        await Expect(delivery).ToContainTextAsync("PARKED_BY_PERSON");
        await window.ScreenshotAsync("session-held-light");
        await GoOnAsync(window);
        await window.GoAsync(AddressOf(Held));
        await Expect(delivery).ToHaveAttributeAsync("data-state", "Parked");

        await PressAsync(delivery, window, "retry");
        await Expect(delivery).ToHaveAttributeAsync("data-state", "Delivered");
        await AuditedAsync("park", "retry");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_waiting_delivery_is_cancelled_and_does_not_go_out_when_the_connector_goes_on()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        var delivery = await WaitingAsync(window, Ended);

        await PressAsync(delivery, window, "cancel");
        await Expect(delivery).ToHaveAttributeAsync("data-state", "Cancelled");
        await GoOnAsync(window);

        await window.GoAsync(AddressOf(Ended));
        await Expect(delivery).ToHaveAttributeAsync("data-state", "Cancelled");
        await Expect(delivery.Locator("[data-action=retry]")).ToBeVisibleAsync();
        await AuditedAsync("cancel", AuditActions.ConnectorPaused, AuditActions.ConnectorResumed);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_that_waits_for_one_reason_is_retried_from_the_overview()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);

        // Of two sessions with the same ticket the second would wait for the parked one first.
        foreach (var number in (long[])[79031, 79032])
        {
            OddSessions.WriteTo(console.Inbox, number, $"999{number}");
            await console.DeliveryAsync(number, Landed.Zendesk, DeliveryState.Parked);
        }

        console.Crms.Provide("99979031");
        console.Crms.Provide("99979032");
        await window.GoAsync("/");
        await window.ScreenshotAsync("overview-needs-person-light");
        var row = window.Page.Locator(".rows > li").Filter(new() { HasText = "TICKET_NOT_FOUND" }).Filter(new() { HasText = Landed.Zendesk });
        await row.Locator("[data-action=retry-all]").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("TICKET_NOT_FOUND");
        await window.Page.Locator("[data-confirm]").ClickAsync();

        await Expect(window.Page.Locator(".said")).ToContainTextAsync("again");
        foreach (var number in (long[])[79031, 79032])
        {
            await window.GoAsync(AddressOf(number));
            await Expect(window.Page.Locator("[data-delivery=zendesk]")).ToHaveAttributeAsync("data-state", "Delivered");
        }

        await AuditedAsync("retry");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_is_looked_at_when_somebody_says_so()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        await window.GoAsync("/");

        await window.Page.Locator("[data-action=pick-up]").First.ClickAsync();

        await Expect(window.Page.Locator(".said")).ToContainTextAsync("samples");
        await AuditedAsync(AuditActions.PickUp);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_session_is_previewed_and_sent_as_a_test()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        await window.GoAsync("/sessions");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Send one as a test" }).ClickAsync();
        var sample = await File.ReadAllTextAsync(Repository.Combine("samples", "sessions", "call-70112.json"), Cancel);

        await window.Page.Locator("textarea").FillAsync(sample.Replace("70112", $"{Tested}", StringComparison.Ordinal));
        await window.Page.Locator("[data-action=preview]").ClickAsync();
        await Expect(window.Page.Locator(".note").First).ToBeVisibleAsync();
        await window.ScreenshotAsync("test-previewed-light");
        await window.Page.Locator("[data-action=send]").ClickAsync();
        await window.Page.Locator("[data-confirm]").ClickAsync();

        await window.Page.Locator(".said").GetByRole(AriaRole.Link, new() { Name = $"call-{Tested}" }).ClickAsync();
        await Expect(window.Page.Locator($"[data-delivery={Landed.Mailbox}]")).ToHaveAttributeAsync("data-state", "Delivered");
        await AuditedAsync(AuditActions.TestSent);
        window.Complaints.ShouldBeEmpty();
    }

    private static string AddressOf(long session) => $"/sessions/demo/call-{session}";

    /// <summary>Stops Zendesk, and brings in a session for it, whose page is open then.</summary>
    private async Task<ILocator> WaitingAsync(ConsoleWindow window, long session)
    {
        await window.GoAsync("/connectors/zendesk");
        await PressAsync(window.Page.Locator("main"), window, "pause");
        await Expect(window.Page.Locator(".connector-card .badge")).ToHaveTextAsync("Paused");
        console.Crms.Provide($"999{session}");
        OddSessions.WriteTo(console.Inbox, session, $"999{session}");
        var delivery = window.Page.Locator("[data-delivery=zendesk]");
        await console.DeliveryAsync(session, Landed.Zendesk, DeliveryState.Ready);
        await window.GoAsync(AddressOf(session));
        return delivery;
    }

    private static async Task GoOnAsync(ConsoleWindow window)
    {
        await window.GoAsync("/connectors/zendesk");
        await PressAsync(window.Page.Locator("main"), window, "resume");
        await Expect(window.Page.Locator(".connector-card .badge")).ToHaveTextAsync("Healthy");
    }

    private static async Task PressAsync(ILocator part, ConsoleWindow window, string action)
    {
        await part.Locator($"[data-action={action}]").ClickAsync();
        await window.Page.Locator("[data-confirm]").ClickAsync();
        await Expect(window.Page.Locator(".said")).Not.ToBeEmptyAsync();
    }

    private async Task AuditedAsync(params string[] actions)
    {
        var lines = await console.Store.ReadAuditAsync(new AuditQuery(Actor: "operator"), 100, Cancel);
        actions.Except(lines.Select(line => line.Action)).ShouldBeEmpty();
    }
}
