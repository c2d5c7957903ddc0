using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;
using CrmSync.Core.Reading;
using CrmSync.Core.Sessions;

namespace CrmSync.Tests.Ledger;

/// <content>What the console asks.</content>
public abstract partial class LedgerContract
{
    private IConsoleReading Console => (IConsoleReading)Ledger;

    [Fact]
    public async Task Sessions_are_listed_latest_end_first_in_pages_that_stay_put_while_new_ones_come_in()
    {
        await AddSessionsAsync(1, 2, 3, 4, 5);

        var first = await Console.FindSessionsAsync(new SessionQuery { Take = 2 }, Cancel);
        await AddSessionsAsync(6);
        var second = await Console.FindSessionsAsync(new SessionQuery { Take = 2, After = first.Next }, Cancel);
        var third = await Console.FindSessionsAsync(new SessionQuery { Take = 2, After = second.Next }, Cancel);

        Ids(first).ShouldBe([5, 4]);
        Ids(second).ShouldBe([3, 2]);
        Ids(third).ShouldBe([1]);
        third.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Sessions_that_ended_at_the_same_moment_are_neither_left_out_nor_shown_twice()
    {
        foreach (var id in new long[] { 1, 2, 3 })
        {
            await AddAsync(id);
        }

        var first = await Console.FindSessionsAsync(new SessionQuery { Take = 2 }, Cancel);
        var second = await Console.FindSessionsAsync(new SessionQuery { Take = 2, After = SessionCursor.TryParse(first.Next!.ToString()) }, Cancel);

        Ids(first).Concat(Ids(second)).ShouldBe([3, 2, 1]);
    }

    [Fact]
    public async Task A_listed_session_shows_its_current_facts_and_the_deliveries_of_every_revision()
    {
        await AddAsync(135);
        await RecordAsync(Recorded.Session(135, follows: 1, deliveries: [Planned(135)]));

        var session = (await Console.FindSessionsAsync(new SessionQuery(), Cancel)).Sessions.ShouldHaveSingleItem();

        session.Session.ShouldBe(Recorded.Key(135));
        session.Revision.ShouldBe(2);
        session.Facts.ShouldBe(Recorded.Facts());
        session.HappenedAt.ShouldBe(Recorded.Facts().EndedAt!.Value);
        session.Deliveries.Select(d => (d.Revision, d.State)).ShouldBe([(1, DeliveryState.Superseded), (2, DeliveryState.Ready)]);
    }

    [Theory]
    [InlineData("135")]
    [InlineData("call-135")]
    [InlineData("35436")]
    [InlineData(" #35436 ")]
    [InlineData("0142")]
    [InlineData("***0142")]
    [InlineData("+1 (206) 555-0142")]
    [InlineData("206 555 0142")]
    [InlineData("Maya")]
    [InlineData("torres maya")]
    [InlineData("núñez")]
    [InlineData("nunez")]
    [InlineData("maya.torres@aldergrove.example")]
    [InlineData("Returns")]
    [InlineData("support/ord")]
    public async Task A_session_is_found_by_number_ticket_phone_agent_or_queue(string text)
    {
        await RecordAsync(Some(135, ticket: "35436", queue: "Support/Orders/Returns", "+12065550142", "Maya Torres-Núñez", "maya.torres@aldergrove.example"));
        await RecordAsync(Some(136, ticket: "99", queue: "Sales", "+12065550199", "Ben Okoro", "ben@aldergrove.example"));

        Ids(await Console.FindSessionsAsync(new SessionQuery { Text = text }, Cancel)).ShouldBe([135]);
    }

    [Theory]
    [InlineData("Maya Okoro")]
    [InlineData("555 0143")]
    [InlineData("42")]
    [InlineData("may")]
    [InlineData("' or 1=1 --")]
    [InlineData("%")]
    public async Task A_text_that_fits_only_in_part_finds_nothing(string text)
    {
        await RecordAsync(Some(135, "35436", "Support/Orders/Returns", "+12065550142", "Maya Torres", "maya.torres@aldergrove.example"));
        await RecordAsync(Some(136, "99", "Sales", "+12065550199", "Ben Okoro", "ben@aldergrove.example"));

        (await Console.FindSessionsAsync(new SessionQuery { Text = text }, Cancel)).Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_filter_narrows_the_list()
    {
        await AddSessionsAsync(1, 2, 3);
        await RecordAsync(Some(4, "7", "Sales", "+12065550142", "Maya Torres", "maya@aldergrove.example", status: "failed"));
        await Ledger.ParkAsync(new DeliveryFilter(Session: Recorded.Key(2)), "ana", Cancel);

        async Task<long[]> FindAsync(SessionQuery query) => Ids(await Console.FindSessionsAsync(query, Cancel));
        var ends = Recorded.Facts().EndedAt!.Value;
        (await FindAsync(new SessionQuery { Queue = "Sales" })).ShouldBe([4]);
        (await FindAsync(new SessionQuery { Status = "failed" })).ShouldBe([4]);
        (await FindAsync(new SessionQuery { Kind = SessionKind.Chat })).ShouldBeEmpty();
        (await FindAsync(new SessionQuery { States = [DeliveryState.Parked, DeliveryState.Failed] })).ShouldBe([2]);
        (await FindAsync(new SessionQuery { Reason = "PARKED_BY_PERSON" })).ShouldBe([2]);
        (await FindAsync(new SessionQuery { Connector = "salesforce" })).ShouldBeEmpty();
        (await FindAsync(new SessionQuery { States = [DeliveryState.Ready], Connector = Crm, Text = "call-2" })).ShouldBeEmpty();
        (await FindAsync(new SessionQuery { From = ends.AddMinutes(2), To = ends.AddMinutes(3) })).ShouldBe([2]);
        (await FindAsync(new SessionQuery { From = ends.AddMinutes(1), Text = "support" })).ShouldBe([3, 2, 1]);
    }

    [Fact]
    public async Task The_queues_there_were_are_known_by_name()
    {
        await AddSessionsAsync(1, 2);
        await RecordAsync(Some(3, "7", "Sales", "+12065550142", "Maya Torres", "maya@aldergrove.example"));

        (await Console.QueuesAsync(Cancel)).ShouldBe(["Sales", "Support/Orders"]);
    }

    [Fact]
    public async Task Nothing_personal_can_be_found_by_once_the_file_is_forgotten()
    {
        await RecordAsync(Some(135, "35436", "Sales", "+12065550142", "Maya Torres", "maya@aldergrove.example"));
        await DeliverAsync(await ClaimOneAsync());
        Clock.Advance(TimeSpan.FromDays(31));

        await Ledger.PurgeAsync(new Retention(TimeSpan.FromDays(30), TimeSpan.FromDays(400)), Cancel);

        (await Console.FindSessionsAsync(new SessionQuery { Text = "Maya" }, Cancel)).Sessions.ShouldBeEmpty();
        Ids(await Console.FindSessionsAsync(new SessionQuery { Text = "35436" }, Cancel)).ShouldBe([135]);
    }

    [Fact]
    public async Task The_overview_counts_what_happened_step_by_step()
    {
        var window = new OverviewWindow(Clock.GetUtcNow(), TimeSpan.FromHours(1), 3);
        await AddSessionsAsync(1, 2);
        await DeliverAsync((await ClaimAsync(1)).ShouldHaveSingleItem());
        Clock.Advance(TimeSpan.FromHours(1));
        await AddSessionsAsync(3);
        await Ledger.ParkAsync(new DeliveryFilter(Session: Recorded.Key(2)), "ana", Cancel);

        var overview = await Console.OverviewAsync(window, Cancel);

        overview.Steps.ShouldBe(
        [
            new OverviewStep(window.From, PickedUp: 2, Delivered: 1, Waiting: 0, NeedsPerson: 0),
            new OverviewStep(window.From.AddHours(1), PickedUp: 1, Delivered: 0, Waiting: 1, NeedsPerson: 1),
            new OverviewStep(window.From.AddHours(2), 0, 0, 0, 0),
        ]);
        overview.NeedsPerson.ShouldBe([new ReasonCount(Crm, ReasonCodes.ParkedByPerson, 1)]);
    }

    [Fact]
    public async Task The_overview_tells_how_each_connector_does()
    {
        await AddSessionsAsync(1, 2);
        await DeliverAsync((await ClaimAsync(1)).ShouldHaveSingleItem());
        var since = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(90));
        await SettleAsync(await ClaimOneAsync(), Again(TimeSpan.FromHours(1)), AttemptPhase.Resolve);
        await Ledger.PauseAsync(Crm, Trouble, null, Cancel);

        var activity = (await Console.OverviewAsync(new OverviewWindow(since, TimeSpan.FromHours(1), 1), Cancel)).Connectors.ShouldHaveSingleItem();

        activity.ShouldBe(new ConnectorActivity(
            Crm, Waiting: 1, Due: 1, OldestDueAt: since, InDoubt: 0, Troubled: 1, NeedsPerson: 0, DeliveredLastHour: 0, DeliveredLastDay: 1, activity.Pause));
        activity.Pause!.Fault.ShouldBe(Trouble);
    }

    [Fact]
    public async Task The_kept_files_of_revisions_are_read_in_the_order_asked_for()
    {
        await RecordAsync(Recorded.Session(135, content: "one"));
        await RecordAsync(Recorded.Session(135, follows: 1, content: "two"));

        var files = await Console.ReadFilesAsync(
            [new SessionRevision(Recorded.Key(135), 2), new SessionRevision(Recorded.Key(999), 1), new SessionRevision(Recorded.Key(135), 1)], Cancel);

        files.Select(file => file is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes.Span) : null).ShouldBe(["two", null, "one"]);
    }

    private static long[] Ids(SessionPage page) => [.. page.Sessions.Select(session => session.Session.Id)];

    // Each ended a minute after the one before.
    private async Task AddSessionsAsync(params long[] ids)
    {
        foreach (var id in ids)
        {
            var record = Recorded.Session(id, deliveries: [Planned(id)]);
            var facts = Recorded.Facts();
            await RecordAsync(record with
            {
                Revision = record.Revision! with { Facts = facts with { EndedAt = facts.EndedAt!.Value.AddMinutes(id), OutTicket = null, Queue = "Support/Orders" } },
            });
        }
    }

    private IntakeRecord Some(long id, string ticket, string queue, string phone, string agent, string email, string status = "finished")
    {
        var record = Recorded.Session(id, deliveries: [Planned(id)]);
        var terms = SearchTerms.Of(Sessions.SessionText.Session(
            $$"""
            {
              "id": {{id}}, "call_type": "Voice Inbound (IVR)", "end_user": { "id": 1, "identifier": "{{phone}}" },
              "agent_info": { "id": 31, "name": "{{agent}}", "email": "{{email}}" }
            }
            """));
        return record with
        {
            Revision = record.Revision! with
            {
                Facts = Recorded.Facts(ticket) with { Queue = queue, Status = status, EndedAt = Recorded.FileTime.AddMinutes(id) },
                Terms = terms,
            },
        };
    }
}
