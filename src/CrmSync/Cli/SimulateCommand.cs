using System.CommandLine;
using System.Net.Sockets;
using CrmSync.Control;
using CrmSync.Demo;
using CrmSync.Simulators.Shared;

namespace CrmSync.Cli;

/// <summary><c>crmsync simulate</c>: the simulators alone, to try one's own configuration against, or for a script that drives them.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandContext context)
    {
        var salesforce = new Option<int>("--salesforce-port") { Description = "Port of the simulated Salesforce org. Default 8101; 0: any free one.", DefaultValueFactory = _ => 8101 };
        var zendesk = new Option<int>("--zendesk-port") { Description = "Port of the simulated Zendesk account. Default 8102.", DefaultValueFactory = _ => 8102 };
        var smtp = new Option<int>("--smtp-port") { Description = "Port of the simulated mail server. Default 8125.", DefaultValueFactory = _ => 8125 };
        var mails = new Option<int>("--mails-port") { Description = "Port where the mails that arrived can be looked at over HTTP. Default 8126.", DefaultValueFactory = _ => 8126 };
        var latency = new Option<int>("--latency") { Description = "Milliseconds that every call takes longer. Default 0.", HelpName = "MS" };
        var tickets = new Option<string[]>("--ticket") { Description = "A ticket id that exists: a Salesforce id or a Zendesk number. May be repeated.", HelpName = "ID" };
        var file = new Option<string?>("--tickets") { Description = "A file with such ids, one a line.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print settings and addresses as JSON, for a script." };
        var command = new Command(
            "simulate",
            "Run a simulated Salesforce org, Zendesk account and mail server until stopped, to try a configuration against.\nExample: crmsync simulate --ticket 4711 --ticket 500Hs00001kQ7ZaIAK")
        {
            salesforce, zendesk, smtp, mails, latency, tickets, file, json,
        };
        command.SetAction((parse, cancel) => RunAsync(
            context,
            new SimulatorPorts(parse.GetValue(salesforce), parse.GetValue(zendesk), parse.GetValue(smtp), parse.GetValue(mails)),
            TimeSpan.FromMilliseconds(parse.GetValue(latency)),
            new WantedTickets(parse.GetValue(tickets) ?? [], parse.GetValue(file)),
            parse.GetValue(json),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, SimulatorPorts ports, TimeSpan latency, WantedTickets tickets, bool json, CancellationToken cancel)
    {
        if (tickets.File is { } file && !File.Exists(file))
        {
            return context.Terminal.Fail(ExitCode.WrongUse, $"There is no file {Path.GetFullPath(file)}.");
        }

        try
        {
            await using var crms = await SimulatedCrms.StartAsync(ports, new VirtualClock(), cancel);
            crms.SetLatency(latency);
            foreach (var ticket in tickets.All())
            {
                crms.Provide(ticket);
            }

            Announce(crms, context.Terminal, json);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancel);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return context.Terminal.Fail(ExitCode.CannotReach, $"{e.Message} Choose other ports; 0 takes any free one.");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            context.Terminal.Say("Stopped.");
        }

        return ExitCode.Done;
    }

    private static void Announce(SimulatedCrms crms, Terminal terminal, bool json)
    {
        if (json)
        {
            terminal.Json(new Simulated(crms.ConnectorSettings().ToDictionary(StringComparer.Ordinal), crms.Surfaces()), ControlJson.Default.Simulated);
            return;
        }

        terminal.Say("Put this into the settings file's Connectors (keys with colons work in one line each):");
        foreach (var (key, value) in crms.ConnectorSettings())
        {
            terminal.WriteLine($"{key} = {value}");
        }

        terminal.Say($"What arrived: {Below("records")}.");
        terminal.Say($"What can be made to happen: {Below("actions")}. Stop with Ctrl+C.");

        string Below(string name) => string.Join(", ", crms.Surfaces().Values.Select(surface => new Uri(surface, name)));
    }

    private sealed record WantedTickets(string[] Ids, string? File)
    {
        public IEnumerable<string> All() => File is null ? Ids : Ids.Concat(System.IO.File.ReadLines(File).Select(line => line.Trim()).Where(line => line.Length > 0));
    }
}

/// <summary>What <c>simulate --json</c> prints once everything listens.</summary>
/// <param name="Settings">Sections for the settings file, by key with colons.</param>
/// <param name="Surfaces">By connector: the address below which <c>records</c>, <c>digest</c>, <c>counters</c>, <c>faults</c> and <c>actions</c> are.</param>
internal sealed record Simulated(IReadOnlyDictionary<string, string?> Settings, IReadOnlyDictionary<string, Uri> Surfaces);
