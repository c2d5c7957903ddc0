using CrmSync.Connectors.Salesforce;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Salesforce;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

/// <summary>Without the package: markers instead of a unique key.</summary>
public abstract class SalesforceZeroFootprintTests : SalesforceConnectorTest
{
    protected abstract SalesforceTransport Transport { get; }

    protected abstract string WritePath { get; }

    protected override OrgOptions OrgOptions => new() { Package = false };

    protected override SalesforceOptions Settings()
    {
        var options = base.Settings();
        options.Transport = Transport;
        options.Package = false;
        return options;
    }

    [Fact]
    public async Task Note_and_file_arrive_and_the_note_ends_with_its_marker()
    {
        var parcel = Parcel(Org.AddCase());

        var receipt = await DeliveredAsync(parcel);

        var record = Org.Record(parcel.Ticket.RecordId);
        record.Notes.ShouldHaveSingleItem().Text.ShouldBe($"Called about a lamp.\nCrmSync ref {parcel.Delivery.Key.Marker}");
        record.Files.ShouldHaveSingleItem().Path.ShouldBe(parcel.Attachment.FileName);
        receipt.NoteId.ShouldBe(record.Notes[0].Id);
    }

    [Fact]
    public async Task A_lost_answer_is_found_by_the_marker()
    {
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Add(new CrmSync.Simulators.Shared.FaultRule(Fault.DropAfter, "POST", WritePath, Skip: WritesBefore, Times: 1));

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.InDoubt>();

        var found = (await Connector.ProbeAsync([parcel], Cancel))[0].ShouldBeOfType<ProbeAnswer.Found>();
        var record = Org.Record(parcel.Ticket.RecordId);
        (found.Receipt.NoteId, found.Receipt.FileId).ShouldBe((record.Notes.ShouldHaveSingleItem().Id, record.Files.ShouldHaveSingleItem().Id));
    }

    [Fact]
    public async Task What_never_arrived_is_absent_and_is_sent_again()
    {
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Once(Fault.DropBefore, "POST", WritePath);

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.InDoubt>();
        (await Connector.ProbeAsync([parcel], Cancel))[0].ShouldBeOfType<ProbeAnswer.Absent>();
        await DeliveredAsync(parcel);

        Org.Record(parcel.Ticket.RecordId).Files.Count.ShouldBe(1);
        Org.Record(parcel.Ticket.RecordId).Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_session_edits_its_note_and_adds_a_version_to_its_file()
    {
        var first = Parcel(Org.AddCase(), "Before");
        var receipt = await DeliveredAsync(first);

        var second = await DeliveredAsync(Revise(first, receipt, 2, "After"));
        await DeliveredAsync(Revise(first, second, 3, "Long after"));

        var record = Org.Record(first.Ticket.RecordId);
        record.Notes.ShouldHaveSingleItem().Text.ShouldStartWith("Long after");
        record.Files.ShouldHaveSingleItem().Versions.ShouldBe(3);
    }

    [Fact]
    public async Task When_the_note_of_before_was_deleted_a_new_one_is_written()
    {
        var first = Parcel(Org.AddCase(), "Before");
        var receipt = await DeliveredAsync(first);
        Org.Delete(receipt.NoteId!);

        await DeliveredAsync(Revise(first, receipt, 2, "After"));

        Org.Record(first.Ticket.RecordId).Notes.ShouldHaveSingleItem().Text.ShouldStartWith("After");
    }

    [Fact]
    public async Task A_merged_case_is_followed_to_its_master()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        var parcel = Parcel(loser);
        Org.Merge(loser, winner);

        (await DeliveredAsync(parcel)).RecordId.ShouldBe(winner);

        Org.Record(winner).Notes.Count.ShouldBe(1);
        Org.Record(winner).Files.ShouldHaveSingleItem().Path.ShouldBe(parcel.Attachment.FileName);
    }

    [Fact]
    public async Task A_lost_answer_from_the_master_is_found_there()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        var parcel = Parcel(loser);
        Org.Merge(loser, winner);
        Org.Faults.Add(new CrmSync.Simulators.Shared.FaultRule(Fault.DropAfter, "POST", WritePath, Skip: 1 + WritesBefore, Times: 1));

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.InDoubt>();

        var found = (await Connector.ProbeAsync([parcel], Cancel))[0].ShouldBeOfType<ProbeAnswer.Found>();
        (found.Receipt.RecordId, found.Receipt.NoteId).ShouldBe((winner, Org.Record(winner).Notes.ShouldHaveSingleItem().Id));
    }

    [Fact]
    public async Task What_a_lost_answer_left_is_found_on_the_master_when_the_case_was_merged_meanwhile()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        var parcel = Parcel(loser);
        Org.Faults.Add(new CrmSync.Simulators.Shared.FaultRule(Fault.DropAfter, "POST", WritePath, Skip: WritesBefore, Times: 1));
        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.InDoubt>();

        Org.Merge(loser, winner);

        (await Connector.ProbeAsync([parcel], Cancel))[0].ShouldBeOfType<ProbeAnswer.Found>().Receipt.RecordId.ShouldBe(winner);
    }

    [Fact]
    public async Task A_deleted_case_that_was_not_merged_is_for_a_person()
    {
        var parcel = Parcel(Org.AddCase());
        Org.Delete(parcel.Ticket.RecordId);

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.Refused>().Fault.Reason.ShouldBe(Core.ReasonCodes.TicketDeleted);
    }

    [Fact]
    public async Task A_session_that_changes_after_its_case_was_merged_edits_what_went_along_to_the_master()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        var first = Parcel(loser, "Before");
        var receipt = await DeliveredAsync(first);
        Org.Merge(loser, winner);

        await DeliveredAsync(Revise(first, receipt, 2, "After"));

        Org.Record(winner).Notes.ShouldHaveSingleItem().Text.ShouldStartWith("After");
        Org.Record(winner).Files.ShouldHaveSingleItem().Versions.ShouldBe(2);
    }

    [Fact]
    public async Task A_probe_does_not_take_another_sessions_note_for_its_own()
    {
        var id = Org.AddCase();
        await DeliveredAsync(Parcel(id));

        (await Connector.ProbeAsync([Parcel(id)], Cancel))[0].ShouldBeOfType<ProbeAnswer.Absent>();
    }

    protected virtual int WritesBefore => 0;
}

public sealed class CompositeTransportTests : SalesforceZeroFootprintTests
{
    protected override SalesforceTransport Transport => SalesforceTransport.Composite;

    protected override string WritePath => "*/composite";

    [Fact]
    public async Task A_session_costs_one_call()
    {
        await DeliveredAsync(Parcel(Org.AddCase()));

        Org.Requests.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_note_takes_the_file_along()
    {
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Once(Fault.Named("UNABLE_TO_LOCK_ROW"), "DML", "CaseComment");

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.Deferred>();

        Org.Record(parcel.Ticket.RecordId).Files.ShouldBeEmpty();
    }
}

public sealed class SinglesTransportTests : SalesforceZeroFootprintTests
{
    protected override SalesforceTransport Transport => SalesforceTransport.Singles;

    protected override string WritePath => "*/sobjects/*";

    protected override int WritesBefore => 1;

    [Fact]
    public async Task When_the_case_is_merged_between_file_and_note_the_file_goes_along_and_only_the_note_is_written()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        var parcel = Parcel(loser);
        Org.Faults.Once(Fault.Named("UNABLE_TO_LOCK_ROW"), "DML", "CaseComment");
        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.InDoubt>();

        Org.Merge(loser, winner);
        var second = parcel.Delivery with { FirstSentAt = Clock.GetUtcNow() };
        var receipt = await DeliveredAsync(parcel with { Shipment = parcel.Shipment with { Delivery = second } });

        receipt.RecordId.ShouldBe(winner);
        Org.Record(winner).Files.Count.ShouldBe(1);
        Org.Record(winner).Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task When_only_the_file_arrived_only_the_note_is_written_later()
    {
        var parcel = Parcel(Org.AddCase());
        Org.Faults.Once(Fault.Named("UNABLE_TO_LOCK_ROW"), "DML", "CaseComment");

        (await DeliverAsync(parcel)).ShouldBeOfType<Outcome.InDoubt>();
        (await Connector.ProbeAsync([parcel], Cancel))[0].ShouldBeOfType<ProbeAnswer.Absent>();
        var second = parcel.Delivery with { FirstSentAt = Clock.GetUtcNow() };
        await DeliveredAsync(parcel with { Shipment = parcel.Shipment with { Delivery = second } });

        Org.Record(parcel.Ticket.RecordId).Files.Count.ShouldBe(1);
        Org.Record(parcel.Ticket.RecordId).Notes.Count.ShouldBe(1);
    }
}
