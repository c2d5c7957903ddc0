using System.CommandLine;
using System.Globalization;
using CrmSync.Core.Deliveries;
using CrmSync.Demo;
using CrmSync.Simulators.Platform;
using Spectre.Console;

namespace CrmSync.Cli;

/// <summary><c>crmsync demo</c>: see it work, with nothing to install and nothing to configure.</summary>
internal static class DemoCommand
{
    /// <summary>More sessions than this are counted, not listed.</summary>
    private const int ListedMax = 50;

    private const int ConsolePort = 5080;

    public static Command Create(CommandContext context)
    {
        var count = new Option<int>("--sessions", "-n") { Description = "Generate this many sessions instead of the samples.", HelpName = "N" };
        var folder = new Option<string?>("--folder") { Description = "Deliver the session files of this folder instead of the samples.", HelpName = "DIR" };
        var latency = new Option<int>("--latency") { Description = "Milliseconds that every CRM call takes longer.", HelpName = "MS" };
        var keep = new Option<bool>("--keep") { Description = "Leave the simulators running afterwards, so that the links can be opened, until Ctrl+C." };
        var console = new Option<int?>("--console")
        {
            Description = "Open the console on what was delivered, and leave it open until Ctrl+C. PORT 0 takes any free one; without it, 5080.",
            HelpName = "PORT",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var log = new Option<bool>("--log") { Description = "Show the worker's log." };
        var command = new Command(
            "demo",
            "Deliver sample sessions to a simulated Salesforce, Zendesk and mailbox on this computer, and show what landed where.\nExample: crmsync demo --sessions 5000")
        {
            count, folder, latency, keep, console, log,
        };
        command.SetAction((parse, cancel) => context.GuardAsync(() => RunAsync(
            context,
            new DemoRequest(
                parse.GetValue(count),
                parse.GetValue(folder),
                TimeSpan.FromMilliseconds(parse.GetValue(latency)),
                parse.GetValue(keep),
                parse.GetResult(console) is null ? null : parse.GetValue(console) ?? ConsolePort,
                parse.GetValue(log)),
            cancel), cancel));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, DemoRequest request, CancellationToken cancel)
    {
        var terminal = context.Terminal;
        if (request.Folder is { } given && !Directory.Exists(given))
        {
            return terminal.Fail(ExitCode.WrongUse, $"There is no folder {Path.GetFullPath(given)}.");
        }

        using var generated = await GeneratedAsync(request.Count, context, cancel);
        var folder = generated?.Path ?? request.Folder ?? Path.Combine(AppContext.BaseDirectory, "samples", "sessions");
        var started = context.Clock.GetTimestamp();
        await using var demo = await DemoRun.StartAsync(folder, request.Latency, request.ConsolePort, context.Clock, Logging(request.ShowLog), cancel);
        terminal.Say($"{demo.Sessions.Files} session files in {folder} hold {Words.Count(demo.Sessions.Newest.Count, "session")}; {demo.Expected} deliveries are expected.");
        await ProgressAsync(terminal, demo, cancel);
        var took = context.Clock.GetElapsedTime(started);

        var verdict = DemoVerdict.Of(demo.Sessions, Landed.ReadBack(demo.Crms));
        if (demo.Sessions.Newest.Count <= ListedMax)
        {
            await ListAsync(terminal, demo, cancel);
        }

        Summarize(terminal, demo, took);
        if (request.Keep || demo.SetupLink is not null)
        {
            await KeepAsync(terminal, demo, context.Clock, cancel);
        }

        return Conclude(terminal, demo, verdict);
    }

    private static async Task<ScratchFolder?> GeneratedAsync(int count, CommandContext context, CancellationToken cancel)
    {
        if (count <= 0)
        {
            return null;
        }

        var scratch = new ScratchFolder();
        foreach (var session in new SessionFileGenerator(new SessionFileOptions { Count = count }, context.Clock).Sessions())
        {
            await session.WriteAsync(scratch.Path, session.Exports.Count - 1, cancel);
        }

        return scratch;
    }

    private static Action<ILoggingBuilder> Logging(bool show) => logging =>
    {
        if (show)
        {
            Hosting.WorkerHost.LogToConsole(logging, new ConfigurationBuilder().Build());
        }
    };

    private static async Task ProgressAsync(Terminal terminal, DemoRun demo, CancellationToken cancel)
    {
        if (!terminal.IsInteractive)
        {
            await demo.WaitAsync(_ => { }, cancel);
            return;
        }

        await AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) }).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("delivering", maxValue: Math.Max(1, demo.Expected));
                await demo.WaitAsync(rested => task.Value = rested, cancel);
            });
    }

    private static async Task ListAsync(Terminal terminal, DemoRun demo, CancellationToken cancel)
    {
        var table = terminal.Table("Session", "Ended", "Connector", "Record", "What was attached", "State", "Link");
        foreach (var session in demo.Sessions.Newest)
        {
            var history = await demo.Ledger.HistoryAsync(session.Key, cancel);
            foreach (var delivery in history?.Deliveries.Where(d => d.State is not DeliveryState.Superseded) ?? [])
            {
                table.Row(
                    session.Key.Local,
                    session.EndsAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    delivery.Connector,
                    delivery.Receipt?.RecordId ?? delivery.Ticket?.RecordId,
                    delivery.Receipt is null ? string.Empty : $"note and {session.Key.Local}-{delivery.Key.Marker}.json",
                    delivery.State is DeliveryState.Delivered ? "delivered" : $"{delivery.State.ToString().ToLowerInvariant()} {delivery.Fault?.Reason.Code}",
                    delivery.Receipt?.Url);
            }
        }

        terminal.Out.Write(table);
    }

    private static void Summarize(Terminal terminal, DemoRun demo, TimeSpan took)
    {
        var landed = Landed.ReadBack(demo.Crms);
        var table = terminal.Table("Connector", "Sessions", "Records", "Calls", "Calls per 1,000 sessions");
        Row(Landed.Salesforce, demo.Crms.Salesforce.Requests.Calls);
        Row(Landed.Zendesk, demo.Crms.ZendeskHost.Requests.Calls);
        Row(Landed.Mailbox, demo.Crms.Mail.Mails.Count);
        terminal.Out.Write(table);
        var sessions = demo.Sessions.Newest.Count;
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sessions:N0} sessions, {demo.Expected:N0} deliveries in {took.TotalSeconds:N1} s: {demo.Expected / took.TotalSeconds:N0} deliveries a second."));

        void Row(string connector, int calls)
        {
            var files = landed.Where(l => l.Connector == connector).Sum(l => l.Files.Count);
            table.Row(
                connector,
                files.ToString("N0", CultureInfo.InvariantCulture),
                landed.Where(l => l.Connector == connector).Select(l => l.RecordId).Distinct(StringComparer.Ordinal).Count().ToString("N0", CultureInfo.InvariantCulture),
                calls.ToString("N0", CultureInfo.InvariantCulture),
                files == 0 ? string.Empty : (1000.0 * calls / files).ToString("N0", CultureInfo.InvariantCulture));
        }
    }

    private static async Task KeepAsync(Terminal terminal, DemoRun demo, TimeProvider clock, CancellationToken cancel)
    {
        if (demo.SetupLink is { } setup)
        {
            terminal.WriteLine($"The console: {setup}");
            terminal.Say("Whoever opens this link within 30 minutes chooses the name and password of the first admin; it works once.");
        }

        terminal.Say($"The simulators stay: {new Uri(demo.Crms.Salesforce.Address, "_sim/records")} and {new Uri(demo.Crms.ZendeskHost.Address, "_sim/records")}. Stop with Ctrl+C.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            terminal.Say("Stopped.");
        }
    }

    private static int Conclude(Terminal terminal, DemoRun demo, DemoVerdict verdict)
    {
        if (verdict.Ok && demo.Expected > 0)
        {
            terminal.WriteLine($"Checked: the simulators hold exactly one note and one file for each of {demo.Expected} deliveries.");
            return ExitCode.Done;
        }

        foreach (var problem in verdict.Problems.Take(20))
        {
            terminal.Say(problem);
        }

        return terminal.Fail(ExitCode.SomeFailed, demo.Expected == 0 ? "The folder holds no finished session." : $"{verdict.Problems.Count} differences between what was expected and what landed.");
    }

    /// <param name="ConsolePort">Null without a console.</param>
    private sealed record DemoRequest(int Count, string? Folder, TimeSpan Latency, bool Keep, int? ConsolePort, bool ShowLog);
}
