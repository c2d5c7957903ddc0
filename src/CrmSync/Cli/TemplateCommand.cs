using System.CommandLine;
using System.Text.Json;
using CrmSync.Core.Rendering;
using CrmSync.Core.Rendering.Model;
using CrmSync.Core.Rendering.Templates;
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
        var (problems, count) = (new List<Diagnostic>(), 0);
        foreach (var path in paths)
        {
            if (Directory.Exists(path) && TemplateFolder.Read(Path.GetFullPath(path)) is { } folder)
            {
                // A folder is checked as the worker does: a partial may use what the templates that include it have set.
                var store = TemplateStore.Of(folder, new NoteOptions().Language);
                problems.AddRange(TemplateReview.Of(store, []).Problems.Select(problem => problem with { File = Path.Combine(path, problem.File) }));
                count += store.Files.Count;
            }
            else if (File.Exists(path))
            {
                var parsed = Template.Parse(await File.ReadAllTextAsync(path, cancel), path);
                problems.AddRange(parsed.Diagnostics);
                problems.AddRange(parsed.Ok ? TemplateCheck.UnknownMembers(parsed.Template, NoteSchema.Schema) : []);
                count++;
            }
            else
            {
                return context.Terminal.Fail(ExitCode.WrongUse, $"There is no file or folder {path}.");
            }
        }

        if (problems.Count > 0)
        {
            return Report(context, problems);
        }

        context.Terminal.WriteLine($"{Words.Count(count, "template")}: no mistakes.");
        return ExitCode.Done;
    }

    private static int Report(CommandContext context, IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            context.Terminal.Raw.WriteLine(diagnostic);
        }

        return ExitCode.SomeFailed;
    }
}
