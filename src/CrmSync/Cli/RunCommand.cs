using System.CommandLine;
using CrmSync.Hosting;
using CrmSync.Settings;

namespace CrmSync.Cli;

/// <summary><c>crmsync run</c>: the worker, until it is stopped.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("run", "Run the worker until it is stopped. This is also what 'crmsync' does without a verb.");
        command.SetAction((parse, cancel) => RunAsync(context, parse, cancel));
        return command;
    }

    public static Task<int> RunAsync(CommandContext context, ParseResult parse, CancellationToken cancel) => context.GuardAsync(async () =>
    {
        var settings = SettingsReader.Read(context.ConfigPath(parse));
        await using var worker = WorkerHost.Build(settings, context.Clock, logging => WorkerHost.LogToConsole(logging, settings.Configuration));
        await worker.StartAsync(cancel);
        await worker.WaitAsync(cancel);
        return ExitCode.Done;
    }, cancel);
}
