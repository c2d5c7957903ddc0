using System.Text;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;

namespace CrmSync.Tests.Ledger;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task A_recorded_file_is_known_by_name_size_and_time()
    {
        await AddAsync(135);
        var file = Recorded.File(135);

        var known = await Ledger.KnowsAsync(
            Recorded.Source,
            [file, file with { SizeBytes = 1 }, Recorded.File(136), file with { ModifiedAt = file.ModifiedAt.AddSeconds(1) }, file],
            Cancel);

        known.ShouldBe([true, false, false, false, true]);
        (await Ledger.KnowsAsync("another source", [file], Cancel)).ShouldBe([false]);
    }

    [Fact]
    public async Task A_file_name_with_quotes_line_breaks_and_emoji_is_known_again()
    {
        var file = new FileStamp("a'\"\\\n\t/Ünï🎧 {{x}}.json", 10, Recorded.FileTime);

        await RecordAsync(new IntakeRecord(Recorded.Source, file, IntakeDecisionKind.Duplicate, null, null));

        (await Ledger.KnowsAsync(Recorded.Source, [file], Cancel)).ShouldBe([true]);
    }

    [Fact]
    public async Task A_recorded_session_is_found_with_what_the_next_revision_is_compared_with()
    {
        var record = Recorded.Session(135);
        await RecordAsync(record);

        var found = await Ledger.FindAsync([Recorded.Key(135), Recorded.Key(999)], Cancel);

        var known = found.ShouldHaveSingleItem().Value;
        known.Key.ShouldBe(Recorded.Key(135));
        known.Revision.ShouldBe(1);
        known.UpdatedAt.ShouldBe(record.Revision!.Facts.UpdatedAt);
        known.ContentSha256.ShouldBe(record.Revision.ContentSha256);
        known.SemanticSha256.ShouldBe(record.Revision.SemanticSha256);
        known.RelevantSha256.ShouldBe(record.Revision.RelevantSha256);
        known.IsFinal.ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_is_unsent_as_long_as_nothing_of_its_newest_deliveries_left()
    {
        await RecordAsync(Recorded.Session(136));
        await AddAsync();

        (await HasUnsentAsync(136)).ShouldBeFalse("nothing was planned");
        (await HasUnsentAsync(135)).ShouldBeTrue();

        await DeliverAsync(await ClaimOneAsync());
        (await HasUnsentAsync(135)).ShouldBeFalse();

        async Task<bool> HasUnsentAsync(long id) => (await Ledger.FindAsync([Recorded.Key(id)], Cancel)).ShouldHaveSingleItem().Value.HasUnsent;
    }

    [Fact]
    public async Task Call_135_is_not_chat_135()
    {
        await AddAsync(135);

        var chat = Recorded.Key(135) with { Kind = CrmSync.Core.Sessions.SessionKind.Chat };

        (await Ledger.FindAsync([chat], Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_comes_back_byte_for_byte()
    {
        const string Content = "{\"comments\":\"Ana called \\u0000 — ¿mañana? 🎧\"}\r\n";
        await RecordAsync(Recorded.Session(135, content: Content, deliveries: [Planned()]));
        await RecordAsync(Recorded.Session(136, content: "", deliveries: [Planned(136)]));

        var files = await Ledger.ReadAsync([.. (await ClaimAsync()).OrderBy(d => d.Session.Id)], Cancel);

        Encoding.UTF8.GetString(files[0]!.Value.Span).ShouldBe(Content);
        files[1]!.Value.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_revision_decided_against_another_one_is_a_conflict_and_leaves_no_trace()
    {
        await AddAsync(135);
        var late = Recorded.Session(135, follows: 0, deliveries: [Planned()]) with { File = Recorded.File(999) };

        var receipts = await Ledger.RecordAsync([late, Recorded.Session(136), Recorded.Session(137, follows: 4)], Cancel);

        receipts.ShouldBe([new IntakeReceipt(true, 1), new IntakeReceipt(false, 1), new IntakeReceipt(true, 0)]);
        (await Ledger.KnowsAsync(Recorded.Source, [Recorded.File(999)], Cancel)).ShouldBe([false]);
        (await HistoryAsync(135)).Revisions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_newer_revision_supersedes_what_was_not_sent()
    {
        await AddAsync(135);

        var receipt = await RecordAsync(Recorded.Session(135, follows: 1, deliveries: [Planned()]));

        receipt.ShouldBe(new IntakeReceipt(false, 2));
        (await DeliveryAsync(135, revision: 1)).Fault!.Reason.ShouldBe(ReasonCodes.NewerRevision);
        (await StateAsync(135, revision: 1)).ShouldBe(DeliveryState.Superseded);
        (await ClaimOneAsync()).Revision.ShouldBe(2);
    }

    [Fact]
    public async Task A_parked_delivery_that_never_left_is_superseded_too()
    {
        await AddAsync(135);
        await SettleAsync(await ClaimOneAsync(), new Verdict.Park(Trouble), AttemptPhase.Resolve);

        await RecordAsync(Recorded.Session(135, follows: 1, deliveries: [Planned()]));

        (await StateAsync(135, revision: 1)).ShouldBe(DeliveryState.Superseded);
    }

    [Fact]
    public async Task A_revision_that_leads_to_no_delivery_takes_none_away()
    {
        await AddAsync(135);

        await RecordAsync(Recorded.Session(135, follows: 1));

        (await ClaimOneAsync()).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task A_newer_revision_waits_behind_one_that_is_under_way_even_without_a_lane()
    {
        await AddAsync(135, order: 700);
        var first = await ClaimOneAsync();
        await BeginAsync(first);

        await RecordAsync(Recorded.Session(135, follows: 1, deliveries: [Planned(135, order: 500)]));

        (await ClaimAsync()).ShouldBeEmpty();
        await SettleAsync(first, new Verdict.Done(Receipt));
        var second = await ClaimOneAsync();
        second.Revision.ShouldBe(2);
        second.Replaces.ShouldBe(Receipt);
    }

    [Fact]
    public async Task A_newer_revision_waits_until_it_is_known_whether_the_earlier_one_arrived()
    {
        await AddAsync(135);
        var first = await ClaimOneAsync();
        await BeginAsync(first);
        await SettleAsync(first, Again(TimeSpan.FromMinutes(1), inDoubt: true));

        await RecordAsync(Recorded.Session(135, follows: 1, deliveries: [Planned(135)]));

        (await ClaimAsync()).ShouldBeEmpty();
        Clock.Advance(TimeSpan.FromMinutes(1));
        (await ClaimOneAsync()).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task A_planned_skip_is_kept_with_its_reason_and_never_claimed()
    {
        var skipped = Planned() with { State = DeliveryState.Skipped, Fault = new Fault(ReasonCodes.NoTicketExpected, "Abandoned in the queue.") };

        await RecordAsync(Recorded.Session(135, deliveries: [skipped]));

        (await ClaimAsync()).ShouldBeEmpty();
        (await DeliveryAsync()).Fault.ShouldBe(skipped.Fault);
    }

    [Fact]
    public async Task A_quarantined_file_is_listed_with_its_reason_until_a_good_one_takes_its_place()
    {
        var fault = new Fault(ReasonCodes.SourceUnreadable, "Ends in the middle of a string.");
        await RecordAsync(new IntakeRecord(Recorded.Source, Recorded.File(135), IntakeDecisionKind.Quarantined, fault, null));

        var listed = (await Ledger.ListQuarantinedAsync(0, 10, Cancel)).ShouldHaveSingleItem();
        listed.ShouldBe(new QuarantinedFile(Recorded.Source, Recorded.File(135), fault, Clock.GetUtcNow()));
        (await Ledger.SummarizeAsync(Cancel)).FilesQuarantined.ShouldBe(1);

        await AddAsync(135);
        (await Ledger.ListQuarantinedAsync(0, 10, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_hundred_records_are_one_transaction()
    {
        var records = Enumerable.Range(1, 199).Select(id => Recorded.Session(id, deliveries: [Planned(id)])).ToList();
        records.Add(Recorded.Session(200, deliveries: [Planned(200) with { State = DeliveryState.Delivered }]));

        await Should.ThrowAsync<ArgumentException>(() => Ledger.RecordAsync(records, Cancel));

        (await Ledger.SummarizeAsync(Cancel)).Sessions.ShouldBe(0);
    }
}
