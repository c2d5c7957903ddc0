using System.Globalization;
using CrmSync.Core.Sessions;
using static CrmSync.Tests.Sessions.SessionText;

namespace CrmSync.Tests.Sessions;

/// <summary>Every row of Google's published list of attributes, with a value.</summary>
public sealed class FieldTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 5, 10, 2, 11, TimeSpan.FromHours(-8));

    public static readonly TheoryData<string, Func<SessionMetadata, object?>, object> Rows = new()
    {
        { "\"lang\":\"es\"", s => s.Lang, "es" },
        { "\"call_uuid\":\"u-1\"", s => s.CallUuid, "u-1" },
        { "\"parent_id\":7", s => s.ParentId, 7L },
        { "\"lang\":\"es\"", s => s.CallType, "Voice Inbound (IVR)" },
        { "\"session_type\":\"Voice Inbound (App)\"", s => s.SessionType, "Voice Inbound (App)" },
        { "\"session_type_v2\":\"Voice Inbound (Mobile)\"", s => s.Type!.Text, "Voice Inbound (Mobile)" },
        { "\"status\":\"finished\"", s => s.Status!.Name, "finished" },
        { "\"sub_status\":\"in_queue\"", s => s.SubStatus, "in_queue" },
        { "\"subStatus\":\"in_queue\"", s => s.SubStatus, "in_queue" },
        { At("created_at"), s => s.CreatedAt, Time },
        { At("queued_at"), s => s.QueuedAt, Time },
        { At("assigned_at"), s => s.AssignedAt, Time },
        { At("connected_at"), s => s.ConnectedAt, Time },
        { At("ends_at"), s => s.EndsAt, Time },
        { At("ended_at"), s => s.EndsAt, Time },
        { At("scheduled_at"), s => s.ScheduledAt, Time },
        { At("updated_at"), s => s.UpdatedAt, Time },
        { "\"call_duration\":739", s => s.Duration, TimeSpan.FromSeconds(739) },
        { "\"hold_duration\":84", s => s.HoldDuration, TimeSpan.FromSeconds(84) },
        { "\"wait_duration\":87", s => s.WaitDuration, TimeSpan.FromSeconds(87) },
        { "\"queue_duration\":88", s => s.QueueDuration, TimeSpan.FromSeconds(88) },
        { "\"answer_type\":\"manual\"", s => s.AnswerType, "manual" },
        { "\"out_ticket_id\":\"884213\"", s => s.OutTicket!.Id, "884213" },
        { "\"out_ticket_url\":\"https://crm.example/884213\"", s => s.OutTicket!.Url, "https://crm.example/884213" },
        { "\"recording_permission\":\"granted\"", s => s.RecordingPermission, RecordingPermission.Granted },
        { "\"recording_permission\":\"recording_permission_denied\"", s => s.RecordingPermission, RecordingPermission.Denied },
        { "\"recording_permission\":\"not_asked\"", s => s.RecordingPermission, RecordingPermission.NotAsked },
        { "\"recording_permission\":2", s => s.RecordingPermission, RecordingPermission.Other },
        { "\"recording_url\":\"https://a.example/r.mp3\"", s => s.RecordingUrl, "https://a.example/r.mp3" },
        { "\"support_number\":\"+12025550123\"", s => s.SupportNumber, "+12025550123" },
        { "\"outbound_number\":\"+1 202-555-0188\"", s => s.OutboundNumber, "+1 202-555-0188" },
        { "\"menu_path\":{\"items_count\":2,\"name\":\"A/B\",\"materialized_path\":\"1/2\"}", s => s.MenuPath, new MenuPath(2, "A/B", "1/2") },
        { "\"menu_path\":\"A/B\"", s => s.MenuPath!.Name, "A/B" },
        { "\"selected_menu\":{\"id\":6205,\"name\":\"Returns\",\"menu_type\":\"ivr_menu\",\"deleted\":false}", s => s.SelectedMenu, new SelectedMenu { Id = 6205, Name = "Returns", MenuType = "ivr_menu", Deleted = false } },
        { "\"queue_priority_level\":\"2\"", s => s.QueuePriorityLevel, 2L },
        { "\"rating\":4", s => s.Rating, 4m },
        { "\"rating\":\"4.5\"", s => s.Rating, 4.5m },
        { "\"has_feedback\":true", s => s.HasFeedback, true },
        { "\"feedback\":\"Good\"", s => s.Feedback, "Good" },
        { "\"status\":13", s => s.Status!.Name, "va_assigned" },
        { "\"verified\":true", s => s.Verified, true },
        { "\"photos\":[{\"id\":1,\"photo_type\":\"photo\",\"url\":\"u\"}]", s => s.Photos[0], new Photo(1, "photo", "u") },
        { "\"videos\":[{\"id\":1,\"url\":\"u\"}]", s => s.Videos[0], new Video(1, "u") },
        { "\"text_inputs\":[{\"id\":1,\"text\":\"t\"}]", s => s.TextInputs[0].Text, "t" },
        { "\"agent_info\":{\"id\":219,\"name\":\"Ana\",\"email\":\"a@b.example\",\"agent_number\":1047}", s => s.AgentInfo!.AgentNumber, "1047" },
        { "\"agent_info\":{\"id\":9,\"name\":\"Bot\",\"va_alias\":null}", s => s.AgentInfo!.IsVirtual, true },
        { "\"transfers\":[{\"id\":1,\"status\":\"transferred\",\"to_queue_priority_level\":\"3\"}]", s => s.Transfers[0].ToQueuePriorityLevel, 3L },
        { "\"deflection\":\"after_hours_message_only\"", s => s.IsDeflected, true },
        { "\"deflection_details\":[{\"id\":1,\"deflection\":\"d\"}]", s => s.DeflectionDetails[0].Deflection, "d" },
        { "\"dispositions\":[{\"code\":\"Refund\"}]", s => s.Dispositions[0].Code, "Refund" },
        { "\"in_call_sms\":[{\"direction\":\"outbound\",\"body\":\"b\"}]", s => s.InCallSms[0].Text, "b" },
        { "\"wait_time_sms\":[{\"body\":\"b\"}]", s => s.WaitTimeSms[0].Text, "b" },
        { "\"participants\":[{\"id\":1,\"type\":\"agent\",\"first_name\":\"Ana\",\"last_name\":\"Ruiz\"}]", s => s.Participants[0].Name, "Ana Ruiz" },
        { "\"voip_provider\":\"voip_provider_twilio\"", s => s.VoipProvider, "voip_provider_twilio" },
        { "\"voicemail_reason\":\"not_voicemail\"", s => s.VoicemailReason, "not_voicemail" },
        { "\"disconnected_by\":\"disconnected_by_agent\"", s => s.DisconnectedBy, "disconnected_by_agent" },
        { "\"fail_reason\":\"nothing\"", s => s.FailReason, "nothing" },
        { "\"fail_details\":\"d\"", s => s.FailDetails, "d" },
        { "\"offer_type\":\"cascade\"", s => s.OfferType, "cascade" },
        { "\"offer_events\":[{\"casting_time\":4,\"group\":\"g\"}]", s => s.OfferEvents[0], new OfferEvent(4, "g") },
        { "\"end_user\":{\"id\":1,\"identifier\":\"i\",\"out_contact_id\":\"003\"}", s => s.EndUser, new EndUser(1, "i", "003") },
        { "\"virtual_agent\":{\"id\":18,\"name\":\"n\"}", s => s.VirtualAgent, new VirtualAgent(18, "n", null, null) },
        { "\"automation_redirection\":{\"percent_redirection\":5,\"redirection_group\":[{\"group_label\":\"A\"}]}", s => s.AutomationRedirection!.RedirectionGroup[0].GroupLabel, "A" },
        { "\"in_queue_wait_time_va\":12", s => s.InQueueWaitTimeVa, "12" },
        { "\"handle_durations\":[{\"agent_id\":2,\"call_duration\":0,\"acw_duration\":55}]", s => s.HandleDurations[0].IsWrapUp, true },
        { "\"queue_durations\":[{\"queue_duration\":42}]", s => s.QueueDurations[0].Duration, TimeSpan.FromSeconds(42) },
        { "\"consumer_handle_durations\":[{\"call_duration\":42}]", s => s.ConsumerHandleDurations[0].Duration, TimeSpan.FromSeconds(42) },
        { "\"consumer_in_menu_durations\":[{\"duration\":42}]", s => s.ConsumerInMenuDurations[0].Duration, TimeSpan.FromSeconds(42) },
        { "\"consumer_event_durations\":[{\"type\":\"csat\"}]", s => s.ConsumerEventDurations[0].Type, "csat" },
        { "\"virtual_agent_handle_durations\":[{\"finish_reason\":\"resolved\"}]", s => s.VirtualAgentHandleDurations[0].FinishReason, "resolved" },
        { "\"virtual_agent_deflected_escalations\":[{\"deflection\":\"temp_redirection_queue\"}]", s => s.VirtualAgentDeflectedEscalations[0].Deflection, "temp_redirection_queue" },
        { "\"recordings\":[{\"id\":1,\"redaction_times\":[{\"duration\":42}]}]", s => s.Recordings[0].RedactionTimes[0].Duration, TimeSpan.FromSeconds(42) },
    };

    [Theory]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public void A_published_attribute_of_a_call_is_read(string keys, Func<SessionMetadata, object?> property, object expected)
    {
        var session = Call(keys);

        property(session).ShouldBe(expected);
        session.FieldNotes.ShouldBeEmpty();
    }

    [Fact]
    public void What_only_chats_have_is_read()
    {
        var chat = Chat(
            "\"chat_uuid\":\"u\",\"chat_duration\":1583,\"transcript\":true,\"message_count\":27,\"average_response_time\":41,\"longest_response_time\":160,"
            + $"{At("first_msg_sent_at")},{At("last_msg_sent_at")},"
            + "\"participants\":[{\"finished_at\":\"2026-03-05T10:02:11.000-08:00\",\"chat_duration\":5,\"virtual_agent\":{\"conversation_id\":\"c\"}}],"
            + "\"handle_durations\":[{\"chat_duration\":7,\"response_time_avg\":\"41.0\"}]");

        chat.Key.Kind.ShouldBe(SessionKind.Chat);
        chat.ChatUuid.ShouldBe("u");
        chat.Duration.ShouldBe(TimeSpan.FromSeconds(1583));
        chat.Transcript.ShouldBe(true);
        chat.MessageCount.ShouldBe(27);
        chat.AverageResponseTime.ShouldBe(TimeSpan.FromSeconds(41));
        chat.LongestResponseTime.ShouldBe(TimeSpan.FromSeconds(160));
        chat.FirstMsgSentAt.ShouldBe(Time);
        chat.LastMsgSentAt.ShouldBe(Time);
        chat.Participants[0].EndedAt.ShouldBe(Time);
        chat.Participants[0].Duration.ShouldBe(TimeSpan.FromSeconds(5));
        chat.Participants[0].ConversationId.ShouldBe("c");
        chat.HandleDurations[0].ResponseTimeAvg.ShouldBe(TimeSpan.FromSeconds(41));
    }

    [Fact]
    public void Absent_null_and_empty_are_the_same()
    {
        foreach (var keys in new[] { "", "\"feedback\":null,\"photos\":null,\"agent_info\":null,\"rating\":null", "\"feedback\":\" \",\"photos\":[],\"rating\":\"\"" })
        {
            var session = Call(keys);

            session.Feedback.ShouldBeNull();
            session.Photos.ShouldBeEmpty();
            session.AgentInfo.ShouldBeNull();
            session.Rating.ShouldBeNull();
            session.FieldNotes.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("{\"call\":{\"id\":7}}", SessionKind.Call)]
    [InlineData("{\"chat\":{\"id\":7}}", SessionKind.Chat)]
    [InlineData("{\"id\":7,\"call_duration\":0}", SessionKind.Call)]
    [InlineData("{\"id\":\"7\",\"chat_duration\":0}", SessionKind.Chat)]
    [InlineData("{\"id\":7,\"call_type\":null,\"chat_type\":\"Messaging (SMS)\"}", SessionKind.Chat)]
    [InlineData("{\"id\":7,\"chat_type\":null}", SessionKind.Chat)]
    [InlineData("{\"id\":7,\"session_type_v2\":\"Voice Campaign\"}", SessionKind.Call)]
    [InlineData("{\"id\":7,\"session_type\":\"Messaging (WhatsApp)\"}", SessionKind.Chat)]
    public void The_kind_is_told_by_the_keys(string json, SessionKind kind)
    {
        Session(json, new ReaderOptions { Instance = "west" }).Key.ShouldBe(new SessionKey("west", kind, 7));
    }

    [Theory]
    [InlineData("\"2026-03-05T10:02:11.000-08:00\"")]
    [InlineData("\"2026-03-05T18:02:11Z\"")]
    [InlineData("\" 2026-03-05T10:02:11.000-08:00> \"")]
    [InlineData("\"2026-03-05T10:02:11-0800\"")]
    [InlineData("\"2026-03-05 10:02:11 -0800\"")]
    [InlineData("\"2026-03-05 18:02:11 UTC\"")]
    [InlineData("1772733731")]
    [InlineData("1772733731000")]
    [InlineData("\"1772733731000\"")]
    public void A_time_is_read_in_any_of_its_spellings(string value)
    {
        var session = Call($"\"ends_at\":{value}");

        session.EndsAt.ShouldNotBeNull().UtcDateTime.ShouldBe(Time.UtcDateTime);
        session.FieldNotes.ShouldBeEmpty();
    }

    [Fact]
    public void A_time_without_an_offset_is_taken_as_utc_and_noted()
    {
        var session = Call("\"ends_at\":\"2026-03-05T18:02:11\"");

        session.EndsAt.ShouldNotBeNull().UtcDateTime.ShouldBe(Time.UtcDateTime);
        session.FieldNotes.ShouldHaveSingleItem().Problem.ShouldContain("UTC");
    }

    [Theory]
    [InlineData("\"ends_at\":\"0000-00-00\"", "ends_at")]
    [InlineData("\"ends_at\":\"tomorrow\"", "ends_at")]
    [InlineData("\"ends_at\":true", "ends_at")]
    [InlineData("\"ends_at\":12", "ends_at")]
    [InlineData("\"rating\":1e400", "rating")]
    [InlineData("\"rating\":\"four\"", "rating")]
    [InlineData("\"rating\":[4]", "rating")]
    [InlineData("\"call_duration\":-5", "call_duration")]
    [InlineData("\"call_duration\":1e30", "call_duration")]
    [InlineData("\"parent_id\":1.5", "parent_id")]
    [InlineData("\"verified\":\"perhaps\"", "verified")]
    [InlineData("\"lang\":{\"a\":1}", "lang")]
    [InlineData("\"photos\":\"none\"", "photos")]
    [InlineData("\"photos\":[3]", "photos[0]")]
    [InlineData("\"end_user\":\"me\"", "end_user")]
    [InlineData("\"participants\":[{},{\"id\":\"x\"}]", "participants[1].id")]
    public void A_field_that_cannot_be_read_is_noted_and_reads_as_absent(string keys, string path)
    {
        Call(keys).FieldNotes.ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Fact]
    public void A_number_of_100000_digits_is_noted()
    {
        Call($"\"out_ticket_id\":{new string('9', 100_000)}").FieldNotes.ShouldHaveSingleItem().Path.ShouldBe("out_ticket_id");
    }

    private static string At(string key) => string.Create(CultureInfo.InvariantCulture, $"\"{key}\":\"2026-03-05T10:02:11.000-08:00\"");
}
