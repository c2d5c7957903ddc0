using System.Text;
using CrmSync.EndToEndTests.Support;
using CrmSync.TestSupport;

namespace CrmSync.EndToEndTests;

/// <summary>What a newcomer sees: the shipped settings, nothing configured.</summary>
public sealed class FreshStartTests
{
    private const string Sample = "call-70112.json";

    [Fact]
    public async Task A_session_dropped_into_the_inbox_becomes_a_mail_with_note_and_file_and_one_line_in_the_log()
    {
        using var folder = new WorkerFolder();
        Directory.CreateDirectory(folder.Inbox);
        await using var worker = WorkerProcess.Start(folder.Path);
        await worker.LineAsync("Started.");

        folder.Drop(Sample);
        var mail = await Eventually.FindAsync("a mail", () => Directory.GetFiles(folder.Pickup, "*.eml").FirstOrDefault(), () => worker.Story);
        var line = await worker.LineAsync($"Delivered default/{Path.GetFileNameWithoutExtension(Sample)}");

        var text = await File.ReadAllTextAsync(mail, TestContext.Current.CancellationToken);
        text.ShouldContain("call-70112");
        Attachment(text).ShouldBe(await File.ReadAllBytesAsync(Repository.Combine("samples", "sessions", Sample), TestContext.Current.CancellationToken));
        line.ShouldContain("records-mailbox");
        (await worker.StopAsync()).ShouldBe(0);
        worker.Output.Split('\n').Count(l => l.Contains("Delivered default/call-70112", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task The_worker_answers_health_and_status_while_it_runs_and_not_afterwards()
    {
        using var folder = new WorkerFolder();
        await using var worker = WorkerProcess.Start(folder.Path);
        await worker.LineAsync("Started.");

        (await WorkerProcess.RunToEndAsync(folder.Path, "health")).ExitCode.ShouldBe(0);
        (await WorkerProcess.RunToEndAsync(folder.Path, "status")).Output.ShouldContain("The worker is running.");
        (await worker.StopAsync()).ShouldBe(0);

        (await WorkerProcess.RunToEndAsync(folder.Path, "health")).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task The_demo_delivers_every_sample_once_and_prints_what_landed_where()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output, errors) = await WorkerProcess.RunToEndAsync(folder.Path, "demo");

        exitCode.ShouldBe(0, errors);
        output.ShouldContain("call-70112");
        output.ShouldContain("chat-5203");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    /// <summary>The base64 body of the mail's JSON part.</summary>
    private static byte[] Attachment(string mail)
    {
        var part = mail.Split("\r\n--").Single(p => p.Contains("Content-Disposition: attachment", StringComparison.OrdinalIgnoreCase));
        var body = part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        return part.Contains("base64", StringComparison.OrdinalIgnoreCase) ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body);
    }
}
