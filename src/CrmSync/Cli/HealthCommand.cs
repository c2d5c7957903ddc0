using System.CommandLine;
using CrmSync.Control;
using CrmSync.Settings;

namespace CrmSync.Cli;

/// <summary><c>crmsync health</c>: one line and an exit code, for a container's health check.</summary>
internal static class HealthCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("health", "Say whether the worker on this computer runs and can work. For health checks: exit code 0 or 3.");
        command.SetAction((parse, cancel) => context.GuardAsync(() => ProbeAsync(context, parse, cancel), cancel));
        return command;
    }

    private static async Task<int> ProbeAsync(CommandContext context, ParseResult parse, CancellationToken cancel)
    {
        var http = WorkerSettings.BindOrThrow<HttpOptions>(ConfigurationFile.Load(context.ConfigPath(parse)), HttpOptions.Section);
        if (ControlFile.Read(http.ControlFile) is not { } control)
        {
            return context.Terminal.Fail(ExitCode.CannotReach, "No worker is running.");
        }

        await using var services = new ServiceCollection().AddWorkerClient(control).BuildServiceProvider();
        if (!await services.GetRequiredService<WorkerClient>().IsReadyAsync(cancel))
        {
            return context.Terminal.Fail(ExitCode.CannotReach, "The worker runs, but cannot work: its log says why.");
        }

        context.Terminal.WriteLine("The worker runs and can work.");
        return ExitCode.Done;
    }
}
