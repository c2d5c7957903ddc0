using CrmSync.Connectors.Salesforce;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Salesforce;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceCaseFieldsTests : SalesforceConnectorTest
{
    protected override OrgOptions OrgOptions => new() { AssignmentRule = true };

    protected override SalesforceOptions Settings()
    {
        var options = base.Settings();
        options.CaseFields["CrmSync_Disposition__c"] = "";
        return options;
    }

    [Fact]
    public async Task A_field_is_filled_and_the_case_stays_with_its_owner()
    {
        var id = Org.AddCase();

        await DeliveredAsync(Parcel(id));

        Org.Record(id).Fields["CrmSync_Disposition__c"].ShouldBe("Billing > Refund");
        Org.Record(id).Fields["OwnerId"].ShouldBe(Org.UserId);
    }

    [Fact]
    public async Task Two_hundred_sessions_cost_four_calls()
    {
        await DeliveredAsync(Parcel(Org.AddCase()));
        var before = Org.Requests.Calls;

        await Connector.DeliverAsync([.. Enumerable.Range(0, 200).Select(_ => Parcel(Org.AddCase()))], Cancel);

        (Org.Requests.Calls - before).ShouldBe(4);
    }

    [Fact]
    public async Task A_validation_rule_never_costs_the_note()
    {
        var id = Org.AddCase();
        Org.Validate("Case.CrmSync_Disposition__c", "Closed cases keep their disposition.");

        await DeliveredAsync(Parcel(id));

        Org.Record(id).Notes.Count.ShouldBe(1);
        Org.Record(id).Fields.ContainsKey("CrmSync_Disposition__c").ShouldBeFalse();
    }

    [Fact]
    public async Task A_locked_case_is_tried_again_before_anything_is_written()
    {
        var id = Org.AddCase();
        Org.Faults.Once(Fault.Named("UNABLE_TO_LOCK_ROW"), "DML", "Case");

        (await DeliverAsync(Parcel(id))).ShouldBeOfType<Outcome.Deferred>();

        Org.Record(id).Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_value_that_the_list_does_not_have_costs_only_its_own_field()
    {
        var id = Org.AddCase();
        var options = Settings();
        options.CaseFields["Severity__c"] = "";
        var parcel = With(Parcel(id), "field-Severity__c", "Unheard of");

        (await Connect(options).DeliverAsync([parcel], Cancel))[0].ShouldBeOfType<Outcome.Delivered>();

        Org.Record(id).Fields["CrmSync_Disposition__c"].ShouldBe("Billing > Refund");
        Org.Record(id).Fields.ContainsKey("Severity__c").ShouldBeFalse();
    }

    [Fact]
    public async Task A_value_of_the_list_is_written_as_the_list_spells_it()
    {
        var id = Org.AddCase();
        var options = Settings();
        options.CaseFields["severity__c"] = "";

        await Connect(options).DeliverAsync([With(Parcel(id), "field-severity__c", "high")], Cancel);

        Org.Record(id).Fields["Severity__c"].ShouldBe("High");
    }

    [Fact]
    public async Task Fields_follow_a_merged_case_too()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        Org.Merge(loser, winner);

        await DeliveredAsync(Parcel(loser));

        Org.Record(winner).Fields["CrmSync_Disposition__c"].ShouldBe("Billing > Refund");
    }

    [Fact]
    public async Task Ten_thousand_sessions_cost_at_most_twenty_five_calls_a_thousand()
    {
        var parcels = Enumerable.Range(0, 10_000).Select(_ => Parcel(Org.AddCase())).ToList();

        await new Courier(Connector, Clock).DeliverAsync(parcels, Cancel);

        TestContext.Current.TestOutputHelper!.WriteLine($"10,000 sessions with a Case field: {Org.Requests.Calls} calls");
        Org.Requests.Calls.ShouldBeLessThanOrEqualTo(250);
        Org.Record(parcels[0].Ticket.RecordId).Fields["CrmSync_Disposition__c"].ShouldBe("Billing > Refund");
    }

    private static Parcel With(Parcel parcel, string part, string text) => parcel with
    {
        Note = parcel.Note with { Parts = new Dictionary<string, string>(parcel.Note.Parts, StringComparer.Ordinal) { [part] = text } },
    };
}
