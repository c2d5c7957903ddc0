using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Smtp;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.EndToEndTests.Support;

/// <summary>A mail server, a Zendesk account that reads its mailbox, and the settings of a worker that sends mail and can ask Zendesk for it.</summary>
internal sealed class MailStage : IAsyncDisposable
{
    private readonly ZendeskSimulator _zendesk;
    private readonly SimulatorHost _host;

    private MailStage(ZendeskSimulator zendesk, SimulatorHost host)
    {
        _zendesk = zendesk;
        _host = host;
        Mail = SmtpSimulator.Start(new SmtpSimulatorOptions { Taken = BecomeNote });
    }

    public WorkerFolder Folder { get; } = new();

    public SmtpSimulator Mail { get; }

    public Uri Zendesk => _host.Address;

    /// <summary>Notes on all tickets.</summary>
    public IReadOnlyList<string> Notes => [.. _zendesk.Desk.Touched().SelectMany(ticket => ticket.Comments).Select(comment => comment.Text)];

    /// <param name="inDoubt">The connector's setting of that name.</param>
    public static async Task<MailStage> BuildAsync(string inDoubt, params IEnumerable<long> tickets)
    {
        var zendesk = new ZendeskSimulator(new ZendeskSettings { Tickets = [.. tickets] }, TimeProvider.System);
        var host = await SimulatorHost.StartAsync(zendesk, new SimulatorOptions(), TestContext.Current.CancellationToken);
        var stage = new MailStage(zendesk, host);
        stage.WriteSettings(inDoubt);
        return stage;
    }

    /// <summary>How many deliveries stand in each state, from <c>crmsync status --json</c>.</summary>
    public async Task<IReadOnlyDictionary<string, int>> StatesAsync()
    {
        var (exitCode, output, errors) = await WorkerProcess.RunToEndAsync(Folder.Path, "status", "--json");
        exitCode.ShouldBe(0, errors);
        using var summary = JsonDocument.Parse(output);
        return summary.RootElement.GetProperty("counts").EnumerateArray()
            .GroupBy(count => count.GetProperty("state").GetString()!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Sum(count => count.GetProperty("count").GetInt32()), StringComparer.OrdinalIgnoreCase);
    }

    public async ValueTask DisposeAsync()
    {
        await Mail.DisposeAsync();
        await _host.DisposeAsync();
        Folder.Dispose();
    }

    // What Zendesk makes of a mail to a ticket's address, as far as it matters here: a comment that ends with the mail's last line.
    private void BecomeNote(ReceivedMail mail)
    {
        var address = mail.Recipients[0];
        var ticket = long.Parse(address[(address.IndexOf('+', StringComparison.Ordinal) + 1)..address.IndexOf('@', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        _zendesk.Desk.Comment(ticket, $"A note from a mail.\n{mail.Header("Message-ID")}");
    }

    private void WriteSettings(string inDoubt)
    {
        var settings = WorkerFolder.MailSettings();
        settings["Connectors"] = JsonNode.Parse(
            """
            {
              "mailbox": {
                "Kind": "Email", "From": "crmsync@centre.example", "To": "support+{ticket}@northlake.zendesk.example",
                "Smtp": { "Host": "127.0.0.1", "Security": "None" }
              },
              "zendesk": { "Kind": "Zendesk", "ClientId": "crmsync", "ClientSecret": "sim-secret", "Hosts": [ "northgate.zendesk.example" ] }
            }
            """);
        var mailbox = settings["Connectors"]!["mailbox"]!;
        mailbox["Smtp"]!["Port"] = Mail.Port.ToString(CultureInfo.InvariantCulture);
        mailbox["InDoubt"] = inDoubt;
        if (inDoubt == "Verify")
        {
            mailbox["VerifyWith"] = "zendesk";
            mailbox["VerifyAfter"] = "00:00:01";
        }

        settings["Connectors"]!["zendesk"]!["Url"] = Zendesk.ToString();
        Folder.Write(settings);
    }
}
