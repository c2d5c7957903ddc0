using System.CommandLine;
using CrmSync.Core.Deliveries;
using CrmSync.Settings;

namespace CrmSync.Cli;

/// <summary>What every verb has at hand.</summary>
internal sealed class CommandContext(Terminal terminal, TimeProvider clock, Option<string?> config)
{
    public Terminal Terminal => terminal;

    public TimeProvider Clock => clock;

    /// <summary>The settings file that this command line means.</summary>
    public string ConfigPath(ParseResult parse) => ConfigurationFile.Locate(parse.GetValue(config));

    /// <summary>Runs a verb; wrong settings, a ledger in trouble and a stopped worker become a sentence and an exit code.</summary>
    public async Task<int> GuardAsync(Func<Task<int>> verb, CancellationToken cancel)
    {
        try
        {
            return await verb();
        }
        catch (SettingsException e)
        {
            foreach (var complaint in e.Complaints)
            {
                terminal.Fail(ExitCode.WrongUse, complaint.ToString());
            }

            return ExitCode.WrongUse;
        }
        catch (LedgerException e)
        {
            return terminal.Fail(ExitCode.CannotReach, e.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return terminal.Fail(ExitCode.SomeFailed, "Stopped before it was done.");
        }
        catch (UnauthorizedAccessException e)
        {
            return terminal.Fail(ExitCode.CannotReach, $"{e.Message} The worker's files belong to the user it runs as: run crmsync as that user.");
        }
        catch (HttpRequestException e)
        {
            return terminal.Fail(ExitCode.CannotReach, $"The worker does not answer: {e.Message}");
        }
    }

    /// <summary>Runs a verb that reads or changes the ledger: the running worker's, or the file when none runs.</summary>
    public Task<int> WithLedgerAsync(ParseResult parse, Func<LedgerAccess, Task<int>> verb, CancellationToken cancel) => GuardAsync(async () =>
    {
        await using var ledger = await LedgerAccess.OpenAsync(ConfigurationFile.Load(ConfigPath(parse)), clock, cancel);
        return await verb(ledger);
    }, cancel);
}
