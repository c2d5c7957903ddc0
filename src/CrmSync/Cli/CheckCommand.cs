using System.CommandLine;
using CrmSync.Checking;
using CrmSync.Control;
using CrmSync.Core.Deliveries;
using CrmSync.Hosting;
using CrmSync.Settings;
using Spectre.Console;

namespace CrmSync.Cli;

/// <summary><c>crmsync check</c>: settings, templates, routes, folders, and every connector for real.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        var offline = new Option<bool>("--offline") { Description = "Do not ask the CRMs; only what can be seen from here." };
        var testMail = new Option<string?>("--send-test-mail") { Description = "Send a test mail to this address through every connector that sends mail.", HelpName = "ADDRESS" };
        var json = CommonOptions.Json();
        var command = new Command("check", "Check settings, templates, routes, folders and every connector, and say how to mend what is wrong.") { offline, testMail, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(offline) && result.GetValue(testMail) is not null)
            {
                result.AddError("A test mail cannot be sent offline: leave out --offline or --send-test-mail.");
            }
        });
        command.SetAction((parse, cancel) => context.GuardAsync(
            () => RunAsync(context, parse, new Asked(parse.GetValue(offline), parse.GetValue(testMail), parse.GetValue(json)), cancel), cancel));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ParseResult parse, Asked asked, CancellationToken cancel)
    {
        var path = context.ConfigPath(parse);
        var settings = SettingsReader.Read(path);
        await using var services = new ServiceCollection().AddSingleton(context.Clock).AddLogging().AddWorker(settings).BuildServiceProvider();
        var reports = new List<CheckReport> { new("settings", [new CheckFinding(CheckLevel.Ok, "Settings", $"{path} is in order.")]) };
        reports.AddRange(await LocalChecks.RunAsync(services, settings, cancel));
        foreach (var connector in asked.Offline ? [] : services.GetRequiredService<IReadOnlyList<IConnector>>())
        {
            context.Terminal.Say($"Asking {connector.Name} ...");
            reports.Add(await AskAsync(connector, asked.TestMail, cancel));
        }

        if (asked.TestMail is not null && !services.GetRequiredService<IReadOnlyList<IConnector>>().OfType<ITestMail>().Any())
        {
            reports.Add(new CheckReport("test mail", [new CheckFinding(CheckLevel.Problem, "Connectors", "None sends mail.", "Leave out --send-test-mail, or add a connector of kind Email.")]));
        }

        if (asked.Json)
        {
            context.Terminal.Json(reports, ControlJson.Default.IReadOnlyListCheckReport);
        }
        else
        {
            reports.ForEach(report => Show(report, context.Terminal));
        }

        var problems = reports.Sum(report => report.Findings.Count(finding => finding.Level is CheckLevel.Problem));
        return problems == 0 ? ExitCode.Done : context.Terminal.Fail(ExitCode.SomeFailed, $"{Words.Count(problems, "problem")} to mend.");
    }

    // A connector with a problem sends nothing: the first problem is the one to mend.
    private static async Task<CheckReport> AskAsync(IConnector connector, string? testMail, CancellationToken cancel)
    {
        var report = await connector.CheckAsync(cancel);
        return testMail is { } address && connector is ITestMail sender && report.Ok
            ? report with { Findings = [.. report.Findings, await sender.SendTestMailAsync(address, cancel)] }
            : report;
    }

    private static void Show(CheckReport report, Terminal terminal)
    {
        terminal.WriteLine(report.Connector);
        foreach (var finding in report.Findings)
        {
            var (sign, style) = finding.Level switch
            {
                CheckLevel.Ok => ("ok      ", new Style(Color.Green)),
                CheckLevel.Warning => ("warning ", new Style(Color.Yellow)),
                _ => ("PROBLEM ", new Style(Color.Red)),
            };
            terminal.Out.Write(new Text("  " + sign, terminal.IsInteractive ? style : Style.Plain));
            terminal.WriteLine($"{finding.Subject}: {finding.Text}");
            if (finding.Fix is { } fix)
            {
                terminal.WriteLine($"          {fix}");
            }
        }
    }

    /// <param name="TestMail">Where a test mail goes; null for none.</param>
    private sealed record Asked(bool Offline, string? TestMail, bool Json);
}
