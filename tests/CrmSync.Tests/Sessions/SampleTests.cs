using CrmSync.Core.Sessions;
using static CrmSync.Tests.Sessions.SessionText;

namespace CrmSync.Tests.Sessions;

public sealed class SampleTests
{
    [Fact]
    public void Every_sample_is_read_without_a_note()
    {
        foreach (var path in SampleFiles.All())
        {
            var session = Read(File.ReadAllBytes(path)).ShouldBeOfType<ReadResult.Session>(path).Metadata;

            session.FieldNotes.ShouldBeEmpty(path);
            session.IsFinal.ShouldBeTrue(path);
            Path.GetFileName(path).ShouldStartWith(session.Key.Local);
        }
    }

    [Fact]
    public void A_team_s_own_files_are_read_too()
    {
        Assert.SkipWhen(SampleFiles.Shared is null, "There is no folder shared/samples beside the repository.");

        Directory.GetFiles(SampleFiles.Shared!, "*.json").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("call-70112.json", 1, TicketExpectation.Present)]
    [InlineData("first-export/call-70112.json", 0, TicketExpectation.Missing)]
    [InlineData("call-70125.json", 2, TicketExpectation.Present)]
    [InlineData("call-70131.json", 0, TicketExpectation.Present)]
    [InlineData("call-70138.json", 0, TicketExpectation.NoneExpected)]
    [InlineData("call-70144.json", 1, TicketExpectation.Missing)]
    [InlineData("call-70150.json", 1, TicketExpectation.Present)]
    [InlineData("call-70157.json", 0, TicketExpectation.Present)]
    [InlineData("call-70163.json", 1, TicketExpectation.Present)]
    [InlineData("call-70171.json", 1, TicketExpectation.Present)]
    [InlineData("call-70180.json", 1, TicketExpectation.Present)]
    [InlineData("chat-5203.json", 2, TicketExpectation.Present)]
    [InlineData("chat-5219.json", 1, TicketExpectation.Present)]
    [InlineData("chat-5226.json", 0, TicketExpectation.NoneExpected)]
    public void A_sample_shows_what_it_is_for(string name, int dispositions, TicketExpectation ticket)
    {
        var session = Own(name);

        session.Dispositions.Count.ShouldBe(dispositions);
        session.Dispositions.ShouldAllBe(entry => entry.AgentName != null);
        session.TicketExpectation.ShouldBe(ticket);
    }

    [Fact]
    public void The_re_export_is_newer_and_relevant()
    {
        var (first, second) = (Own("first-export/call-70112.json"), Own("call-70112.json"));

        second.Key.ShouldBe(first.Key);
        second.UpdatedAt!.Value.ShouldBeGreaterThan(first.UpdatedAt!.Value);
        second.Revision.RelevantSha256.ShouldNotBe(first.Revision.RelevantSha256);
    }

    [Fact]
    public void An_inspection_tells_what_was_found_and_what_was_not()
    {
        var report = InspectReport.Of(File.ReadAllBytes(Path.Combine(SampleFiles.Own, "first-export", "call-70112.json")), new ReaderOptions());

        report.Fault.ShouldBeNull();
        report.FoundKeys.ShouldContain("participants[].email");
        report.FoundKeys.ShouldContain("menu_path.name");
        report.MissingKeys.ShouldContain("out_ticket_id");
        report.MissingKeys.ShouldNotContain("message_count");
        report.UnknownKeys.ShouldBe(["participants[].call_id"]);
        report.Gaps.Count.ShouldBe(2);
    }

    [Fact]
    public void An_inspection_names_unknown_keys_and_where_codes_were_found()
    {
        var report = InspectReport.Of(
            """{"id":7,"chat_type":"Messaging (SMS)","novelty":1,"end_user":{"id":1,"mood":"sunny"},"disposition":{"code":"x"},"rating":"?"}"""u8.ToArray(),
            new ReaderOptions());

        report.UnknownKeys.ShouldBe(["end_user.mood", "novelty"]);
        report.DispositionsFoundAt.ShouldBe(["disposition"]);
        report.FieldNotes.ShouldHaveSingleItem().Path.ShouldBe("rating");
        InspectReport.Of("[]"u8.ToArray(), new ReaderOptions()).Fault!.Reason.Code.ShouldBe("JSON_EMPTY");
    }

    private static SessionMetadata Own(string name) =>
        Read(File.ReadAllBytes(Path.Combine(SampleFiles.Own, name))).ShouldBeOfType<ReadResult.Session>().Metadata;
}
