using CrmSync.Connectors.Salesforce;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;
using CrmSync.Tests.Connectors.Shared;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>Our own earlier request still runs when it is repeated.</summary>
public abstract class SalesforceRaceTest : SalesforceConnectorTest
{
    /// <summary>Longer than CrmSync waits for an answer, and over before the second try stops waiting for the row.</summary>
    protected static readonly TimeSpan Outlives = TimeSpan.FromSeconds(50);

    /// <summary>Delivers until the time for the answer is over; the transaction is still open then.</summary>
    protected async Task<Outcome> GiveUpAsync(IConnector connector, Parcel parcel)
    {
        var pending = connector.DeliverAsync([parcel], Cancel);
        while (!Org.IsLocked(parcel.Ticket.RecordId))
        {
            await Task.Delay(1, Cancel);
        }

        Clock.Advance(TimeSpan.FromSeconds(45));
        return (await pending).ShouldHaveSingleItem();
    }

    /// <summary>Delivers again, and lets the first transaction end while the second waits for it.</summary>
    protected async Task<Outcome> RepeatAsync(IConnector connector, Parcel parcel)
    {
        var pending = connector.DeliverAsync([parcel], Cancel);
        while (Org.Waiting == 0)
        {
            await Task.Delay(1, Cancel);
        }

        Clock.Advance(Outlives - TimeSpan.FromSeconds(45));
        return (await pending).ShouldHaveSingleItem();
    }
}

/// <summary>Somebody else at the same record, or we ourselves.</summary>
public sealed class SalesforceRaceTests : SalesforceRaceTest
{
    [Fact]
    public async Task A_record_that_stays_locked_is_tried_later_and_costs_its_neighbours_only_time()
    {
        var locked = Org.AddCase();
        Org.SetLocked(locked, true);
        var parcels = new[] { Parcel(Org.AddCase()), Parcel(locked), Parcel(Org.AddCase()) };

        var outcomes = await Clock.PassUntilAsync(Connector.DeliverAsync(parcels, Cancel));

        var busy = outcomes[1].ShouldBeOfType<Outcome.Deferred>();
        busy.Fault.Reason.ShouldBe(ReasonCodes.RecordBusy);
        busy.NotBefore.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
        new[] { outcomes[0], outcomes[2] }.ShouldAllBe(o => o is Outcome.Delivered);
        Org.SetLocked(locked, false);
        await DeliveredAsync(parcels[1]);
    }

    [Theory]
    [InlineData(SalesforceTransport.Graph)]
    [InlineData(SalesforceTransport.Composite)]
    [InlineData(SalesforceTransport.Collections)]
    public async Task A_request_that_outlives_its_answer_and_its_repeat_leave_one_note(SalesforceTransport transport)
    {
        var options = Settings();
        options.Transport = transport;
        var connector = Connect(options);
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Once(Fault.Named("long-transaction", Outlives), "POST", "*/composite*");

        (await GiveUpAsync(connector, parcel)).ShouldBeOfType<Outcome.InDoubt>();
        (await connector.ProbeAsync([parcel], Cancel)).ShouldHaveSingleItem().ShouldBeOfType<ProbeAnswer.Absent>("the first is not over yet");
        var second = await RepeatAsync(connector, parcel);

        var record = Org.Record(parcel.Ticket.RecordId);
        var (note, _) = (record.Notes.ShouldHaveSingleItem(), record.Files.ShouldHaveSingleItem());
        second.ShouldBeOfType<Outcome.AlreadyDelivered>().Receipt.NoteId.ShouldBe(note.Id);
    }

    [Fact]
    public async Task A_duplicate_without_a_name_is_looked_up_by_its_key()
    {
        var parcel = Parcel(Org.AddCase());
        var first = await DeliveredAsync(parcel);
        Org.SetDuplicatesHidden(true);

        var again = (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.AlreadyDelivered>();

        (again.Receipt.NoteId, again.Receipt.FileId).ShouldBe((first.NoteId, first.FileId));
        Org.Record(parcel.Ticket.RecordId).Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task When_others_fill_the_org_with_long_calls_it_waits_and_spends_nothing()
    {
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Add(new FaultRule(Fault.AnswerLate(TimeSpan.FromSeconds(30)), "POST", "*/composite/graph", Times: 25));
        var others = Enumerable.Range(0, 25).Select(_ => Connect(Settings()).DeliverAsync([Parcel(Org.AddCase())], Cancel)).ToList();
        while (Org.Requests.Held < others.Count)
        {
            await Task.Delay(1, Cancel);
        }

        Clock.Advance(TimeSpan.FromSeconds(21));

        var deferred = (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.Deferred>();

        (deferred.Fault.Reason, deferred.SpendsAttempt).ShouldBe((ReasonCodes.RateLimited, false));
        Clock.Advance(TimeSpan.FromSeconds(10));
        (await Task.WhenAll(others)).ShouldAllBe(o => o[0] is Outcome.Delivered);
        await DeliveredAsync(parcel);
    }
}

/// <summary>The control of the race: with no key, and no wait for the first request to end, there are two.</summary>
public sealed class SalesforceUnkeyedRaceTests : SalesforceRaceTest
{
    protected override OrgOptions OrgOptions => new() { Package = false };

    protected override SalesforceOptions Settings()
    {
        var options = base.Settings();
        (options.Package, options.Transport) = (false, SalesforceTransport.Composite);
        return options;
    }

    [Fact]
    public async Task A_request_that_outlives_the_look_for_it_and_its_repeat_leave_two_notes()
    {
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Once(Fault.Named("long-transaction", Outlives), "POST", "*/composite");

        (await GiveUpAsync(Connector, parcel)).ShouldBeOfType<Outcome.InDoubt>();
        (await Connector.ProbeAsync([parcel], Cancel)).ShouldHaveSingleItem().ShouldBeOfType<ProbeAnswer.Absent>();
        (await RepeatAsync(Connector, parcel)).ShouldBeOfType<Outcome.Delivered>();

        Org.Record(parcel.Ticket.RecordId).Notes.Count.ShouldBe(2);
    }
}
