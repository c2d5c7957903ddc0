using System.CommandLine;
using CrmSync.Demo;

namespace CrmSync.Cli;

/// <summary><c>crmsync simulate</c>: the simulators alone, to try one's own configuration against.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandContext context)
    {
        var salesforce = new Option<int>("--salesforce-port") { Description = "Port of the simulated Salesforce org. Default 8101; 0: any free one.", DefaultValueFactory = _ => 8101 };
        var zendesk = new Option<int>("--zendesk-port") { Description = "Port of the simulated Zendesk account. Default 8102.", DefaultValueFactory = _ => 8102 };
        var smtp = new Option<int>("--smtp-port") { Description = "Port of the simulated mail server. Default 8125.", DefaultValueFactory = _ => 8125 };
        var latency = new Option<int>("--latency") { Description = "Milliseconds that every call takes longer. Default 0.", HelpName = "MS" };
        var tickets = new Option<string[]>("--ticket") { Description = "A ticket id that exists: a Salesforce id or a Zendesk number. May be repeated.", HelpName = "ID" };
        var command = new Command(
            "simulate",
            "Run a simulated Salesforce org, Zendesk account and mail server until stopped, to try a configuration against.\nExample: crmsync simulate --ticket 4711 --ticket 500Hs00001kQ7ZaIAK")
        {
            salesforce, zendesk, smtp, latency, tickets,
        };
        command.SetAction((parse, cancel) => RunAsync(
            context,
            new SimulatorPorts(parse.GetValue(salesforce), parse.GetValue(zendesk), parse.GetValue(smtp)),
            TimeSpan.FromMilliseconds(parse.GetValue(latency)),
            parse.GetValue(tickets) ?? [],
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, SimulatorPorts ports, TimeSpan latency, string[] tickets, CancellationToken cancel)
    {
        try
        {
            await using var crms = await SimulatedCrms.StartAsync(ports, context.Clock, cancel);
            crms.SetLatency(latency);
            foreach (var ticket in tickets)
            {
                crms.Provide(ticket);
            }

            Announce(crms, context.Terminal);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancel);
        }
        catch (IOException e)
        {
            return context.Terminal.Fail(ExitCode.CannotReach, $"{e.Message} Choose other ports; 0 takes any free one.");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            context.Terminal.Say("Stopped.");
        }

        return ExitCode.Done;
    }

    private static void Announce(SimulatedCrms crms, Terminal terminal)
    {
        terminal.Say("Put this into the settings file's Connectors (keys with colons work in one line each):");
        foreach (var (key, value) in crms.ConnectorSettings())
        {
            terminal.WriteLine($"{key} = {value}");
        }

        terminal.Say($"What is on the records: {new Uri(crms.Salesforce.Address, "_sim/records")} and {new Uri(crms.ZendeskHost.Address, "_sim/records")}. Stop with Ctrl+C.");
    }
}
