using System.CommandLine;
using CrmSync.Control;
using CrmSync.Core.Sessions;

namespace CrmSync.Cli;

/// <summary><c>crmsync inspect FILE</c>: does CrmSync understand the platform's file?</summary>
internal static class InspectCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A session file of your own." };
        var paths = new Option<string[]>("--disposition-path")
        {
            Description = "Try where dispositions are, e.g. wrap_up.codes[*]. What works goes into the source's DispositionPaths.",
            HelpName = "PATH",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "inspect", "Show which known keys a file has, where codes and notes were found, and what a delivery of it would lack.\nExample: crmsync inspect call-48211.json")
        {
            file, paths, json,
        };
        command.SetAction((parse, cancel) => RunAsync(context, parse.GetRequiredValue(file), parse.GetValue(paths) ?? [], parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string file, string[] paths, bool json, CancellationToken cancel)
    {
        if (!File.Exists(file))
        {
            return context.Terminal.Fail(ExitCode.WrongUse, $"There is no file {file}.");
        }

        var tried = new List<JsonPath>();
        foreach (var path in paths)
        {
            if (!JsonPath.TryParse(path, out var parsed, out var problem) || parsed is null)
            {
                return context.Terminal.Fail(ExitCode.WrongUse, $"--disposition-path {path}: {problem}.");
            }

            tried.Add(parsed);
        }

        var report = InspectReport.Of(await File.ReadAllBytesAsync(file, cancel), new ReaderOptions { DispositionPaths = tried });
        if (json)
        {
            context.Terminal.Json(Inspected.Of(file, report), ControlJson.Default.Inspected);
        }
        else
        {
            Show(file, report, context.Terminal);
        }

        return report.Fault is null ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static void Show(string file, InspectReport report, Terminal terminal)
    {
        if (report.Fault is { } fault)
        {
            terminal.WriteLine($"{file}: no session. {fault} {fault.Reason.WhatToDo}");
            return;
        }

        var session = report.Session!;
        terminal.WriteLine($"{file}: {session.Key.Local}, {session.Type?.Text ?? "type unknown"}, status {session.Status?.Name ?? "unknown"}{(session.IsFinal ? string.Empty : " (not finished)")}, ticket {session.OutTicket?.Id ?? "none"}");
        List("Codes and notes found at", report.DispositionsFoundAt, terminal);
        List("A delivery would lack", report.Gaps, terminal);
        List("Could not be taken as they are", [.. report.FieldNotes.Select(note => note.ToString())], terminal);
        List("Known keys with a value", report.FoundKeys, terminal);
        List("Known keys without one", report.MissingKeys, terminal);
        List("Unknown keys, which stay in the attached file", report.UnknownKeys, terminal);
    }

    private static void List(string title, IReadOnlyList<string> entries, Terminal terminal)
    {
        terminal.WriteLine($"{title}:{(entries.Count == 0 ? " none" : string.Empty)}");
        foreach (var entry in entries)
        {
            terminal.WriteLine($"  {entry}");
        }
    }
}

/// <summary>The report as <c>--json</c> prints it: without the session's content.</summary>
internal sealed record Inspected(
    string File,
    SessionKey? Session,
    Core.Fault? Fault,
    IReadOnlyList<string> DispositionsFoundAt,
    IReadOnlyList<string> Gaps,
    IReadOnlyList<string> FieldNotes,
    IReadOnlyList<string> FoundKeys,
    IReadOnlyList<string> MissingKeys,
    IReadOnlyList<string> UnknownKeys)
{
    public static Inspected Of(string file, InspectReport report) => new(
        file,
        report.Session?.Key,
        report.Fault,
        report.DispositionsFoundAt,
        report.Gaps,
        [.. report.FieldNotes.Select(note => note.ToString())],
        report.FoundKeys,
        report.MissingKeys,
        report.UnknownKeys);
}
