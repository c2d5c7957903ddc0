using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.EndToEndTests.Support;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Smtp;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.EndToEndTests;

/// <summary>A mail server that hangs up at the final dot, and a Zendesk account that reads its mailbox: only Zendesk knows what became of the mail.</summary>
public sealed class MailInDoubtTests
{
    private const string Sample = "call-70157.json";
    private const long Ticket = 41850;

    [Fact]
    public async Task A_mail_that_became_a_note_is_not_sent_again()
    {
        await using var stage = await StageAsync("Verify");
        stage.Mail.Faults.Once(Fault.DropAfter, "DOT");

        var shown = await DeliverAsync(stage);

        stage.Mail.Mails.Count.ShouldBe(1);
        stage.Comments.ShouldBe(1);
        shown.ShouldContain($"{stage.Zendesk.Address}agent/tickets/{Ticket}");
        shown.ShouldContain("On the record.");
    }

    [Fact]
    public async Task A_mail_that_never_became_a_note_is_sent_again()
    {
        await using var stage = await StageAsync("Verify");
        stage.Mail.Faults.Once(Fault.DropBefore, "DOT");

        var shown = await DeliverAsync(stage);

        stage.Mail.Mails.Count.ShouldBe(1);
        stage.Comments.ShouldBe(1);
        shown.ShouldContain($"the mail server said: 250 2.0.0 Ok: queued as {stage.Mail.Mails[0].QueueId}");
    }

    [Fact]
    public async Task Without_anybody_to_ask_the_note_is_there_twice()
    {
        await using var stage = await StageAsync("Resend");
        stage.Mail.Faults.Once(Fault.DropAfter, "DOT");

        await DeliverAsync(stage);

        stage.Comments.ShouldBe(2);
    }

    private static async Task<string> DeliverAsync(Stage stage)
    {
        await using var worker = WorkerProcess.Start(stage.Folder.Path, "run");
        await worker.LineAsync("Started.");
        stage.Folder.Drop(Sample);
        await worker.LineAsync("Delivered test/call-70157");
        (await worker.StopAsync()).ShouldBe(0);
        return (await WorkerProcess.RunToEndAsync(stage.Folder.Path, "show", "call-70157")).Output;
    }

    private static async Task<Stage> StageAsync(string inDoubt)
    {
        var zendesk = new ZendeskSimulator(new ZendeskSettings { Tickets = [Ticket] }, TimeProvider.System);
        var host = await SimulatorHost.StartAsync(zendesk, new SimulatorOptions(), TestContext.Current.CancellationToken);

        // What Zendesk makes of a mail to its support address, as far as it matters here: a comment that ends with the mail's last line.
        var mail = SmtpSimulator.Start(new SmtpSimulatorOptions
        {
            Taken = received => zendesk.Desk.Comment(Ticket, $"A note from a mail.\n{received.Header("Message-ID")}"),
        });
        var stage = new Stage(mail, zendesk, host);
        stage.Folder.Write(Settings(inDoubt, mail.Port, host.Address));
        return stage;
    }

    private static JsonObject Settings(string inDoubt, int port, Uri zendesk)
    {
        var settings = WorkerFolder.MailSettings();
        settings["Connectors"] = JsonNode.Parse(
            """
            {
              "mailbox": {
                "Kind": "Email", "From": "crmsync@centre.example", "To": "support@northlake.zendesk.example",
                "Smtp": { "Host": "127.0.0.1", "Security": "None" }
              },
              "zendesk": { "Kind": "Zendesk", "ClientId": "crmsync", "ClientSecret": "sim-secret" }
            }
            """);
        var mailbox = settings["Connectors"]!["mailbox"]!;
        mailbox["Smtp"]!["Port"] = port.ToString(CultureInfo.InvariantCulture);
        mailbox["InDoubt"] = inDoubt;
        if (inDoubt == "Verify")
        {
            mailbox["VerifyWith"] = "zendesk";
            mailbox["VerifyAfter"] = "00:00:01";
        }

        settings["Connectors"]!["zendesk"]!["Url"] = zendesk.ToString();
        return settings;
    }

    private sealed class Stage(SmtpSimulator mail, ZendeskSimulator zendesk, SimulatorHost host) : IAsyncDisposable
    {
        public WorkerFolder Folder { get; } = new();

        public SmtpSimulator Mail => mail;

        public SimulatorHost Zendesk => host;

        public int Comments => zendesk.Desk.Ticket(Ticket).Comments.Count;

        public async ValueTask DisposeAsync()
        {
            await mail.DisposeAsync();
            await host.DisposeAsync();
            Folder.Dispose();
        }
    }
}
