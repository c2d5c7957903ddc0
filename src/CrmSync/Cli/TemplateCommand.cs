using System.CommandLine;
using System.Text.Json;
using CrmSync.Core.Rendering.Model;
using CrmSync.Scripting;

namespace CrmSync.Cli;

/// <summary><c>crmsync template render | check</c>: templates on their own.</summary>
internal static class TemplateCommand
{
    public static Command Create(CommandContext context) => new("template", "Render one template, or check templates for mistakes.")
    {
        Render(context),
        Check(context),
    };

    private static Command Render(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A template; .sbn-html escapes every expression." };
        var data = new Option<string?>("--data") { Description = "A JSON file; its members are the template's variables.", HelpName = "FILE.json" };
        var relaxed = new Option<bool>("--relaxed") { Description = "A member of nothing is nothing, as in notes. Default: an error, as in the Scriban language." };
        var command = new Command("render", "Print what a template makes of some data.\nExample: crmsync template render note.sbn-txt --data session.json") { file, data, relaxed };
        command.SetAction((parse, cancel) => RenderAsync(context, parse.GetRequiredValue(file), parse.GetValue(data), parse.GetValue(relaxed), cancel));
        return command;
    }

    private static Command Check(CommandContext context)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Template files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Compile templates and name members that the session model does not have.\nExample: crmsync template check templates") { paths };
        command.SetAction((parse, cancel) => CheckAsync(context, parse.GetRequiredValue(paths), cancel));
        return command;
    }

    private static async Task<int> RenderAsync(CommandContext context, string file, string? data, bool relaxed, CancellationToken cancel)
    {
        if (new[] { file, data }.FirstOrDefault(path => path is not null && !File.Exists(path)) is { } missing)
        {
            return context.Terminal.Fail(ExitCode.WrongUse, $"There is no file {missing}.");
        }

        var parsed = Template.Parse(await File.ReadAllTextAsync(file, cancel), file);
        if (!parsed.Ok)
        {
            return Report(context, parsed.Diagnostics);
        }

        JsonDocument model;
        try
        {
            model = data is null ? JsonDocument.Parse("{}") : JsonDocument.Parse(await File.ReadAllBytesAsync(data, cancel));
        }
        catch (JsonException e)
        {
            return context.Terminal.Fail(ExitCode.WrongUse, $"{data} is not JSON: {e.Message}");
        }

        using (model)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            var options = RenderOptions.Default with
            {
                Clock = context.Clock,
                Loader = await FolderTemplateLoader.OpenAsync(folder, cancel),
                Strict = !relaxed,
            };
            var result = parsed.Template.Render(model.RootElement, options, cancel);
            if (!result.Ok)
            {
                return Report(context, [result.Error]);
            }

            await context.Terminal.Raw.WriteAsync(result.Text);
            await context.Terminal.Raw.FlushAsync(cancel);
            return ExitCode.Done;
        }
    }

    private static async Task<int> CheckAsync(CommandContext context, string[] paths, CancellationToken cancel)
    {
        var problems = new List<Diagnostic>();
        var files = paths.SelectMany(TemplatesIn).ToList();
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                return context.Terminal.Fail(ExitCode.WrongUse, $"There is no file or folder {file}.");
            }

            var parsed = Template.Parse(await File.ReadAllTextAsync(file, cancel), file);
            problems.AddRange(parsed.Diagnostics);
            if (parsed.Ok)
            {
                problems.AddRange(TemplateCheck.UnknownMembers(parsed.Template, NoteSchema.Schema));
            }
        }

        if (problems.Count > 0)
        {
            return Report(context, problems);
        }

        context.Terminal.WriteLine($"{Words.Count(files.Count, "template")}: no mistakes.");
        return ExitCode.Done;
    }

    private static IEnumerable<string> TemplatesIn(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.sbn-*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [path];

    private static int Report(CommandContext context, IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            context.Terminal.Raw.WriteLine(diagnostic);
        }

        return ExitCode.SomeFailed;
    }
}
