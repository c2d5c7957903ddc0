using CrmSync.Alerts;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Demo;
using CrmSync.EndToEndTests.Support;
using CrmSync.Ledger.Access;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using Alert = CrmSync.Alerts.Alert;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.EndToEndTests.Console;

/// <summary>Hostile texts that come in by other ways than a session's file: file names, a CRM's answers, reasons that people give, alerts, the audit.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ConsoleHostileWalk(ConsoleFixture console)
{
    private const long Answered = 79012;
    private const long Mailed = 79014;

    private static readonly DateTimeOffset LongAgo = new(2026, 5, 12, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ILedger Ledger => console.Services.GetRequiredService<ILedger>();

    [Theory]
    [InlineData("zendesk/internal-note.sbn-html")]
    [InlineData("salesforce/case-comment.sbn-txt")]
    [InlineData("email/body.sbn-html")]
    [InlineData("email/subject.sbn-txt")]
    public async Task A_template_is_previewed_with_a_stored_session_full_of_markup(string template)
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        await window.GoAsync($"/templates/{template}");

        await window.Page.Locator("[name=stored]").FillAsync($"call-{OddSessions.Markup}");
        await window.Page.Keyboard.PressAsync("Enter");

        await Expect(window.Page.Locator("[name=session]")).ToHaveValueAsync($"demo/call-{OddSessions.Markup}");
        var note = template.EndsWith("html", StringComparison.Ordinal)
            ? window.Page.Locator(".note-frame").First.ContentFrame.Locator("body")
            : window.Page.Locator(".note-text").First;
        await Expect(note).ToContainTextAsync(Planted.AsText);
        await Planted.NothingRanAsync(window, template);
    }

    [Fact]
    public async Task A_hostile_template_is_previewed_in_a_frame_that_runs_nothing()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        await window.GoAsync("/templates/zendesk/internal-note.sbn-html");

        await window.Page.Locator(".editor textarea").FillAsync("<p>Seen</p><a href=\"https://elsewhere.example/\">x</a><form action=\"https://elsewhere.example/\"><img src=x onerror=\"parent.pwned=1\">");

        await Expect(window.Page.Locator(".note-frame").First.ContentFrame.Locator("p")).ToHaveTextAsync("Seen");
        (await window.Page.EvaluateAsync<bool>("window.pwned === undefined")).ShouldBeTrue();
        await Expect(window.Page.Locator(".note-frame").First).ToHaveAttributeAsync("sandbox", string.Empty);
    }

    [Fact]
    public async Task Files_in_quarantine_with_a_hostile_name_and_hostile_content()
    {
        await File.WriteAllTextAsync(Path.Combine(console.Inbox, HostileTexts.FileName), $"{{\"id\": \"{HostileTexts.Brief.Replace("\"", "\\\"", StringComparison.Ordinal)}\", {HostileTexts.Brief}", Cancel);
        await File.WriteAllTextAsync(Path.Combine(console.Inbox, "hostile-id.json"), $$"""{"id": "<img src=x onerror=window.pwned=1>", "call_type": "<svg onload=window.pwned=1>", "status": "finished"}""", Cancel);
        await Eventually.TrueAsync("two files in quarantine", () => Quarantined().Contains(HostileTexts.FileName) && Quarantined().Contains("hostile-id.json"), () => string.Join(Environment.NewLine, Quarantined()));

        await using var window = await console.OpenAsync(ConsoleRole.Viewer);
        await window.GoAsync("/quarantine");

        await Expect(window.Page.Locator("main")).ToContainTextAsync(HostileTexts.FileName);
        await Expect(window.Page.Locator("main")).ToContainTextAsync("hostile-id.json");
        await Planted.NothingRanAsync(window, "the quarantine");
        await window.ScreenshotAsync("quarantine-filled-light");
    }

    [Fact]
    public async Task What_a_CRM_answered_to_a_note()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        console.Crms.ZendeskHost.Faults.Once(Fault.Refuse(422) with { Name = HostileTexts.Brief }, "PUT", "/api/*");
        OddSessions.WriteGood(console.Inbox, Answered);
        await console.DeliveryAsync(Answered, Landed.Zendesk, DeliveryState.Parked);

        await window.GoAsync($"/sessions/demo/call-{Answered}");
        await Expect(window.Page.Locator("[data-delivery=zendesk]")).ToContainTextAsync(Planted.AsText);
        await Planted.NothingRanAsync(window, "a refusal");
        await window.ScreenshotAsync("session-crm-answer-light");
    }

    [Fact]
    public async Task What_a_CRM_answered_that_stopped_its_connector()
    {
        await Ledger.PauseAsync(Landed.Salesforce, new(ReasonCodes.PermissionMissing, $"Salesforce does not allow it. {HostileTexts.Payload}", HostileTexts.Brief), length: null, Cancel);
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        foreach (var path in (string[])["/", "/connectors", "/connectors/salesforce"])
        {
            await window.GoAsync(path);
            await Expect(window.Page.Locator("main")).ToContainTextAsync(Planted.AsText);
            await Planted.NothingRanAsync(window, path);
        }

        await window.ScreenshotAsync("connector-stopped-light");
        await Ledger.ResumeAsync(Landed.Salesforce, Cancel);
    }

    [Fact]
    public async Task What_a_mail_server_answered()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Viewer);
        console.Crms.Mail.Faults.Once(SmtpTrouble.Reply(250, $"2.0.0 {HostileTexts.Brief}"), "DOT");
        OddSessions.WriteGood(console.Inbox, Mailed);
        await console.DeliveryAsync(Mailed, Landed.Mailbox, DeliveryState.Delivered);

        await window.GoAsync($"/sessions/demo/call-{Mailed}");

        await Expect(window.Page.Locator($"[data-delivery={Landed.Mailbox}]")).ToContainTextAsync(Planted.AsText);
        await Planted.NothingRanAsync(window, "the mail server's answer");
    }

    [Fact]
    public async Task What_a_check_of_a_connector_found()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Operator);
        console.Crms.ZendeskHost.Faults.Add(new FaultRule(Fault.Refuse(403) with { Name = HostileTexts.Brief }, "GET", "/api/*"));
        await window.GoAsync("/connectors/zendesk");

        await window.Page.Locator("[data-action=check]").ClickAsync();

        await Expect(window.Page.Locator(".findings li").First).ToBeVisibleAsync();
        await Expect(window.Page.Locator(".findings")).ToContainTextAsync(Planted.AsText);
        await Planted.NothingRanAsync(window, "the findings");
        await window.ScreenshotAsync("connector-check-bad-light");
        console.Crms.ZendeskHost.Faults.Clear();
    }

    [Fact]
    public async Task The_reason_somebody_gave_for_a_pause()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        await window.GoAsync("/connectors/salesforce");
        await window.Page.Locator("[data-action=pause]").ClickAsync();
        await window.Page.Locator("input[name=why]").FillAsync(HostileTexts.Brief);
        await window.Page.Locator("[data-confirm]").ClickAsync();
        await Expect(window.Page.Locator(".connector-card")).ToContainTextAsync(Planted.AsText);

        foreach (var path in (string[])["/connectors/salesforce", "/connectors", "/", "/audit"])
        {
            await window.GoAsync(path);
            await Expect(window.Page.Locator("main")).ToContainTextAsync(Planted.AsText);
            await Planted.NothingRanAsync(window, path);
        }

        await Ledger.ResumeAsync(Landed.Salesforce, Cancel);
    }

    [Fact]
    public async Task An_alert()
    {
        var board = console.Services.GetRequiredService<AlertBoard>();
        board.Update([.. Enum.GetValues<AlertKind>().Select(kind => new Alert(kind, HostileTexts.Brief, 2, HostileTexts.Payload, HostileTexts.Brief, LongAgo))]);
        await using var window = await console.OpenAsync(ConsoleRole.Viewer);
        foreach (var path in (string[])["/alerts", "/"])
        {
            await window.GoAsync(path);
            await Expect(window.Page.Locator(".alert").First).ToContainTextAsync(Planted.AsText);
            await Planted.NothingRanAsync(window, path);
        }

        board.Update([]);
    }

    [Fact]
    public async Task Names_and_words_in_the_audit_and_among_the_accounts()
    {
        var note = new AuditNote(HostileTexts.Brief, HostileTexts.Brief, HostileTexts.Brief, HostileTexts.Brief, HostileTexts.Payload);
        await console.Store.CreateAsync(new NewAccount(HostileTexts.Brief, ConsoleRole.Viewer, SeePersonal: false, "none", MustChange: false), note, Cancel);
        await using var window = await console.OpenAsync(ConsoleRole.Admin);

        foreach (var path in (string[])["/audit", "/accounts"])
        {
            await window.GoAsync(path);
            await Expect(window.Page.Locator("tbody")).ToContainTextAsync(Planted.AsText);
            await Planted.NothingRanAsync(window, path);
            await window.ScreenshotAsync($"{path[1..]}-markup-light");
        }

        await window.Page.GetByRole(AriaRole.Button, new() { Name = $"Change {HostileTexts.Brief}" }).ClickAsync();
        await Expect(window.Page.Locator("#account-form-title")).ToContainTextAsync(Planted.AsText);
        await Planted.NothingRanAsync(window, "an account's form");
    }

    [Fact]
    public async Task A_file_that_is_pasted_to_be_sent_as_a_test()
    {
        await using var window = await console.OpenAsync(ConsoleRole.Admin);
        await window.GoAsync("/test");
        await window.Page.Locator("textarea").FillAsync(await File.ReadAllTextAsync(Path.Combine(console.Inbox, $"call-{OddSessions.Markup}.json"), Cancel));
        await window.Page.Locator("[data-action=preview]").ClickAsync();
        await Expect(window.Page.Locator(".note-text").First).ToContainTextAsync(Planted.AsText);
        await Planted.NothingRanAsync(window, "a preview");

        await window.Page.Locator("textarea").FillAsync(HostileTexts.Payload);
        await window.Page.Locator("[data-action=preview]").ClickAsync();
        await Expect(window.Page.Locator(".notice")).ToBeVisibleAsync();
        await Planted.NothingRanAsync(window, "a preview of what is no session");
    }

    private List<string> Quarantined() => [.. Ledger.ListQuarantinedAsync(0, 100, Cancel).GetAwaiter().GetResult().Select(file => file.File.Locator)];
}
