using CrmSync.EndToEndTests.Support;

namespace CrmSync.EndToEndTests;

/// <summary>The platform writes a session's file twice; what the agents added in between is what the second note is about.</summary>
public sealed class ReexportTests
{
    private const string Sample = "call-70112.json";
    private const string Heading = "Changed since the last note";

    [Fact]
    public async Task The_second_note_says_what_changed_since_the_first()
    {
        using var folder = new WorkerFolder();
        folder.Write(WorkerFolder.MailSettings());
        folder.Drop(Sample, "first-export");
        await using var worker = WorkerProcess.Start(folder.Path, "run");
        await worker.LineAsync("Delivered test/call-70112 revision 1");
        var first = Mail(folder).ShouldHaveSingleItem();

        folder.Drop(Sample);
        await worker.LineAsync("Delivered test/call-70112 revision 2");

        Text(first).ShouldNotContain(Heading);
        var second = Text(Mail(folder).Except([first]).ShouldHaveSingleItem());
        var changes = second[second.IndexOf(Heading, StringComparison.Ordinal)..];
        changes.ShouldContain("500Qy00000Bv3KdIAJ");
        changes.ShouldContain("Workshop booked");
        changes.ShouldContain("Rear derailleur slips under load.");
        (await worker.StopAsync()).ShouldBe(0);
    }

    private static string[] Mail(WorkerFolder folder) => Directory.GetFiles(folder.Pickup, "*.eml");

    /// <summary>The mail with the soft line breaks of its encoding undone.</summary>
    private static string Text(string mail) => File.ReadAllText(mail).Replace("=\r\n", string.Empty, StringComparison.Ordinal);
}
