using CrmSync.Core.Sessions;
using static CrmSync.Tests.Sessions.SessionText;

namespace CrmSync.Tests.Sessions;

public sealed class VocabularyTests
{
    [Theory]
    [InlineData("Voice Inbound (IVR)", SessionChannel.Voice, SessionDirection.Inbound, "IVR")]
    [InlineData("IVR Call", SessionChannel.Voice, SessionDirection.Inbound, "IVR")]
    [InlineData("Voice Inbound (IVR using Mobile)", SessionChannel.Voice, SessionDirection.Inbound, "IVR using Mobile")]
    [InlineData("Voice Inbound (App)", SessionChannel.Voice, SessionDirection.Inbound, "Mobile")]
    [InlineData("Incoming Call (App)", SessionChannel.Voice, SessionDirection.Inbound, "Mobile")]
    [InlineData("Incoming Call (Web)", SessionChannel.Voice, SessionDirection.Callback, "Web")]
    [InlineData("Voice Callback (Web)", SessionChannel.Voice, SessionDirection.Callback, "Web")]
    [InlineData("Voice Scheduled (API)", SessionChannel.Voice, SessionDirection.Scheduled, "API")]
    [InlineData("Scheduled Call (Web)", SessionChannel.Voice, SessionDirection.Scheduled, "Web")]
    [InlineData("Voice Outbound", SessionChannel.Voice, SessionDirection.Outbound, null)]
    [InlineData("Voice Outbound (Direct)", SessionChannel.Voice, SessionDirection.Outbound, "Direct")]
    [InlineData("Voice Campaign", SessionChannel.Voice, SessionDirection.Campaign, null)]
    [InlineData("Voice Internal", SessionChannel.Voice, SessionDirection.Internal, null)]
    [InlineData("Messaging Inbound (Web Chat)", SessionChannel.Messaging, SessionDirection.Inbound, "Web Chat")]
    [InlineData("Messaging Inbound (App Chat)", SessionChannel.Messaging, SessionDirection.Inbound, "Mobile Chat")]
    [InlineData("Messaging (WhatsApp)", SessionChannel.Messaging, SessionDirection.Other, "WhatsApp")]
    [InlineData("messaging outbound (SMS by API)", SessionChannel.Messaging, SessionDirection.Outbound, "SMS by API")]
    [InlineData("Hologram Visit", SessionChannel.Other, SessionDirection.Other, null)]
    public void A_session_type_is_taken_by_its_words(string text, SessionChannel channel, SessionDirection direction, string? medium)
    {
        SessionType.Parse($" {text} ").ShouldBe(new SessionType(text, channel, direction, medium));
    }

    [Fact]
    public void The_current_type_is_shown_and_the_deprecated_one_is_kept()
    {
        var session = Call("\"session_type_v2\":\"Voice Inbound (Mobile)\"");

        session.Type!.Text.ShouldBe("Voice Inbound (Mobile)");
        session.LegacyType!.Text.ShouldBe("Voice Inbound (IVR)");
        Call().Type!.Text.ShouldBe("Voice Inbound (IVR)");
    }

    [Fact]
    public void Every_published_number_of_a_call_status_is_its_word()
    {
        SessionStatus.PublishedCallNumbers.Count.ShouldBe(24);
        foreach (var (number, word) in SessionStatus.PublishedCallNumbers)
        {
            Call($"\"status\":{number}").Status!.Name.ShouldBe(word);
            Call($"\"status\":\"{number}\"").Status!.Name.ShouldBe(word);
        }
    }

    [Theory]
    [InlineData("finished", true)]
    [InlineData("FINISHED ", true)]
    [InlineData("failed", true)]
    [InlineData("recovered", true)]
    [InlineData("deflected", true)]
    [InlineData("voicemail_received", true)]
    [InlineData("voicemail_read", true)]
    [InlineData("action_only_finished", true)]
    [InlineData("voicemail", false)]
    [InlineData("connected", false)]
    [InlineData("va_connected", false)]
    [InlineData("something_new", false)]
    public void A_call_is_final_by_its_status(string status, bool final)
    {
        Call($"\"status\":\"{status}\"").IsFinal.ShouldBe(final);
    }

    [Theory]
    [InlineData("finished", true)]
    [InlineData("no_response", true)]
    [InlineData("canceled", true)]
    [InlineData("abandoned", true)]
    [InlineData("finished_by_agent", true)]
    [InlineData("queued", false)]
    [InlineData("8", false)]
    public void A_chat_is_final_by_its_status(string status, bool final)
    {
        Chat($"\"status\":\"{status}\"").IsFinal.ShouldBe(final);
    }

    [Fact]
    public void Voicemail_and_a_missing_status_are_final_once_the_session_has_an_end()
    {
        Call("\"status\":80,\"ends_at\":\"2026-03-05T10:00:00Z\"").IsFinal.ShouldBeTrue();
        Call("\"ends_at\":\"2026-03-05T10:00:00Z\"").IsFinal.ShouldBeTrue();
        Call().IsFinal.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"status\":\"finished\",\"out_ticket_id\":\"1\"", TicketExpectation.Present)]
    [InlineData("\"status\":\"deflected\",\"out_ticket_id\":\"1\"", TicketExpectation.Present)]
    [InlineData("\"status\":\"finished\"", TicketExpectation.Missing)]
    [InlineData("\"status\":\"deflected\",\"deflection\":\"after_hours_message_only\"", TicketExpectation.NoneExpected)]
    [InlineData("\"status\":\"failed\",\"fail_reason\":\"eu_abandoned\"", TicketExpectation.NoneExpected)]
    [InlineData("\"status\":\"failed\",\"fail_reason\":\"eu_in_menu_abandoned\"", TicketExpectation.NoneExpected)]
    [InlineData("\"status\":\"failed\",\"handle_durations\":[{\"agent_id\":3}]", TicketExpectation.Missing)]
    [InlineData("\"status\":\"voicemail_received\",\"deflection\":\"over_capacity_voicemail\"", TicketExpectation.Missing)]
    public void A_missing_ticket_is_told_from_one_that_nobody_makes(string keys, TicketExpectation expected)
    {
        Call(keys).TicketExpectation.ShouldBe(expected);
    }

    [Theory]
    [InlineData("884213", "884213")]
    [InlineData("  884213\\n", "884213")]
    [InlineData("#884213", "884213")]
    [InlineData("\\\"884213\\\"", "884213")]
    [InlineData("'00012345'", "00012345")]
    [InlineData("Case #00012345", "00012345")]
    [InlineData("Ticket: INC0012", "INC0012")]
    [InlineData("\u200B500Hs00001kQ7ZaIAK\uFEFF", "500Hs00001kQ7ZaIAK")]
    [InlineData("12345 and 12346", "12345 and 12346")]
    [InlineData("0", null)]
    [InlineData("null", null)]
    [InlineData("None", null)]
    [InlineData("n/a", null)]
    [InlineData("#", null)]
    [InlineData("  ", null)]
    public void A_ticket_id_is_cleaned_and_never_a_number(string written, string? id)
    {
        var ticket = Call($"\"out_ticket_id\":\"{written}\"").OutTicket;

        (ticket?.Id).ShouldBe(id);
    }

    [Theory]
    [InlineData("https://aldergrove.my.salesforce.example/500Hs00001kQ7ZaIAK", "aldergrove.my.salesforce.example", "500Hs00001kQ7ZaIAK")]
    [InlineData("https://x.lightning.example/lightning/r/Case/500Hs00001kQ7ZaIAK/view", "x.lightning.example", "500Hs00001kQ7ZaIAK")]
    [InlineData("https://ACME.zendesk.example/agent/tickets/884213", "acme.zendesk.example", "884213")]
    [InlineData("https://crm.example/main.aspx?etn=incident&id=%7B5f0c1f2e-aaaa-4bbb-8ccc-1234567890ab%7D", "crm.example", "5f0c1f2e-aaaa-4bbb-8ccc-1234567890ab")]
    [InlineData("https://now.example/nav_to.do?uri=incident.do%3Fsys_id%3D9d385017c611228701d22104cc95c371", "now.example", "9d385017c611228701d22104cc95c371")]
    public void A_ticket_url_gives_its_host_and_what_may_be_the_id(string url, string host, string first)
    {
        var ticket = OutTicket.From(null, url).ShouldNotBeNull();

        ticket.Host.ShouldBe(host);
        ticket.Candidates.First().ShouldBe(first);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not a url")]
    public void What_is_no_web_address_has_no_host(string url)
    {
        OutTicket.From("7", url)!.Host.ShouldBeNull();
        OutTicket.From("7", url)!.Candidates.ShouldBe(["7"]);
    }

    [Fact]
    public void An_address_in_the_place_of_the_id_is_an_address()
    {
        OutTicket.From("https://acme.zendesk.example/agent/tickets/9", null).ShouldBe(new OutTicket(null, "https://acme.zendesk.example/agent/tickets/9"));
    }
}
