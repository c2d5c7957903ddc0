using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;

namespace CrmSync.Tests.Ledger;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task The_summary_counts_what_there_is()
    {
        await AddAsync(135);
        await AddAsync(136, connector: "salesforce");
        await RecordAsync(Recorded.Session(137) is var open
            ? open with { Revision = open.Revision! with { Facts = Recorded.Facts(isFinal: false) } }
            : throw new InvalidOperationException());
        await DeliverAsync(await ClaimOneAsync());
        var note = new SourceNote(Clock.GetUtcNow(), null, 12, 3, 1);
        await Ledger.NoteSourceAsync(Recorded.Source, note, Cancel);
        await Ledger.NoteSourceAsync(Recorded.Source, note with { At = Clock.GetUtcNow().AddMinutes(1), Error = "The folder is gone." }, Cancel);

        var summary = await Ledger.SummarizeAsync(Cancel);

        summary.Sessions.ShouldBe(3);
        summary.SessionsNotFinal.ShouldBe(1);
        summary.FilesQuarantined.ShouldBe(0);
        summary.Counts.ShouldBe([new StateCount("salesforce", DeliveryState.Ready, 1), new StateCount(Crm, DeliveryState.Delivered, 1)]);
        summary.Pauses.ShouldBeEmpty();
        var source = summary.Sources.ShouldHaveSingleItem();
        source.LastRound.Error.ShouldBe("The folder is gone.");
        source.LastOkAt.ShouldBe(Clock.GetUtcNow());
        summary.OldestDue.ShouldBe(Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_session_nobody_recorded_has_no_history() =>
        (await Ledger.HistoryAsync(Recorded.Key(999), Cancel)).ShouldBeNull();

    [Fact]
    public async Task A_history_tells_the_file_and_the_facts_of_every_revision()
    {
        await AddAsync(135);
        await RecordAsync(Recorded.Session(135, follows: 1));

        var history = await HistoryAsync();

        history.Revisions.Select(r => r.Revision).ShouldBe([1, 2]);
        history.Revisions[0].Locator.ShouldBe(Recorded.File(135).Locator);
        history.Revisions[0].Facts.ShouldBe(Recorded.Facts());
    }

    [Theory]
    [InlineData("call-135")]
    [InlineData("135")]
    [InlineData(" aldergrove/call-135 ")]
    [InlineData("35436")]
    public async Task A_session_is_found_by_its_number_its_key_or_its_ticket(string text)
    {
        await AddAsync(135);

        (await Ledger.SearchAsync(text, 10, Cancel)).ShouldBe([Recorded.Key(135)]);
    }

    [Fact]
    public async Task A_session_is_found_by_the_record_it_was_delivered_to()
    {
        await AddAsync(135);
        await BeginAsync(await ClaimOneAsync(), new TicketRef("Case", "500Hp00001XAbCdIAL"));

        (await Ledger.SearchAsync("500Hp00001XAbCdIAL", 10, Cancel)).ShouldBe([Recorded.Key(135)]);
        (await Ledger.SearchAsync("chat-135", 10, Cancel)).ShouldBeEmpty();
        (await Ledger.SearchAsync("' or 1=1 --", 10, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deliveries_are_listed_newest_first_in_pages()
    {
        for (var id = 1; id <= 5; id++)
        {
            await AddAsync(id);
        }

        var first = await Ledger.ListAsync(new DeliveryFilter(Crm), 0, 2, Cancel);
        var second = await Ledger.ListAsync(new DeliveryFilter(Crm), 2, 2, Cancel);

        first.Select(d => d.Session.Id).ShouldBe([5, 4]);
        second.Select(d => d.Session.Id).ShouldBe([3, 2]);
        (await Ledger.ListAsync(new DeliveryFilter(State: DeliveryState.Parked), 0, 2, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_go_first_then_rows_and_nothing_that_waits()
    {
        await AddAsync(135);
        await AddAsync(136);
        var claimed = await ClaimAsync();
        await DeliverAsync(claimed.Single(d => d.Session.Id == 135));
        await SettleAsync(claimed.Single(d => d.Session.Id == 136), new Verdict.Park(Trouble), AttemptPhase.Resolve);
        var retention = new Retention(Payloads: TimeSpan.FromDays(30), Rows: TimeSpan.FromDays(400));

        Clock.Advance(TimeSpan.FromDays(29));
        (await Ledger.PurgeAsync(retention, Cancel)).ShouldBe(0);

        Clock.Advance(TimeSpan.FromDays(2));
        (await Ledger.PurgeAsync(retention, Cancel)).ShouldBe(1);
        (await Ledger.ReadAsync(claimed, Cancel)).Select(file => file is not null).ShouldBe(claimed.Select(d => d.Session.Id == 136));

        Clock.Advance(TimeSpan.FromDays(400));
        (await Ledger.PurgeAsync(retention, Cancel)).ShouldBe(1);
        (await Ledger.HistoryAsync(Recorded.Key(135), Cancel)).ShouldBeNull();
        (await StateAsync(136)).ShouldBe(DeliveryState.Parked);
        (await Ledger.KnowsAsync(Recorded.Source, [Recorded.File(135)], Cancel)).ShouldBe([true]);
    }

    [Fact]
    public async Task An_open_ledger_is_healthy_and_knows_its_room()
    {
        var health = await Ledger.HealthAsync(Cancel);

        health.Writable.ShouldBeTrue();
        health.BytesFree.ShouldNotBe(0);
    }
}
