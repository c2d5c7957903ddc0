using System.CommandLine;
using CrmSync.Hosting;

namespace CrmSync.Cli;

/// <summary>The command line: one file a verb.</summary>
internal static class CrmSyncCommand
{
    private const string Description =
        """
        Brings finished contact-centre sessions to their CRM records: the agents' notes and the original file, once.

        Start here:
          crmsync demo            see it work, with simulated CRMs on this computer
          crmsync check           is my configuration right, and would every connector work?
          crmsync preview FILE    what would be sent where
          crmsync run             the worker; also what crmsync does without a verb

        Exit codes: 0 done, 1 something did not work, 2 wrong use or wrong settings, 3 the worker or its ledger cannot be reached.
        """;

    /// <summary>Runs one command line to its exit code (<see cref="ExitCode"/>).</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, TimeProvider clock, CancellationToken cancel)
    {
        var parse = Create(terminal, clock).Parse(args);
        foreach (var error in parse.Errors)
        {
            terminal.Fail(ExitCode.WrongUse, error.Message);
        }

        if (parse.Errors.Count > 0)
        {
            var verb = parse.CommandResult.Command is RootCommand ? string.Empty : " " + parse.CommandResult.Command.Name;
            terminal.Say($"'crmsync{verb} --help' shows how to use it.");
            return ExitCode.WrongUse;
        }

        return await parse.InvokeAsync(Invocation(terminal), cancel);
    }

    // A signal cancels the verb; it has this long to bring what is on its way to an end.
    private static InvocationConfiguration Invocation(Terminal terminal) => new()
    {
        Output = terminal.Raw,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = WorkerHost.ShutdownTime,
    };

    private static RootCommand Create(Terminal terminal, TimeProvider clock)
    {
        var config = CommonOptions.Config();
        var context = new CommandContext(terminal, clock, config);
        var run = RunCommand.Create(context);
        var root = new RootCommand(Description)
        {
            config,
            run,
            DemoCommand.Create(context),
            SimulateCommand.Create(context),
            CheckCommand.Create(context),
            PreviewCommand.Create(context),
            SendCommand.Create(context),
            InspectCommand.Create(context),
            TemplateCommand.Create(context),
            StatusCommand.Create(context),
            ShowCommand.Create(context),
            ActionCommands.Retry(context),
            ActionCommands.Park(context),
            ActionCommands.Cancel(context),
            ActionCommands.Ticket(context),
            LedgerCommand.Create(context),
            HealthCommand.Create(context),
        };
        root.SetAction((parse, token) => RunCommand.RunAsync(context, parse, token));
        return root;
    }
}
