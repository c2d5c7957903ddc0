using System.CommandLine;
using CrmSync.Control;
using CrmSync.Core.Sources;
using CrmSync.Hosting;
using CrmSync.Sending;
using CrmSync.Settings;

namespace CrmSync.Cli;

/// <summary><c>crmsync preview FILE</c>: what would be sent where, in the terminal.</summary>
internal static class PreviewCommand
{
    public static Command Create(CommandContext context)
    {
        var files = CommonOptions.Files("Session files.");
        var source = CommonOptions.Source();
        var json = CommonOptions.Json();
        var command = new Command("preview", "Show what would be sent where, and why. Nothing is sent.\nExample: crmsync preview samples/sessions/*.json") { files, source, json };
        command.SetAction((parse, cancel) => context.GuardAsync(() =>
            RunAsync(context, parse, parse.GetRequiredValue(files), parse.GetValue(source), parse.GetValue(json), cancel), cancel));
        return command;
    }

    /// <summary>Also <c>crmsync send --dry-run</c>.</summary>
    public static async Task<int> RunAsync(CommandContext context, ParseResult parse, string[] files, string? source, bool json, CancellationToken cancel)
    {
        var settings = SettingsReader.Read(context.ConfigPath(parse));
        await using var services = new ServiceCollection().AddSingleton(context.Clock).AddLogging().AddWorker(settings).BuildServiceProvider();
        var sources = services.GetRequiredService<IReadOnlyList<ISessionSource>>();
        if (SourcePick.Find(sources, source) is not { } like)
        {
            return context.Terminal.Fail(ExitCode.WrongUse, SourcePick.Unknown(sources, source));
        }

        var preview = ActivatorUtilities.CreateInstance<SessionPreview>(services);
        var previewed = new List<PreviewedFile>(files.Length);
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                return context.Terminal.Fail(ExitCode.WrongUse, $"There is no file {file}.");
            }

            previewed.Add(preview.Of(file, await File.ReadAllBytesAsync(file, cancel), like.Options));
        }

        if (json)
        {
            context.Terminal.Json(previewed, ControlJson.Default.IReadOnlyListPreviewedFile);
        }
        else
        {
            previewed.ForEach(file => Show(file, context));
        }

        return previewed.Exists(file => file.Session is null || file.Parcels.Any(parcel => parcel.TemplateProblem is not null))
            ? ExitCode.SomeFailed
            : ExitCode.Done;
    }

    private static void Show(PreviewedFile file, CommandContext context)
    {
        var output = context.Terminal;
        output.WriteLine($"{file.File}: {file.Session?.ToString() ?? "no session"}, ticket {file.OutTicket ?? "none"}");
        if (file.Fault is { } fault)
        {
            output.WriteLine($"  Not sent. {fault} {fault.Reason.WhatToDo}");
        }
        else if (file.DueAt is { } due)
        {
            output.WriteLine($"  Due {Words.At(due, context.Clock.GetUtcNow())}.");
        }

        foreach (var trial in file.Routes)
        {
            var why = trial.Error ?? string.Join(", ", trial.Values);
            output.WriteLine($"  Route {trial.Route}: {(trial.Matched ? "matches" : "does not match")}{(why.Length == 0 ? string.Empty : $" ({why})")}");
        }

        foreach (var parcel in file.Parcels)
        {
            Show(parcel, context);
        }

        output.WriteLine();
    }

    private static void Show(PreviewedParcel parcel, CommandContext context)
    {
        var output = context.Terminal;
        output.WriteLine($"  To {parcel.Connector} ({parcel.Kind}), record {parcel.Record ?? "none named by the session"}, file {parcel.FileName} of {parcel.FileBytes} bytes");
        if (parcel.TemplateProblem is { } problem)
        {
            output.WriteLine($"  The template failed; the built-in note stands in: {problem.Message}");
        }

        foreach (var (name, text) in parcel.Parts)
        {
            output.WriteLine($"  --- {name} ---");
            foreach (var line in text.Split('\n'))
            {
                output.WriteLine("  | " + line.TrimEnd('\r'));
            }
        }
    }
}
