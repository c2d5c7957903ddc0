using CrmSync.Core.Rendering;
using CrmSync.Core.Rendering.Model;
using CrmSync.Tests.Sessions;

namespace CrmSync.Tests.Rendering;

public sealed class NoteModelTests
{
    private const string TwoAgents = """
        "status":"finished","call_duration":739,
        "participants":[
          {"type":"agent","user_id":214,"first_name":"Priya","last_name":"Raman","connected_at":"2026-03-05T10:03:33-08:00"},
          {"type":"agent","user_id":219,"first_name":"Tomás","last_name":"Echeverría","connected_at":"2026-03-05T10:10:00-08:00"},
          {"type":"agent","user_id":219,"first_name":"Tomás","last_name":"Echeverría","connected_at":"2026-03-05T10:12:00-08:00"}],
        "handle_durations":[
          {"agent_id":214,"started_at":"2026-03-05T10:03:33-08:00","call_duration":337,"hold_duration":61},
          {"agent_id":214,"started_at":"2026-03-05T10:09:10-08:00","call_duration":0,"acw_duration":55},
          {"agent_id":219,"started_at":"2026-03-05T10:10:00-08:00","call_duration":402,"transfer_id":7719,"transfer_cold":true}],
        "transfers":[{"id":7719,"from_agent":{"id":214,"name":"Priya Raman"},"to_agent":{"id":219,"name":"Tomás Echeverría"},"deflection":"temp_redirection_queue"}]
        """;

    [Fact]
    public void People_are_counted_not_rows_and_wrap_up_is_no_agent_of_its_own()
    {
        var model = Notes.Model(SessionText.Call(TwoAgents));

        model.AgentCount.ShouldBe(2);
        model.Agents.Select(agent => (agent.Name, agent.Talk, agent.Hold, agent.WrapUp)).ShouldBe(
            [("Priya Raman", "5 min 37 s", "1 min 1 s", "55 s"), ("Tomás Echeverría", "6 min 42 s", null, null)]);
    }

    [Fact]
    public void A_transfer_knows_whether_it_was_cold_from_the_rows_behind_it()
    {
        var transfer = Notes.Model(SessionText.Call(TwoAgents)).Transfers.ShouldHaveSingleItem();

        transfer.Text.ShouldBe("Priya Raman to Tomás Echeverría (cold)");
        transfer.Deflection.ShouldBe("redirected to another queue");
    }

    [Fact]
    public void An_edited_disposition_shows_the_latest_and_keeps_the_earlier()
    {
        var session = SessionText.Call(TwoAgents + """
            ,"dispositions":[
              {"agent_id":214,"full_path":"General/Wrong queue","note":"first","submitted_at":"2026-03-05T10:10:05-08:00"},
              {"agent_id":214,"full_path":"Orders/Returns","note":"second","submitted_at":"2026-03-05T12:00:00-08:00"}]
            """);

        var agent = Notes.Model(session).Agents[0];

        (agent.DispositionPath, agent.Note, agent.Edited).ShouldBe(("Orders/Returns", "second", true));
        agent.Earlier.ShouldBe([new EarlierNoteView("General/Wrong queue", "first")]);
    }

    [Fact]
    public void A_note_that_is_tied_to_nobody_is_not_lost()
    {
        var model = Notes.Model(SessionText.Call(TwoAgents + ""","notes":"call back on Monday" """));

        model.Agents.Count.ShouldBe(3);
        (model.Agents[2].IsKnown, model.Agents[2].Note).ShouldBe((false, "call back on Monday"));
        model.AgentCount.ShouldBe(2);
    }

    [Fact]
    public void Totals_that_disagree_are_shown_as_reported()
    {
        var times = Notes.Model(SessionText.Call(TwoAgents + ""","hold_duration":5,"queue_duration":27,"queue_durations":[{"menu_path":"A","queue_duration":3}]""")).Times;

        (times.Duration, times.Hold, times.Wait).ShouldBe(("12 min 19 s", "5 s", "27 s"));
    }

    [Theory]
    [InlineData("granted", "https://storage.example.com/r/1.mp3", true)]
    [InlineData("granted", "https://eu.media.example.net/r/1.mp3", true)]
    [InlineData("granted", "http://storage.example.com/r/1.mp3", false)]
    [InlineData("granted", "https://storage.example.com.evil.example/r/1.mp3", false)]
    [InlineData("granted", "https://storage.example.com@evil.example/r/1.mp3", false)]
    [InlineData("granted", "https://user:pass@storage.example.com/r/1.mp3", false)]
    [InlineData("granted", "https://media.example.net.evil.example/r/1.mp3", false)]
    [InlineData("granted", "javascript:alert(1)", false)]
    [InlineData("denied", "https://storage.example.com/r/1.mp3", false)]
    [InlineData("not_asked", "https://storage.example.com/r/1.mp3", false)]
    public void A_recording_is_linked_only_with_permission_and_to_a_host_the_admin_vouches_for(string permission, string url, bool linked)
    {
        var options = new NoteOptions { RecordingHosts = ["storage.example.com", "*.media.example.net"] };

        var recording = Notes.Model(SessionText.Call($"\"recording_permission\":\"{permission}\",\"recording_url\":\"{url}\""), options).Recording;

        recording.ShouldNotBeNull().Link.ShouldBe(linked ? url : null);
    }

    [Theory]
    [InlineData("\"status\":\"failed\",\"fail_reason\":\"eu_abandoned\",\"queue_duration\":195", "abandoned", "Inbound call, the customer hung up after 3 min 15 s of waiting")]
    [InlineData("\"status\":\"failed\",\"fail_reason\":\"eu_in_menu_abandoned\"", "abandoned_in_menu", "Inbound call, the customer hung up in the menu")]
    [InlineData("\"status\":\"deflected\",\"deflection\":\"after_hours_message_only\"", "deflected", "Inbound call, not connected: after hours, message only")]
    [InlineData("\"status\":\"deflected\",\"deflection\":\"brand_new_way\"", "deflected", "Inbound call, not connected: brand new way")]
    [InlineData("\"status\":\"voicemail_received\",\"queue_duration\":111", "voicemail", "Inbound call, voicemail left after 1 min 51 s of waiting")]
    [InlineData("\"status\":\"connected\"", "unfinished", "Inbound call, not finished yet (connected)")]
    [InlineData("\"status\":\"failed\",\"fail_reason\":\"eu_no_answer\"", "failed", "Inbound call, failed: the customer did not answer")]
    [InlineData("\"status\":\"finished\"", "unattended", "Inbound call, ended without an agent")]
    public void The_headline_says_how_it_ended(string keys, string ending, string headline)
    {
        var model = Notes.Model(SessionText.Call(keys));

        (model.Ending, model.Headline).ShouldBe((ending, headline));
    }

    [Fact]
    public void Times_stand_in_the_configured_zone_with_its_name_and_the_offset_of_that_day()
    {
        var session = SessionText.Call("\"created_at\":\"2026-03-07T23:50:00Z\",\"ends_at\":\"2026-03-08T11:10:00Z\"");

        var times = Notes.Model(session, new NoteOptions { TimeZone = "Europe/Madrid", TwelveHourClock = true }).Times;

        times.When.ShouldBe("Sun 8 Mar 2026, 12:50 AM to 12:10 PM");
        times.Zone.ShouldBe("Europe/Madrid, UTC+1");
    }

    [Fact]
    public void Changes_are_named_with_what_it_was()
    {
        var before = SessionText.Call(TwoAgents + ""","rating":3""");
        var after = SessionText.Call(TwoAgents + ""","rating":4.0,"out_ticket_id":"884213","dispositions":[{"agent_id":214,"code":"Refund"}]""");

        Notes.Model(after, previous: before).Changes.Select(change => change.Text).ShouldBe(
            ["Ticket: 884213 (new)", "Priya Raman: Disposition: Refund (new)", "Customer's rating: 4 (was 3)"]);
    }

    [Fact]
    public void Keys_without_a_member_are_reached_through_the_file()
    {
        var templates = Notes.Store(("salesforce/case-comment.sbn-txt", "{{ file.custom_data.order_no.value }}"));
        var session = SessionText.Call("\"custom_data\":{\"order_no\":{\"value\":\"55-1203\"}}");

        Notes.Renderer(templates).Render(Notes.Request(session, Notes.Salesforce)).Part("case-comment").ShouldBe("55-1203");
    }
}
