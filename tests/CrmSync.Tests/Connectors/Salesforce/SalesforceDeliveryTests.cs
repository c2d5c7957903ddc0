using CrmSync.Connectors.Salesforce;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Tests.Connectors.Shared;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceDeliveryTests : SalesforceConnectorTest
{
    private const string GraphPath = "/services/data/*/composite/graph";

    [Fact]
    public async Task A_session_costs_one_call_and_leaves_a_private_comment_and_the_original_file()
    {
        var id = Org.AddCase();
        var parcel = Parcel(id);

        var receipt = await DeliveredAsync(parcel);

        var record = Org.Record(id);
        var note = record.Notes.ShouldHaveSingleItem();
        (note.Kind, note.Text, note.Public, note.Id).ShouldBe(("CaseComment", "Called about a lamp.", false, receipt.NoteId!));
        var file = record.Files.ShouldHaveSingleItem();
        (file.Path, file.Id, Bytes(file)).ShouldBe((parcel.Attachment.FileName, receipt.FileId!, Bytes(parcel)));
        Org.Requests.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("Contact")]
    [InlineData("Account")]
    [InlineData("Lead")]
    public async Task Other_records_get_a_completed_task(string type)
    {
        var id = Org.Add(type);

        await DeliveredAsync(Parcel(id, type: type));

        var note = Org.Record(id).Notes.ShouldHaveSingleItem();
        (note.Kind, note.Subject, note.Text).ShouldBe(("Task", "Call from a customer", "Called about a lamp."));
        Org.Record(id).Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_note_can_be_a_post_in_the_feed_that_customers_do_not_see()
    {
        var options = Settings();
        options.CaseNote = SalesforceNote.FeedItem;
        var id = Org.AddCase();

        (await Connect(options).DeliverAsync([Parcel(id)], Cancel))[0].ShouldBeOfType<Outcome.Delivered>();

        var note = Org.Record(id).Notes.ShouldHaveSingleItem();
        (note.Kind, note.Text, note.Public).ShouldBe(("FeedItem", "Called about a lamp.", false));
    }

    [Fact]
    public async Task Many_sessions_share_a_call()
    {
        var parcels = Enumerable.Range(0, 200).Select(_ => Parcel(Org.AddCase())).ToList();

        var outcomes = await Connector.DeliverAsync(parcels, Cancel);

        outcomes.ShouldAllBe(o => o is Outcome.Delivered);
        Org.Requests.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_call_stays_within_its_bytes()
    {
        var options = Settings();
        options.CallBytesMax = 1_000_000;
        var big = Enumerable.Range(0, 4).Select(_ => Parcel(Org.AddCase())).Select(p => p with { Attachment = p.Attachment with { Content = new byte[400_000] } }).ToList();

        (await Connect(options).DeliverAsync(big, Cancel)).ShouldAllBe(o => o is Outcome.Delivered);

        Org.Requests.Calls.ShouldBe(4);
    }

    [Fact]
    public async Task The_same_delivery_twice_leaves_one_note_and_says_where_it_is()
    {
        var parcel = Parcel(Org.AddCase());
        var first = await DeliveredAsync(parcel);

        var second = (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.AlreadyDelivered>();

        (second.Receipt.NoteId, second.Receipt.FileId).ShouldBe((first.NoteId, first.FileId));
        Org.Record(parcel.Ticket.RecordId).Notes.Count.ShouldBe(1);
        Org.Record(parcel.Ticket.RecordId).Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_is_in_doubt_and_the_probe_finds_the_note()
    {
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Once(Fault.DropAfter, path: GraphPath);

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.InDoubt>().Fault.Reason.ShouldBe(ReasonCodes.NoAnswer);

        var found = (await Connector.ProbeAsync([parcel], Cancel)).ShouldHaveSingleItem().ShouldBeOfType<ProbeAnswer.Found>();
        found.Receipt.NoteId.ShouldBe(Org.Record(parcel.Ticket.RecordId).Notes.ShouldHaveSingleItem().Id);
    }

    [Fact]
    public async Task A_request_that_was_lost_before_is_absent_and_can_be_sent_again()
    {
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Once(Fault.DropBefore, path: GraphPath);

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.InDoubt>();
        (await Connector.ProbeAsync([parcel], Cancel)).ShouldHaveSingleItem().ShouldBeOfType<ProbeAnswer.Absent>();

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task A_bad_record_does_not_touch_its_neighbours()
    {
        var gone = Org.AddCase();
        Org.Delete(gone);
        var parcels = new[] { Parcel(Org.AddCase()), Parcel(gone), Parcel(Org.AddCase()) };

        var outcomes = await Connector.DeliverAsync(parcels, Cancel);

        outcomes[0].ShouldBeOfType<Outcome.Delivered>();
        outcomes[1].ShouldBeOfType<Outcome.Refused>().Fault.Reason.ShouldBe(ReasonCodes.TicketDeleted);
        outcomes[2].ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task Twenty_bad_records_in_one_call_do_not_halt_the_good_ones()
    {
        var bad = Enumerable.Range(0, 20).Select(_ => Org.AddCase()).ToList();
        bad.ForEach(Org.Delete);
        var parcels = bad.Concat(Enumerable.Range(0, 20).Select(_ => Org.AddCase())).Select(id => Parcel(id)).ToList();

        var outcomes = await Connector.DeliverAsync(parcels, Cancel);

        outcomes.Take(20).ShouldAllBe(o => o is Outcome.Refused);
        outcomes.Skip(20).ShouldAllBe(o => o is Outcome.Delivered);
    }

    [Fact]
    public async Task A_merged_case_is_followed_to_its_master()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        Org.Merge(loser, winner);

        var receipt = await DeliveredAsync(Parcel(loser));

        receipt.RecordId.ShouldBe(winner);
        Org.Record(winner).Notes.Count.ShouldBe(1);
        Org.Record(loser).Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_session_edits_its_note_and_adds_a_version_to_its_file()
    {
        var first = Parcel(Org.AddCase(), "Before");
        var receipt = await DeliveredAsync(first);

        await DeliveredAsync(Revise(first, receipt, 2, "After"));

        var record = Org.Record(first.Ticket.RecordId);
        record.Notes.ShouldHaveSingleItem().Text.ShouldBe("After");
        record.Files.ShouldHaveSingleItem().Versions.ShouldBe(2);
    }

    [Theory]
    [InlineData(SalesforceRevisedNote.Append, 2)]
    [InlineData(SalesforceRevisedNote.Keep, 1)]
    public async Task The_note_of_before_is_kept_where_configured(SalesforceRevisedNote policy, int notes)
    {
        var options = Settings();
        options.RevisedNote = policy;
        var first = Parcel(Org.AddCase(), "Before");
        var receipt = await DeliveredAsync(first);

        (await Connect(options).DeliverAsync([Revise(first, receipt, 2, "After")], Cancel))[0].ShouldBeOfType<Outcome.Delivered>();

        Org.Record(first.Ticket.RecordId).Notes.Count.ShouldBe(notes);
        Org.Record(first.Ticket.RecordId).Notes[0].Text.ShouldBe("Before");
    }

    [Fact]
    public async Task When_the_note_of_before_was_deleted_a_new_one_is_written()
    {
        var first = Parcel(Org.AddCase(), "Before");
        var receipt = await DeliveredAsync(first);
        Org.Delete(receipt.NoteId!);

        await DeliveredAsync(Revise(first, receipt, 2, "After"));

        Org.Record(first.Ticket.RecordId).Notes.ShouldHaveSingleItem().Text.ShouldBe("After");
    }

    [Fact]
    public async Task An_over_long_note_is_cut_and_says_where_the_rest_is()
    {
        var parcel = Parcel(Org.AddCase(), new string('é', 3_000));

        await DeliveredAsync(parcel);

        var text = Org.Record(parcel.Ticket.RecordId).Notes.ShouldHaveSingleItem().Text;
        text.ShouldEndWith($"… (cut; see the attached {parcel.Attachment.FileName})");
    }

    [Theory]
    [InlineData("{{ 7 * 7 }} <b>\"quoted\"</b> 😀")]
    [InlineData("=cmd|' /C calc'!A0")]
    public async Task What_an_agent_typed_arrives_as_typed(string note)
    {
        var parcel = Parcel(Org.AddCase(), note);

        await DeliveredAsync(parcel);

        Org.Record(parcel.Ticket.RecordId).Notes.ShouldHaveSingleItem().Text.ShouldBe(note);
    }

    [Fact]
    public async Task What_looks_like_a_reference_to_another_node_is_not_followed()
    {
        var parcel = Parcel(Org.AddCase(), "Sent to @{lock.id} and @{nowhere.id}");

        await DeliveredAsync(parcel);

        Org.Record(parcel.Ticket.RecordId).Notes.ShouldHaveSingleItem().Text.ShouldBe("Sent to @\u200B{lock.id} and @\u200B{nowhere.id}");
    }

    [Theory]
    [InlineData("UNABLE_TO_LOCK_ROW", typeof(Outcome.Deferred), "RECORD_BUSY")]
    [InlineData("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", typeof(Outcome.Deferred), "RECORD_BUSY")]
    [InlineData("STORAGE_LIMIT_EXCEEDED", typeof(Outcome.Halted), "STORAGE_FULL")]
    [InlineData("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", typeof(Outcome.Refused), "PERMISSION_MISSING")]
    [InlineData("FIELD_CUSTOM_VALIDATION_EXCEPTION", typeof(Outcome.Refused), "CRM_REFUSED")]
    public async Task A_refused_node_means_what_its_code_says(string code, Type outcome, string reason)
    {
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Once(Fault.Named(code), "DML", "CaseComment");

        var result = await DeliverAsync(parcel);

        result.ShouldBeOfType(outcome);
        FaultOf(result).Reason.Code.ShouldBe(reason);
        Org.Record(parcel.Ticket.RecordId).Files.ShouldBeEmpty();
        Org.Count(SalesforceLedger.Type).ShouldBe(0);
    }

    [Theory]
    [InlineData(503, typeof(Outcome.InDoubt), "CRM_UNAVAILABLE")]
    [InlineData(502, typeof(Outcome.InDoubt), "CRM_UNAVAILABLE")]
    [InlineData(500, typeof(Outcome.InDoubt), "CRM_UNAVAILABLE")]
    [InlineData(429, typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData(420, typeof(Outcome.Deferred), "RATE_LIMITED")]
    [InlineData(403, typeof(Outcome.Halted), "QUOTA_EXHAUSTED")]
    [InlineData(302, typeof(Outcome.Halted), "UNEXPECTED_RESPONSE")]
    public async Task A_refused_call_means_what_its_status_says(int status, Type outcome, string reason)
    {
        Org.Faults.Once(Fault.Refuse(status), path: GraphPath);

        var result = await DeliverAsync(Parcel(Org.AddCase()));

        result.ShouldBeOfType(outcome);
        FaultOf(result).Reason.Code.ShouldBe(reason);
    }

    [Fact]
    public async Task The_wait_that_the_edge_asks_for_is_kept()
    {
        Org.Faults.Once(Fault.Refuse(429, TimeSpan.FromSeconds(7)), path: GraphPath);

        (await DeliverAsync(Parcel(Org.AddCase()))).ShouldBeOfType<Outcome.Deferred>().NotBefore.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Too_many_long_calls_is_not_a_spent_quota()
    {
        Org.Faults.Once(Fault.Named("concurrent-limit"), path: GraphPath);

        var deferred = (await DeliverAsync(Parcel(Org.AddCase()))).ShouldBeOfType<Outcome.Deferred>();

        (deferred.Fault.Reason, deferred.SpendsAttempt, deferred.NotBefore is { } wait && wait > TimeSpan.Zero).ShouldBe((ReasonCodes.RateLimited, false, true));
    }

    [Fact]
    public async Task After_a_failed_call_the_rest_of_the_batch_is_not_sent()
    {
        Org.Faults.Once(Fault.Refuse(503), path: GraphPath);
        var parcels = Enumerable.Range(0, 100).Select(_ => Parcel(Org.AddCase())).ToList();

        var outcomes = await Connector.DeliverAsync(parcels, Cancel);

        outcomes.Count(o => o is Outcome.InDoubt).ShouldBe(67);
        outcomes.Count(o => o is Outcome.Deferred { SpendsAttempt: false }).ShouldBe(33);
        Org.Requests.Count("POST", "/composite/graph").ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_at_home_means_nothing_was_sent()
    {
        var parcel = Parcel(Org.AddCase());
        await Org.DisposeAsync();

        var deferred = (await Clock.PassUntilAsync(DeliverAsync(parcel))).ShouldBeOfType<Outcome.Deferred>();

        (deferred.Fault.Reason, deferred.SpendsAttempt).ShouldBe((ReasonCodes.CrmUnreachable, false));
    }

    [Fact]
    public async Task A_stop_before_anything_was_sent_spends_nothing()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        var outcomes = await Connector.DeliverAsync([Parcel(Org.AddCase())], stopped.Token);

        outcomes.ShouldHaveSingleItem().ShouldBeOfType<Outcome.Deferred>().SpendsAttempt.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stop_while_the_answer_is_awaited_leaves_doubt()
    {
        Org.Faults.Once(Fault.Slow(TimeSpan.FromHours(1)), path: GraphPath);
        using var stopping = new CancellationTokenSource();
        var pending = Connector.DeliverAsync([Parcel(Org.AddCase())], stopping.Token);
        while (Org.Faults.Rules.Count > 0)
        {
            await Task.Yield();
        }

        await stopping.CancelAsync();

        (await pending).ShouldHaveSingleItem().ShouldBeOfType<Outcome.InDoubt>();
    }
    private static string Bytes(Parcel parcel) => System.Text.Encoding.UTF8.GetString(parcel.Attachment.Content.Span);

    private static Core.Fault FaultOf(Outcome outcome) => outcome switch
    {
        Outcome.Deferred(var fault, _, _) => fault,
        Outcome.Halted(var fault, _) => fault,
        Outcome.Refused(var fault) => fault,
        Outcome.InDoubt(var fault) => fault,
        _ => throw new ArgumentException("No fault.", nameof(outcome)),
    };
}
