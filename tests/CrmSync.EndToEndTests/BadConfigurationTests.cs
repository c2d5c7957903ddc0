using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests;

/// <summary>What an admin gets wrong is told before anything is delivered: the key, the problem and the fix in one message.</summary>
public sealed class BadConfigurationTests
{
    private const int SomeFailed = 1;
    private const int WrongSettings = 2;

    /// <summary>The mistake; the key that the message begins with; a word of the problem or the fix.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "missing secret", "Connectors:zendesk:ClientSecret", "is missing" },
        { "unknown connector in a route", "Routes:0:Connectors:0", "Did you mean mailbox?" },
        { "condition that does not compile", "Routes:0:When", "column" },
        { "bad cron", "Sources:inbox:Cron", "is no cron expression" },
        { "typo in a key", "Sources:inbox:Evry", "Did you mean Every?" },
        { "typo in a section", "Conectors", "Did you mean Connectors?" },
        { "unknown kind", "Connectors:mailbox:Kind", "Did you mean Email?" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_in_the_settings_is_refused_at_start_and_by_check(string mistake, string key, string words)
    {
        using var folder = new WorkerFolder();
        folder.Write(WithMistake(mistake));

        var start = await WorkerProcess.RunToEndAsync(folder.Path, "run");
        var check = await WorkerProcess.RunToEndAsync(folder.Path, "check");

        start.ExitCode.ShouldBe(WrongSettings, start.Errors);
        var complaint = start.Errors.Split('\n').Single(line => line.StartsWith($"error: {key}: ", StringComparison.Ordinal));
        complaint.ShouldContain(words);
        start.Errors.ShouldNotContain("   at ");
        check.ExitCode.ShouldBe(WrongSettings);
        check.Errors.ShouldBe(start.Errors);
    }

    [Fact]
    public async Task Check_names_file_line_and_column_of_a_broken_template()
    {
        using var folder = new WorkerFolder();
        var templates = folder.Folder("templates");
        CopyTemplates(templates);
        await File.WriteAllTextAsync(Path.Combine(templates, "email", "body.sbn-html"), "<p>\n{{ if }}\n", TestContext.Current.CancellationToken);
        var settings = WorkerFolder.MailSettings();
        settings["Notes"] = new JsonObject { ["TemplatesFolder"] = templates };
        folder.Write(settings);

        var (exitCode, output, errors) = await WorkerProcess.RunToEndAsync(folder.Path, "check");

        exitCode.ShouldBeOneOf(SomeFailed, WrongSettings);
        (output + errors).ShouldContain("body.sbn-html");
        (output + errors).ShouldContain("line 2");
    }

    [Fact]
    public async Task Check_names_the_host_that_cannot_be_reached()
    {
        using var folder = new WorkerFolder();
        var settings = WorkerFolder.MailSettings();
        settings["Connectors"]!["mailbox"]!.AsObject().Remove("Pickup");
        settings["Connectors"]!["mailbox"]!["Smtp"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = 9, ["Security"] = "None" };
        folder.Write(settings);

        var (exitCode, output, errors) = await WorkerProcess.RunToEndAsync(folder.Path, "check");

        exitCode.ShouldBe(SomeFailed, errors);
        output.ShouldContain("mailbox");
        output.ShouldContain("PROBLEM Mail server");
        output.ShouldContain("Check Host and Port");
    }

    [Fact]
    public async Task Check_names_the_folder_that_cannot_be_written()
    {
        using var folder = new WorkerFolder();
        folder.Write(WorkerFolder.MailSettings());
        // A file in the folder's place stops a root user too.
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "pickup"), string.Empty, TestContext.Current.CancellationToken);

        var (exitCode, output, errors) = await WorkerProcess.RunToEndAsync(folder.Path, "check");

        exitCode.ShouldBeOneOf(SomeFailed, WrongSettings);
        (output + errors).ShouldContain("pickup");
    }

    [Theory]
    [InlineData("Console")]
    [InlineData("Http")]
    public async Task An_address_that_is_taken_is_told_in_one_sentence_without_a_stack_trace(string section)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var folder = new WorkerFolder();
        folder.Write(WorkerFolder.MailSettings());
        var address = $"http://{taken.LocalEndpoint}";

        await using var worker = WorkerProcess.Start(folder.Path, new Dictionary<string, string>(StringComparer.Ordinal) { [$"CRMSYNC_{section}__Url"] = address }, ["run"]);
        var exitCode = await worker.ExitAsync();

        exitCode.ShouldBe(WrongSettings, worker.Errors);
        worker.Errors.Trim().ShouldBe($"error: {section}:Url: {address} is taken by another program, or another worker. Write another port.");
        worker.Output.ShouldNotContain("Exception");
    }

    private static JsonObject WithMistake(string mistake)
    {
        var settings = WorkerFolder.MailSettings();
        var inbox = settings["Sources"]!["inbox"]!.AsObject();
        switch (mistake)
        {
            case "missing secret":
                settings["Connectors"]!["zendesk"] = new JsonObject { ["Kind"] = "Zendesk", ["Url"] = "https://example.zendesk.example", ["ClientId"] = "crmsync" };
                break;
            case "unknown connector in a route":
                settings["Routes"]![0]!["Connectors"]![0] = "mailbx";
                break;
            case "condition that does not compile":
                settings["Routes"]![0]!["When"] = "session.kind ==";
                break;
            case "bad cron":
                inbox["Cron"] = "every day";
                break;
            case "typo in a key":
                inbox["Evry"] = "00:00:05";
                break;
            case "typo in a section":
                settings["Conectors"] = new JsonObject { ["mailbox"] = new JsonObject { ["Kind"] = "Email" } };
                break;
            case "unknown kind":
                settings["Connectors"]!["mailbox"]!["Kind"] = "Emial";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mistake), mistake, "There is no such mistake.");
        }

        return settings;
    }

    private static void CopyTemplates(string folder)
    {
        foreach (var file in Repository.Files("templates", "*"))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Repository.Combine("templates"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
