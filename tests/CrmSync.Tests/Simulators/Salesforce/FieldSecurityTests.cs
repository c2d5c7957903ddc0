using System.Net;

namespace CrmSync.Tests.Simulators.Salesforce;

/// <summary>A field that field-level security hides does not exist for the API.</summary>
public sealed class FieldSecurityTests : SalesforceSimulatorTest
{
    [Fact]
    public async Task Describe_and_a_read_of_everything_leave_it_out()
    {
        var id = Org.AddCase();
        Org.Hide("Case.Priority");

        var fields = (await GetAsync("sobjects/Case/describe")).Body!["fields"]!.AsArray().Select(f => (string?)f!["name"]).ToList();

        fields.ShouldContain("Subject");
        fields.ShouldNotContain("Priority");
        (await GetAsync($"sobjects/Case/{id}")).Body!.AsObject().ContainsKey("Priority").ShouldBeFalse();
    }

    [Fact]
    public async Task Who_names_it_is_told_that_there_is_none()
    {
        var id = Org.AddCase();
        Org.Hide("Case.Priority");

        (await PatchAsync($"sobjects/Case/{id}", """{"Priority":"High"}""")).ErrorCode.ShouldBe("INVALID_FIELD");
        (await PostAsync("sobjects/Case", """{"Priority":"High"}""")).ErrorCode.ShouldBe("INVALID_FIELD");
        (await GetAsync($"sobjects/Case/{id}?fields=Priority")).ErrorCode.ShouldBe("INVALID_FIELD");
        (await QueryAsync("SELECT Id, Priority FROM Case")).ErrorCode.ShouldBe("INVALID_FIELD");
        (await QueryAsync("SELECT Id FROM Case WHERE Priority = 'High'")).ErrorCode.ShouldBe("INVALID_FIELD");
        (await PatchAsync($"sobjects/Case/{id}", """{"Subject":"still ours"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_hidden_reference_leads_nowhere()
    {
        Org.AddCase();
        Org.Hide("Case.OwnerId");

        (await QueryAsync("SELECT Id, Owner.Name FROM Case")).ErrorCode.ShouldBe("INVALID_FIELD");
    }

    [Fact]
    public async Task A_hidden_key_cannot_be_addressed()
    {
        Org.Hide("CrmSync_Delivery__c.Key__c");

        (await PatchAsync("sobjects/CrmSync_Delivery__c/Key__c/call-1", """{"Channel__c":"Call"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
