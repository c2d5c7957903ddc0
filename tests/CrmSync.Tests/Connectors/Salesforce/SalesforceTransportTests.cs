using System.Text;
using CrmSync.Connectors.Salesforce;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Salesforce;
using CrmSync.Tests.Connectors.Shared;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>What each transport that writes in one transaction must do, with the package.</summary>
public abstract class SalesforceTransportTests : SalesforceConnectorTest
{
    private const int Large = 150_000;

    protected abstract SalesforceTransport Transport { get; }

    protected override SalesforceOptions Settings()
    {
        var options = base.Settings();
        options.Transport = Transport;
        options.InlineFileBytesMax = 100_000;
        return options;
    }

    [Fact]
    public async Task A_session_leaves_a_note_a_file_and_a_row()
    {
        var parcel = Parcel(Org.AddCase());

        var receipt = await DeliveredAsync(parcel);

        var record = Org.Record(parcel.Ticket.RecordId);
        record.Notes.ShouldHaveSingleItem().Id.ShouldBe(receipt.NoteId);
        record.Files.ShouldHaveSingleItem().Path.ShouldBe(parcel.Attachment.FileName);
        Org.Count(SalesforceLedger.Type).ShouldBe(1);
        Org.Requests.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_delivery_again_is_known_and_changes_nothing()
    {
        var parcel = Parcel(Org.AddCase());
        await DeliveredAsync(parcel);

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.AlreadyDelivered>().Receipt.NoteId.ShouldNotBeNull();

        var record = Org.Record(parcel.Ticket.RecordId);
        (record.Notes.Count, record.Files.Count, Org.Count("ContentVersion")).ShouldBe((1, 1, 1));
    }

    [Theory]
    [InlineData(SalesforceTransport.Graph)]
    [InlineData(SalesforceTransport.Composite)]
    [InlineData(SalesforceTransport.Collections)]
    public async Task A_changed_session_edits_note_and_file_whichever_transport_wrote_them(SalesforceTransport earlier)
    {
        var options = Settings();
        options.Transport = earlier;
        var first = Parcel(Org.AddCase(), "Before");
        var receipt = (await Connect(options).DeliverAsync([first], Cancel))[0].ShouldBeOfType<Outcome.Delivered>().Receipt;

        await DeliveredAsync(Revise(first, receipt, 2, "After"));

        var record = Org.Record(first.Ticket.RecordId);
        record.Notes.ShouldHaveSingleItem().Text.ShouldBe("After");
        record.Files.ShouldHaveSingleItem().Versions.ShouldBe(2);
    }

    [Fact]
    public async Task Bad_records_do_not_touch_their_neighbours()
    {
        var gone = Org.AddCase();
        var locked = Org.AddCase();
        Org.Delete(gone);
        Org.SetLocked(locked, true);
        var parcels = new[] { Parcel(Org.AddCase()), Parcel(gone), Parcel(Org.AddCase()), Parcel(locked), Parcel(Org.Add("Contact"), type: "Contact") };

        var outcomes = await Clock.PassUntilAsync(Connector.DeliverAsync(parcels, Cancel));

        outcomes[1].ShouldBeOfType<Outcome.Refused>().Fault.Reason.ShouldBe(ReasonCodes.TicketDeleted);
        outcomes[3].ShouldBeOfType<Outcome.Deferred>().Fault.Reason.ShouldBe(ReasonCodes.RecordBusy);
        new[] { outcomes[0], outcomes[2], outcomes[4] }.ShouldAllBe(o => o is Outcome.Delivered);
        Org.Count(SalesforceLedger.Type).ShouldBe(3);
    }

    [Fact]
    public async Task A_merged_case_is_followed_to_its_master()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        Org.Merge(loser, winner);

        (await DeliveredAsync(Parcel(loser))).RecordId.ShouldBe(winner);

        Org.Record(winner).Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_changes_after_its_case_was_merged_edits_what_went_along_to_the_master()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        var first = Parcel(loser, "Before");
        var receipt = await DeliveredAsync(first);
        Org.Merge(loser, winner);

        (await DeliveredAsync(Revise(first, receipt, 2, "After"))).RecordId.ShouldBe(winner);

        var record = Org.Record(winner);
        record.Notes.ShouldHaveSingleItem().Text.ShouldBe("After");
        record.Files.ShouldHaveSingleItem().Versions.ShouldBe(2);
    }

    [Fact]
    public async Task When_nobody_tells_where_a_case_went_the_delivery_is_tried_again()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        Org.Merge(loser, winner);
        var parcel = Parcel(loser);
        Org.Faults.Add(new CrmSync.Simulators.Shared.FaultRule(Fault.Refuse(503), "GET", "*/queryAll", Times: 10));

        (await Clock.PassUntilAsync(DeliverAsync(parcel))).ShouldBeOfType<Outcome.Deferred>();

        Org.Faults.Clear();
        (await DeliveredAsync(Tried(parcel))).RecordId.ShouldBe(winner);
    }

    [Fact]
    public async Task A_large_file_costs_one_call_more_and_arrives_whole()
    {
        var parcel = Heavy(Parcel(Org.AddCase()), 'a');

        await DeliveredAsync(parcel);

        var file = Org.Record(parcel.Ticket.RecordId).Files.ShouldHaveSingleItem();
        (file.Path, file.Bytes.Length, Bytes(file)[0]).ShouldBe((parcel.Attachment.FileName, Large, 'a'));
        Org.Requests.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_large_file_whose_answer_was_lost_is_found_again_and_linked_once()
    {
        var parcel = Heavy(Parcel(Org.AddCase()), 'a');
        Org.Faults.Once(Fault.DropAfter, "POST", "*/sobjects/ContentVersion");

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.Deferred>();
        Org.Record(parcel.Ticket.RecordId).Files.ShouldBeEmpty();
        await DeliveredAsync(Tried(parcel));

        Org.Record(parcel.Ticket.RecordId).Files.Count.ShouldBe(1);
        Org.Count("ContentVersion").ShouldBe(1);
    }

    [Fact]
    public async Task A_large_file_that_changed_is_a_further_version_once_also_when_its_answer_was_lost()
    {
        var first = Heavy(Parcel(Org.AddCase()), 'a');
        var second = Heavy(Revise(first, await DeliveredAsync(first), 2, "After"), 'b');
        Org.Faults.Once(Fault.DropAfter, "POST", "*/sobjects/ContentVersion");

        (await DeliverAsync(second)).ShouldBeOfType<Outcome.InDoubt>();
        (await Connector.ProbeAsync([second], Cancel))[0].ShouldBeOfType<ProbeAnswer.Absent>();
        await DeliveredAsync(Tried(second));

        var record = Org.Record(first.Ticket.RecordId);
        var file = record.Files.ShouldHaveSingleItem();
        (file.Versions, Bytes(file)[0], record.Notes.ShouldHaveSingleItem().Text).ShouldBe((2, 'b', "After"));
    }

    [Fact]
    public async Task Without_the_package_nothing_is_written_and_the_connector_halts()
    {
        await using var bare = await SalesforceSimulator.StartAsync(new OrgOptions { Package = false }, new() { Clock = Clock }, Cancel);
        var options = Settings();
        options.Url = bare.Address;
        var parcels = Enumerable.Range(0, 3).Select(_ => Parcel(bare.AddCase())).ToList();

        var outcomes = await Connect(options).DeliverAsync(parcels, Cancel);

        outcomes.ShouldAllBe(o => o is Outcome.Halted);
        bare.Records.ShouldAllBe(r => r.Notes.Count == 0 && r.Files.Count == 0);
    }

    private static Parcel Heavy(Parcel parcel, char fill) =>
        parcel with { Attachment = parcel.Attachment with { Content = Encoding.ASCII.GetBytes(new string(fill, Large)) } };

    private Parcel Tried(Parcel parcel) =>
        parcel with { Shipment = parcel.Shipment with { Delivery = parcel.Delivery with { FirstSentAt = Clock.GetUtcNow() } } };
}

public sealed class GraphTransportTests : SalesforceTransportTests
{
    protected override SalesforceTransport Transport => SalesforceTransport.Graph;
}

public sealed class KeyedCompositeTransportTests : SalesforceTransportTests
{
    protected override SalesforceTransport Transport => SalesforceTransport.Composite;
}

public sealed class CollectionsTransportTests : SalesforceTransportTests
{
    protected override SalesforceTransport Transport => SalesforceTransport.Collections;

    [Fact]
    public async Task Two_hundred_sessions_are_one_call()
    {
        await Connector.DeliverAsync([.. Enumerable.Range(0, 200).Select(_ => Parcel(Org.AddCase()))], Cancel);

        Org.Requests.Calls.ShouldBe(1);
        Org.Count("CaseComment").ShouldBe(200);
    }

    [Fact]
    public async Task A_call_stays_within_its_bytes()
    {
        var options = Settings();
        options.CallBytesMax = 1_000_000;
        var parcels = Enumerable.Range(0, 30).Select(_ => Parcel(Org.AddCase())).Select(p => p with { Attachment = p.Attachment with { Content = new byte[90_000] } }).ToList();

        (await Connect(options).DeliverAsync(parcels, Cancel)).ShouldAllBe(o => o is Outcome.Delivered);

        Org.Requests.Calls.ShouldBe(5);
    }
}
