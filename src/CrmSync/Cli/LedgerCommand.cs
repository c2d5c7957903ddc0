using System.CommandLine;
using System.Globalization;
using CrmSync.Control;
using CrmSync.Ledger;
using CrmSync.Settings;
using Spectre.Console;

namespace CrmSync.Cli;

/// <summary><c>crmsync ledger check | backup | restore | reconcile</c>: what an admin does with the ledger as a whole.</summary>
internal static class LedgerCommand
{
    private const string Description =
        """
        Look after the ledger: CrmSync's memory of what was delivered.

          crmsync ledger check          is it sound, and what is in it?
          crmsync ledger backup FILE    copy it while the worker runs; the key file belongs in another place
          crmsync ledger restore FILE   put a backup in its place; the worker must not run
          crmsync ledger reconcile      after another kind of restore: ask the CRM before sending anything that may have arrived
        """;

    public static Command Create(CommandContext context) => new("ledger", Description)
    {
        Check(context), Backup(context), Restore(context), Reconcile(context),
    };

    private static Command Check(CommandContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("check", "Read the whole ledger and say what it holds and what is wrong with it.") { json };
        command.SetAction((parse, cancel) => WithUpkeepAsync(
            context, parse, async upkeep => Show(await upkeep.CheckUpAsync(cancel), parse.GetValue(json), context.Terminal), cancel));
        return command;
    }

    private static Command Backup(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Where the copy goes; it must not exist." };
        var command = new Command("backup", "Copy the ledger as of now into a file, also while the worker runs.") { file };
        command.SetAction((parse, cancel) => WithUpkeepAsync(
            context,
            parse,
            async upkeep =>
            {
                var path = Path.GetFullPath(parse.GetValue(file)!);
                await upkeep.BackUpAsync(path, cancel);
                context.Terminal.WriteLine($"{path} holds the ledger, without its key file.");
                return ExitCode.Done;
            },
            cancel));
        return command;
    }

    private static Command Restore(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A file that 'crmsync ledger backup' made." };
        var yes = CommonOptions.Yes();
        var command = new Command("restore", "Put a backup in the ledger's place. What was delivered since is asked after in the CRM, not sent again.") { file, yes };
        command.SetAction((parse, cancel) => context.GuardAsync(
            async () =>
            {
                var options = Options(context, parse);
                if (!parse.GetValue(yes) && !await AskAsync(context, "Replace the ledger? What is there now is kept beside it.", cancel))
                {
                    return ExitCode.Done;
                }

                var kept = await LedgerUpkeep.RestoreAsync(options, Path.GetFullPath(parse.GetValue(file)!), context.Clock, cancel);
                context.Terminal.WriteLine(kept is null ? "The backup is the ledger now." : $"The backup is the ledger now; the one before is kept as {kept}.");
                context.Terminal.WriteLine("What may have been delivered since is in doubt: the worker asks the CRM before it sends any of it.");
                return ExitCode.Done;
            },
            cancel));
        return command;
    }

    private static Command Reconcile(CommandContext context)
    {
        var yes = CommonOptions.Yes();
        var command = new Command("reconcile", "After the ledger's database was restored by other means: everything that may have been delivered since is asked after in the CRM first.") { yes };
        command.SetAction((parse, cancel) => context.GuardAsync(
            async () =>
            {
                await using var upkeep = await LedgerUpkeep.OpenAsync(Options(context, parse), context.Clock, cancel);
                if (!parse.GetValue(yes) && !await AskAsync(context, "Put everything that waits in doubt?", cancel))
                {
                    return ExitCode.Done;
                }

                context.Terminal.WriteLine($"{Words.Count(await upkeep.ReconcileAsync(cancel), "delivery")} in doubt: the worker asks the CRM before it sends any of them.");
                return ExitCode.Done;
            },
            cancel));
        return command;
    }

    // A running worker owns its file: it is asked, and nobody else opens it. A database may be looked at beside it.
    private static Task<int> WithUpkeepAsync(CommandContext context, ParseResult parse, Func<ILedgerUpkeep, Task<int>> verb, CancellationToken cancel) =>
        context.GuardAsync(
            async () =>
            {
                var options = Options(context, parse);
                var http = WorkerSettings.BindOrThrow<HttpOptions>(ConfigurationFile.Load(context.ConfigPath(parse)), HttpOptions.Section);
                if (!options.IsPostgres && ControlFile.Read(http.ControlFile) is { } control)
                {
                    await using var services = new ServiceCollection().AddWorkerClient(control).BuildServiceProvider();
                    await using var live = new LiveUpkeep(services.GetRequiredService<WorkerClient>());
                    return await verb(live);
                }

                await using var upkeep = await LedgerUpkeep.OpenAsync(options, context.Clock, cancel);
                return await verb(upkeep);
            },
            cancel);

    private static Task<bool> AskAsync(CommandContext context, string question, CancellationToken cancel) =>
        new ConfirmationPrompt(question).ShowAsync(context.Terminal.Talk, cancel);

    private static LedgerOptions Options(CommandContext context, ParseResult parse)
    {
        var (options, complaints) = LedgerOptions.Read(ConfigurationFile.Load(context.ConfigPath(parse)));
        return complaints.Count == 0 ? options : throw new SettingsException(complaints);
    }

    private static int Show(LedgerCheckup found, bool json, Terminal terminal)
    {
        if (json)
        {
            terminal.Json(found, ControlJson.Default.LedgerCheckup);
        }
        else
        {
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{found.Place}: installation {found.Installation}, schema {found.Schema}, {Words.Count(found.Sessions, "session")}."));
            foreach (var count in found.Counts)
            {
                terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count.Connector} {count.State}: {count.Count:N0}"));
            }
        }

        return found.Troubles.Count == 0
            ? ExitCode.Done
            : terminal.Fail(ExitCode.SomeFailed, $"{string.Join(Environment.NewLine, found.Troubles)}{Environment.NewLine}Stop the worker and restore a backup: crmsync ledger restore FILE");
    }
}
