using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Platform;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.EndToEndTests.Support;

/// <summary>A simulated Zendesk, a folder of sessions bound for it, and the settings of a worker between the two.</summary>
internal sealed class ZendeskStage : IAsyncDisposable
{
    private readonly WorkerFolder _folder = new();
    private readonly ZendeskSimulator _zendesk;

    private ZendeskStage(ZendeskSimulator zendesk, SimulatorHost host, IReadOnlyList<GeneratedSession> sessions)
    {
        _zendesk = zendesk;
        Host = host;
        Sessions = sessions;
    }

    public SimulatorHost Host { get; }

    public IReadOnlyList<GeneratedSession> Sessions { get; }

    public string Folder => _folder.Path;

    /// <summary>Notes on all tickets, each with the session its file is about.</summary>
    public IReadOnlyList<(string Session, byte[] File)> Notes =>
    [
        .. from ticket in _zendesk.Desk.Touched()
           from comment in ticket.Comments
           from file in comment.Attachments
           select (file.FileName[..file.FileName.LastIndexOf('-')], file.Content),
    ];

    public int Comments => _zendesk.Desk.Touched().Sum(ticket => ticket.Comments.Count);

    public static async Task<ZendeskStage> BuildAsync(int seed, int count)
    {
        var cancel = TestContext.Current.CancellationToken;
        var sessions = new SessionFileGenerator(
            new SessionFileOptions { Seed = seed, Count = count, ZendeskShare = 1, NoTicketExpectedShare = 0, TicketMissingShare = 0, ReexportShare = 0 },
            TimeProvider.System).Sessions().ToList();
        var tickets = sessions.Select(session => long.Parse(session.TicketId!, System.Globalization.CultureInfo.InvariantCulture)).Distinct();
        var zendesk = new ZendeskSimulator(new ZendeskSettings { Tickets = [.. tickets] }, TimeProvider.System);
        var host = await SimulatorHost.StartAsync(zendesk, new SimulatorOptions { Seed = seed }, cancel);
        var stage = new ZendeskStage(zendesk, host, sessions);
        foreach (var session in sessions)
        {
            await session.WriteAsync(stage._folder.Inbox, export: 0, cancel);
        }

        stage.WriteSettings();
        return stage;
    }

    /// <summary>How many deliveries stand in each state, from <c>crmsync status --json</c>.</summary>
    public async Task<IReadOnlyDictionary<string, int>> StatesAsync()
    {
        var (exitCode, output, errors) = await WorkerProcess.RunToEndAsync(Folder, "status", "--json");
        exitCode.ShouldBe(0, errors);
        using var summary = JsonDocument.Parse(output);
        return summary.RootElement.GetProperty("counts").EnumerateArray()
            .GroupBy(count => count.GetProperty("state").GetString()!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Sum(count => count.GetProperty("count").GetInt32()), StringComparer.OrdinalIgnoreCase);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    private void WriteSettings()
    {
        var settings = WorkerFolder.MailSettings();
        settings["Routes"]![0]!["Connectors"]![0] = "zendesk";
        settings["Connectors"] = JsonNode.Parse(
            """
            {
              "zendesk": {
                "Kind": "Zendesk", "ClientId": "crmsync", "ClientSecret": "sim-secret",
                "Linger": "00:00:00", "Timeout": "00:00:05", "Settle": "00:00:05", "JobPoll": "00:00:00.100"
              }
            }
            """);
        settings["Connectors"]!["zendesk"]!["Url"] = Host.Address.ToString();
        settings["Connectors"]!["zendesk"]!["Hosts"] = new JsonArray("northgate.zendesk.example");
        _folder.Write(settings);
    }
}
