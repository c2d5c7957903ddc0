using CrmSync.Core.Sessions;
using static CrmSync.Tests.Sessions.SessionText;

namespace CrmSync.Tests.Sessions;

public sealed class DispositionTests
{
    [Theory]
    [InlineData("\"dispositions\":[{\"code\":\"Refund\",\"note\":\"n\"}]")]
    [InlineData("\"dispositions\":{\"code\":\"Refund\",\"note\":\"n\"}")]
    [InlineData("\"disposition_codes\":[{\"name\":\"Refund\",\"notes\":\"n\"}]")]
    [InlineData("\"disposition\":{\"disposition_code\":\"Refund\",\"disposition_notes\":\"n\"}")]
    [InlineData("\"disposition\":{\"disposition_code\":{\"id\":3,\"name\":\"Refund\"},\"note\":[\"n\"]}")]
    [InlineData("\"handle_durations\":[{\"agent_id\":7,\"dispositions\":[{\"code\":\"Refund\",\"note\":\"n\"}]}]")]
    [InlineData("\"participants\":[{\"user_id\":7,\"disposition\":{\"code\":\"Refund\",\"note\":\"n\"}}]")]
    public void A_code_and_its_note_are_found_under_every_spelling(string keys)
    {
        var found = Call(keys).Dispositions.ShouldHaveSingleItem();

        found.Path.ShouldBe("Refund");
        found.Note.ShouldBe("n");
    }

    [Theory]
    [InlineData("\"dispositions\":[\"Refund\"]", "Refund", null)]
    [InlineData("\"dispositions\":[{\"code\":\"Refund\",\"note\":\"\"}]", "Refund", null)]
    [InlineData("\"dispositions\":[{\"note\":\"only\"}]", null, "only")]
    [InlineData("\"notes\":\"only\"", null, "only")]
    [InlineData("\"disposition_notes\":[{\"text\":\"one\"},{\"text\":\"two\"}]", null, "one\ntwo")]
    [InlineData("\"dispositions\":[{\"code\":\"Refund\",\"full_path\":\"Billing/Refund\"}]", "Billing/Refund", null)]
    public void A_code_without_a_note_and_a_note_without_a_code_are_fine(string keys, string? path, string? note)
    {
        var found = Call(keys).Dispositions.ShouldHaveSingleItem();

        found.Path.ShouldBe(path);
        found.Note.ShouldBe(note);
    }

    [Theory]
    [InlineData("\"dispositions\":[]")]
    [InlineData("\"dispositions\":[{},null,3,{\"code\":null,\"note\":\" \"}]")]
    [InlineData("\"dispositions\":\"\"")]
    public void Nothing_is_found_where_nothing_is(string keys)
    {
        Call(keys).Dispositions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("$.wrap_up.codes[*]")]
    [InlineData("wrap_up.codes")]
    [InlineData("wrap_up['codes'][0]")]
    public void An_admin_can_name_the_place(string path)
    {
        var options = new ReaderOptions { DispositionPaths = [JsonPath.Parse(path)] };

        var session = Call("\"wrap_up\":{\"codes\":[{\"code\":\"Refund\"}]}", options);

        session.Dispositions.ShouldHaveSingleItem().FoundAt.ShouldStartWith(path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[x]")]
    [InlineData("a[']")]
    [InlineData("a]")]
    public void A_path_that_cannot_be_read_says_so(string path)
    {
        JsonPath.TryParse(path, out _, out var problem).ShouldBeFalse();
        problem.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Each_agent_gets_a_name_and_an_edited_code_is_marked()
    {
        var session = Call(
            """
            "participants":[{"type":"agent","user_id":1,"first_name":"Ana","last_name":"Ruiz"}],
            "transfers":[{"to_agent":{"id":2,"name":"Ben Oduya","email":"b@x.example"}}],
            "dispositions":[
              {"agent_id":2,"code":"C","submitted_at":"2026-03-05T12:00:00Z"},
              {"agent_id":1,"code":"A","submitted_at":"2026-03-05T10:00:00Z"},
              {"agent_id":1,"code":"B","submitted_at":"2026-03-05T11:00:00Z"},
              {"agent_id":1,"code":"B","submitted_at":"2026-03-05T11:00:00Z"}]
            """);

        session.Dispositions.Select(entry => (entry.AgentName, entry.Code, entry.Superseded))
            .ShouldBe([("Ana Ruiz", "A", true), ("Ana Ruiz", "B", false), ("Ben Oduya", "C", false)]);
    }

    [Fact]
    public void The_only_agent_wrote_a_note_that_names_nobody()
    {
        Call("\"agent_info\":{\"id\":1,\"name\":\"Ana\",\"email\":\"a@x.example\"},\"dispositions\":{\"note\":\"n\"}")
            .Dispositions.ShouldHaveSingleItem().AgentName.ShouldBe("Ana");
        Call("\"agent_info\":{\"id\":1,\"name\":\"Bot\",\"va_alias\":null},\"dispositions\":{\"note\":\"n\"}")
            .Dispositions.ShouldHaveSingleItem().AgentName.ShouldBeNull();
    }
}
