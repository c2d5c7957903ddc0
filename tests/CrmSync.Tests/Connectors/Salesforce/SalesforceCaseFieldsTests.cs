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
        options.CaseFields.Add("CrmSync_Disposition__c");
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
    public async Task Two_hundred_sessions_cost_five_calls()
    {
        await DeliveredAsync(Parcel(Org.AddCase()));
        var before = Org.Requests.Calls;

        await Connector.DeliverAsync([.. Enumerable.Range(0, 200).Select(_ => Parcel(Org.AddCase()))], Cancel);

        (Org.Requests.Calls - before).ShouldBe(5);
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
}
