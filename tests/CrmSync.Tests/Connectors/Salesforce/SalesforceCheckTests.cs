using CrmSync.Connectors.Salesforce;
using CrmSync.Core;
using CrmSync.Core.Configuration;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Salesforce;

namespace CrmSync.Tests.Connectors.Salesforce;

public sealed class SalesforceCheckTests : SalesforceConnectorTest
{
    protected override OrgOptions OrgOptions => new() { DailyApiCallsMax = 40 };

    [Fact]
    public async Task A_good_connection_shows_no_problem_and_writes_nothing()
    {
        var report = await Connector.CheckAsync(Cancel);

        report.Ok.ShouldBeTrue(string.Join('\n', report.Findings));
        report.Findings.Select(f => f.Subject).ShouldBe(["Sign-in", "API version", "Org", "Files", "Notes", "Notes", "Package", "API calls left"]);
        report.Findings.ShouldAllBe(f => f.Level == CheckLevel.Ok);
        Org.Count("ContentVersion").ShouldBe(0);
    }

    [Fact]
    public async Task Every_write_is_tried_on_the_named_record_and_taken_back()
    {
        var id = Org.AddCase();
        var options = Settings();
        options.CheckRecord = $"{Org.Address}lightning/r/Case/{id}/view";

        var report = await Connect(options).CheckAsync(Cancel);

        report.Findings.Single(f => f.Subject == "Write test").Text.ShouldBe($"Note, file and delivery row were written on Case {id} and taken back.");
        (Org.Count("ContentVersion"), Org.Count("CaseComment"), Org.Count(SalesforceLedger.Type)).ShouldBe((0, 0, 0));
        Org.Requests.Count("POST", "/composite").ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_a_trigger_refuses_is_found_before_the_first_session()
    {
        var options = Settings();
        options.CheckRecord = Org.AddCase();
        Org.Faults.Once(CrmSync.Simulators.Shared.Fault.Named("CANNOT_EXECUTE_FLOW_TRIGGER"), "DML", "CaseComment");

        var problem = (await Connect(options).CheckAsync(Cancel)).Findings.Single(f => f.Level is CheckLevel.Problem);

        (problem.Subject, problem.Text).ShouldBe(("Write test", $"The note cannot be written on Case {options.CheckRecord}: Salesforce refused it. (CANNOT_EXECUTE_FLOW_TRIGGER)"));
        Org.Count("ContentVersion").ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_right_is_named_with_its_fix()
    {
        Org.Revoke("CaseComment");

        var problem = (await Connector.CheckAsync(Cancel)).Findings.Single(f => f.Level is CheckLevel.Problem);

        (problem.Subject, problem.Text).ShouldBe(("Notes", "The user may not create CaseComment."));
        problem.Fix.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_refused_sign_in_says_what_to_look_at_and_stops_there()
    {
        var options = Settings();
        options.ClientSecret = new Secret("wrong");

        var report = await Connect(options).CheckAsync(Cancel);

        report.Findings.ShouldHaveSingleItem().Fix.ShouldNotBeNull().ShouldContain("ClientSecret");
    }

    [Fact]
    public async Task A_field_that_is_not_there_or_not_ours_to_write_is_a_problem()
    {
        Org.Revoke("Case.Reason");
        var options = Settings();
        options.CaseFields["Nope__c"] = "";
        options.CaseFields["Reason"] = "";

        var texts = (await Connect(options).CheckAsync(Cancel)).Findings.Where(f => f.Level is CheckLevel.Problem).Select(f => f.Text).ToList();

        texts.ShouldBe(["Case has no field Nope__c, or the user may not see it.", "The user may not write Reason."]);
    }

    [Theory]
    [InlineData("Task.Description", "The user may not write Description of Task.")]
    [InlineData("CaseComment.IsPublished", "The user may not write IsPublished of CaseComment.")]
    [InlineData("ContentVersion.Title", "The user may not write Title of ContentVersion.")]
    [InlineData("CrmSync_Delivery__c.Note_Id__c", "The user may not write Note_Id__c of CrmSync_Delivery__c.")]
    [InlineData("Case.Reason", "Case has no field Reason, or the user may not see it.")]
    public async Task A_field_that_its_security_hides_is_named_with_its_fix(string field, string text)
    {
        Org.Hide(field);
        var options = Settings();
        options.CaseFields["Reason"] = "";

        var problem = (await Connect(options).CheckAsync(Cancel)).Findings.Single(f => f.Level is CheckLevel.Problem);

        problem.Text.ShouldBe(text);
        problem.Fix.ShouldNotBeNull().ShouldContain("field-level");
    }

    [Fact]
    public async Task A_delivery_that_meets_a_hidden_field_of_its_note_halts_and_names_it()
    {
        Org.Hide("Task.Description");

        var halted = (await DeliverAsync(Parcel(Org.Add("Contact"), type: "Contact"))).ShouldBeOfType<Outcome.Halted>();

        (halted.Fault.Reason, halted.Fault.CrmCode).ShouldBe((ReasonCodes.ConnectorMisconfigured, "INVALID_FIELD"));
        halted.Fault.Message.ShouldContain("Description");
    }

    [Fact]
    public async Task A_case_field_hidden_after_it_was_described_does_not_cost_the_note()
    {
        var options = Settings();
        options.CaseFields["CrmSync_Disposition__c"] = "";
        var connector = Connect(options);
        (await connector.DeliverAsync([Parcel(Org.AddCase())], Cancel))[0].ShouldBeOfType<Outcome.Delivered>();
        Org.Hide("Case.CrmSync_Disposition__c");
        var parcel = Parcel(Org.AddCase());

        (await connector.DeliverAsync([parcel], Cancel))[0].ShouldBeOfType<Outcome.Delivered>();

        Org.Record(parcel.Ticket.RecordId).Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_share_of_the_quota_that_is_used_up_halts_until_it_is_asked_again()
    {
        var options = Settings();
        options.QuotaShare = 0.5;
        var connector = Connect(options);
        Outcome last = null!;
        for (var i = 0; i < 21; i++)
        {
            last = (await connector.DeliverAsync([Parcel(Org.AddCase())], Cancel))[0];
        }

        last.ShouldBeOfType<Outcome.Halted>().NotBefore.ShouldBe(TimeSpan.FromMinutes(15));
        Org.Requests.Calls.ShouldBe(20);

        Clock.Advance(TimeSpan.FromMinutes(15));
        (await connector.DeliverAsync([Parcel(Org.AddCase())], Cancel))[0].ShouldBeOfType<Outcome.Delivered>();
    }
}

public sealed class SalesforceCheckWithoutPackageTests : SalesforceConnectorTest
{
    protected override OrgOptions OrgOptions => new() { Package = false };

    [Fact]
    public async Task A_missing_package_is_told_by_the_check_and_halts_deliveries()
    {
        var problem = (await Connector.CheckAsync(Cancel)).Findings.Single(f => f.Level is CheckLevel.Problem);
        problem.Subject.ShouldBe("Package");

        (await DeliverAsync(Parcel(Org.AddCase()))).ShouldBeOfType<Outcome.Halted>().Fault.Message.ShouldContain("package");
    }
}

public sealed class SalesforceCheckWarningTests : SalesforceConnectorTest
{
    protected override OrgOptions OrgOptions => new() { UniqueKeys = false, Announcement = "This version ends with Summer 28.", AppName = "CrmSync", DailyApiCallsMax = 40 };

    [Fact]
    public async Task What_salesforce_announces_is_shown()
    {
        var warning = (await Connector.CheckAsync(Cancel)).Findings.Single(f => f.Level is CheckLevel.Warning);

        (warning.Subject, warning.Text).ShouldBe(("Announcement", "Salesforce says: This version ends with Summer 28."));
    }

    [Fact]
    public async Task A_key_that_is_no_longer_unique_is_a_problem() =>
        (await Connector.CheckAsync(Cancel)).Findings.Single(f => f.Level is CheckLevel.Problem).Text.ShouldContain("not unique");

    [Fact]
    public async Task The_share_is_kept_where_the_apps_own_usage_stands_beside_the_orgs()
    {
        var options = Settings();
        options.QuotaShare = 0.25;
        var connector = Connect(options);
        for (var i = 0; i < 11; i++)
        {
            await connector.DeliverAsync([Parcel(Org.AddCase())], Cancel);
        }

        Org.Requests.Calls.ShouldBe(10);
    }
}
