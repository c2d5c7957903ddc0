using System.Net;
using System.Text.Json.Nodes;
using CrmSync.Tests.Connectors.Shared;

namespace CrmSync.Tests.Simulators.Salesforce;

/// <summary>What a person sets with curl at <c>/_sim/actions</c>, seen through the API that Salesforce's clients use.</summary>
public sealed class OrgActionsTests : SalesforceSimulatorTest
{
    [Fact]
    public async Task Every_action_says_what_it_does_and_what_it_takes()
    {
        var actions = (await SendAsync(HttpMethod.Get, "/_sim/actions", content: null)).Body!.AsArray();

        actions.Select(a => (string)a!["name"]!).ShouldBe(
        [
            "adopt-record", "merge-case", "delete-record", "undelete-record", "lock-record", "hide-field", "read-only", "validation-rule",
            "restrict-picklist", "assignment-rule", "hide-duplicates", "expire-tokens", "storage-full", "block-ip", "refuse-logins", "limits",
        ]);
        actions.ShouldAllBe(a => ((string)a!["does"]!).EndsWith('.'));
        var loser = actions.Single(a => (string?)a!["name"] == "merge-case")!["members"]![0]!;
        ((string?)loser["name"]).ShouldBe("loser");
        ((string?)loser["kind"]).ShouldBe("Text");
        ((bool)loser["required"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task An_adopted_record_can_be_written_to()
    {
        const string Id = "500Hs00001kQ7ZaIAK";

        await DoAsync("adopt-record", $$"""{"id":"{{Id}}"}""");

        (await CommentAsync(Id)).Status.ShouldBe(HttpStatusCode.Created);
        (await ActAsync("adopt-record", $$"""{"id":"{{Id}}"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_merged_case_refuses_writes_points_at_its_master_and_leaves_it_what_was_on_it()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        await CommentAsync(loser);
        await PostAsync("sobjects/ContentVersion", $$"""{"PathOnClient":"a.json","VersionData":"e30=","FirstPublishLocationId":"{{loser}}"}""");

        await DoAsync("merge-case", $$"""{"loser":"{{loser[..15]}}","winner":"{{winner}}"}""");

        (await PatchAsync($"sobjects/Case/{loser}", """{"Subject":"late"}""")).ErrorCode.ShouldBe("ENTITY_IS_DELETED");
        (await CommentAsync(loser)).ErrorCode.ShouldBe("ENTITY_IS_DELETED");
        var found = await QueryAsync($"SELECT MasterRecordId FROM Case WHERE Id = '{loser}'", "queryAll");
        ((string?)found.Body!["records"]![0]!["MasterRecordId"]).ShouldBe(winner);
        (await QueryAsync($"SELECT Id FROM CaseComment WHERE ParentId = '{winner}'")).Body!["totalSize"]!.GetValue<int>().ShouldBe(1);
        (await QueryAsync($"SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '{winner}'")).Body!["totalSize"]!.GetValue<int>().ShouldBe(1);
        (await CommentAsync(winner)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_deleted_record_is_gone_until_it_is_taken_out_of_the_bin()
    {
        var id = Org.AddCase();

        await DoAsync("delete-record", $$"""{"id":"{{id}}"}""");
        (await GetAsync($"sobjects/Case/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);

        await DoAsync("undelete-record", $$"""{"id":"{{id}}"}""");
        (await GetAsync($"sobjects/Case/{id}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_locked_record_lets_writes_wait_until_it_is_let_go()
    {
        var id = Org.AddCase();
        await DoAsync("lock-record", $$"""{"id":"{{id[..15]}}"}""");

        var refused = CommentAsync(id);
        await UntilAsync(() => Org.Waiting == 1);
        (await Clock.PassUntilAsync(refused)).ErrorCode.ShouldBe("UNABLE_TO_LOCK_ROW");

        var patient = CommentAsync(id);
        await UntilAsync(() => Org.Waiting == 1);
        await DoAsync("lock-record", $$"""{"id":"{{id}}","on":false}""");
        (await patient).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_hidden_field_does_not_exist_until_it_is_shown()
    {
        Org.AddCase();

        await DoAsync("hide-field", """{"field":"case.priority"}""");
        (await QueryAsync("SELECT Priority FROM Case")).ErrorCode.ShouldBe("INVALID_FIELD");

        await DoAsync("hide-field", """{"field":"Case.Priority","on":false}""");
        (await QueryAsync("SELECT Priority FROM Case")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Case.Subject", "INVALID_FIELD_FOR_INSERT_UPDATE")]
    [InlineData("Case", "INSUFFICIENT_ACCESS_OR_READONLY")]
    public async Task What_is_read_only_is_not_written_until_it_is_given_back(string what, string code)
    {
        var id = Org.AddCase();

        await DoAsync("read-only", $$"""{"what":"{{what}}"}""");
        (await PatchAsync($"sobjects/Case/{id}", """{"Subject":"x"}""")).ErrorCode.ShouldBe(code);

        await DoAsync("read-only", $$"""{"what":"{{what}}","on":false}""");
        (await PatchAsync($"sobjects/Case/{id}", """{"Subject":"x"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_validation_rule_refuses_with_its_message_until_it_is_lifted()
    {
        var id = Org.AddCase();

        await DoAsync("validation-rule", """{"field":"Case.Status","message":"Ask the supervisor"}""");
        var refused = await PatchAsync($"sobjects/Case/{id}", """{"Status":"Closed"}""");
        refused.ErrorCode.ShouldBe("FIELD_CUSTOM_VALIDATION_EXCEPTION");
        refused.Text.ShouldContain("Ask the supervisor");

        await DoAsync("validation-rule", """{"field":"Case.Status","on":false}""");
        (await PatchAsync($"sobjects/Case/{id}", """{"Status":"Closed"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_restricted_picklist_takes_its_own_values_only_and_describe_says_so()
    {
        var id = Org.AddCase();

        await DoAsync("restrict-picklist", """{"field":"Case.Reason"}""");
        (await PatchAsync($"sobjects/Case/{id}", """{"Reason":"Weather"}""")).ErrorCode.ShouldBe("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
        (await PatchAsync($"sobjects/Case/{id}", """{"Reason":"Billing"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await IsRestrictedAsync("Reason")).ShouldBeTrue();

        await DoAsync("restrict-picklist", """{"field":"Case.Reason","on":false}""");
        (await PatchAsync($"sobjects/Case/{id}", """{"Reason":"Weather"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await IsRestrictedAsync("Reason")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_assignment_rule_takes_over_the_case_until_it_is_switched_off()
    {
        var id = Org.AddCase();

        await DoAsync("assignment-rule", "{}");
        await PatchAsync($"sobjects/Case/{id}", """{"Subject":"x"}""", ("Sforce-Auto-Assign", "FALSE"));
        (await OwnerAsync(id)).ShouldBe(Org.UserId);
        await PatchAsync($"sobjects/Case/{id}", """{"Subject":"x"}""");
        (await OwnerAsync(id)).ShouldNotBe(Org.UserId);

        await DoAsync("assignment-rule", """{"on":false}""");
        var other = Org.AddCase();
        await PatchAsync($"sobjects/Case/{other}", """{"Subject":"x"}""");
        (await OwnerAsync(other)).ShouldBe(Org.UserId);
    }

    [Fact]
    public async Task A_hidden_duplicate_has_no_name()
    {
        const string Row = """{"Key__c":"call-1"}""";
        await PostAsync("sobjects/CrmSync_Delivery__c", Row);

        await DoAsync("hide-duplicates", "{}");

        ((string?)(await PostAsync("sobjects/CrmSync_Delivery__c", Row)).Body![0]!["message"])!.ShouldContain("<unknown>");
    }

    [Fact]
    public async Task Expired_tokens_are_answered_401_until_somebody_signs_in_again()
    {
        await DoAsync("expire-tokens", body: null);
        (await GetAsync("limits")).ErrorCode.ShouldBe("INVALID_SESSION_ID");

        Token = (string)(await LoginAsync()).Body!["access_token"]!;
        (await GetAsync("limits")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_full_storage_takes_no_file()
    {
        const string File = """{"Title":"a","PathOnClient":"a.json","VersionData":"e30="}""";

        await DoAsync("storage-full", "{}");
        (await PostAsync("sobjects/ContentVersion", File)).ErrorCode.ShouldBe("STORAGE_LIMIT_EXCEEDED");

        await DoAsync("storage-full", """{"on":false}""");
        (await PostAsync("sobjects/ContentVersion", File)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_blocked_address_is_not_mended_by_a_login()
    {
        await DoAsync("block-ip", "{}");
        Token = (string)(await LoginAsync()).Body!["access_token"]!;
        (await GetAsync("limits")).Text.ShouldContain("not valid for use with the REST API");

        await DoAsync("block-ip", """{"on":false}""");
        (await GetAsync("limits")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Logins_are_refused_with_the_error_that_was_asked_for()
    {
        await DoAsync("refuse-logins", """{"error":"inactive_user","description":"user is inactive"}""");
        var refused = await LoginAsync();
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)refused.Body!["error"]).ShouldBe("inactive_user");
        ((string?)refused.Body["error_description"]).ShouldBe("user is inactive");

        await DoAsync("refuse-logins", """{"on":false}""");
        (await LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"dailyCalls":0}""", "TotalRequests Limit exceeded.")]
    [InlineData("""{"longCalls":0}""", "ConcurrentRequests (Concurrent API Requests) Limit exceeded.")]
    public async Task A_limit_that_is_used_up_refuses_calls_until_it_is_as_set_up(string limits, string text)
    {
        await DoAsync("limits", limits);
        var refused = await GetAsync("sobjects");
        refused.ErrorCode.ShouldBe("REQUEST_LIMIT_EXCEEDED");
        refused.Text.ShouldContain(text);

        await DoAsync("limits", "{}");
        (await GetAsync("sobjects")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_lower_quota_shows_in_the_header_and_a_login_limit_in_logins()
    {
        await DoAsync("limits", """{"dailyCalls":40,"loginsPerHour":1}""");

        (await GetAsync("sobjects")).LimitInfo.ShouldBe("api-usage=1/40");
        ((string?)(await LoginAsync()).Body!["error_description"]).ShouldBe("login rate exceeded");
    }

    [Fact]
    public async Task A_reset_takes_everything_back()
    {
        await DoAsync("block-ip", "{}");
        await DoAsync("limits", """{"dailyCalls":0}""");
        await DoAsync("assignment-rule", "{}");
        await DoAsync("restrict-picklist", """{"field":"Case.Reason"}""");

        await SendAsync(HttpMethod.Post, "/_sim/reset", content: null);
        Token = (string)(await LoginAsync()).Body!["access_token"]!;

        var id = (string)(await PostAsync("sobjects/Case", """{"Reason":"Weather"}""")).Body!["id"]!;
        (await QueryAsync("SELECT Id FROM AssignmentRule WHERE Active = true")).Body!["totalSize"]!.GetValue<int>().ShouldBe(0);
        id.ShouldStartWith("500");
    }

    [Theory]
    [InlineData("merge-case", """{"loser":"500000000000001AAA"}""", "winner", null)]
    [InlineData("merge-case", """{"loser":"500000000000001AAA","winer":"x"}""", "winer", "winner")]
    [InlineData("merge-case", """{"loser":"500000000000001AAA","winner":"x"}""", "loser", null)]
    [InlineData("delete-record", """{"id":17}""", "id", null)]
    [InlineData("storage-full", """{"on":"yes"}""", "on", null)]
    [InlineData("block-ip", """{"off":true}""", "off", "on")]
    [InlineData("hide-field", """{"field":"Case.Prio"}""", "field", "Case.Priority")]
    [InlineData("hide-field", """{"field":"Priority"}""", "field", null)]
    [InlineData("read-only", """{"what":"Cases"}""", "what", "Case")]
    [InlineData("restrict-picklist", """{"field":"Case.Subject"}""", "field", "Case.Status")]
    [InlineData("limits", """{"dailyCalls":-1}""", "dailyCalls", null)]
    [InlineData("limits", """{"dailyCalls":3000000000}""", "dailyCalls", null)]
    [InlineData("expire-tokens", """{"id":"x"}""", "id", null)]
    [InlineData("merge-case", "[]", null, null)]
    [InlineData("merge-case", "{", null, null)]
    public async Task A_wrong_member_is_named_and_what_is_allowed_is_listed(string action, string body, string? member, string? allowed)
    {
        var answer = await ActAsync(action, body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)answer.Body!["error"]).ShouldNotBeNullOrEmpty();
        ((string?)answer.Body["member"]).ShouldBe(member);
        if (allowed is not null)
        {
            answer.Body["allowed"]!.AsArray().Select(a => (string?)a).ShouldContain(allowed);
        }
    }

    [Fact]
    public async Task A_case_is_not_merged_into_itself_or_into_another_object()
    {
        var (id, account) = (Org.AddCase(), Org.Add("Account", ("Name", "Northgate")));

        (await ActAsync("merge-case", $$"""{"loser":"{{id}}","winner":"{{id}}"}""")).Text.ShouldContain("into itself");
        (await ActAsync("merge-case", $$"""{"loser":"{{id}}","winner":"{{account}}"}""")).Text.ShouldContain("is no Case");
        (await CommentAsync(id)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_unknown_action_is_not_found_and_the_known_ones_are_listed()
    {
        var answer = await ActAsync("merge", "{}");

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Body!["allowed"]!.AsArray().Select(a => (string?)a).ShouldContain("merge-case");
    }

    private async Task DoAsync(string action, string? body)
    {
        var answer = await ActAsync(action, body);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Body.ShouldBeOfType<JsonObject>();
    }

    private Task<Answer> ActAsync(string action, string? body) =>
        SendAsync(HttpMethod.Post, $"/_sim/actions/{action}", body is null ? null : Json(body));

    private Task<Answer> CommentAsync(string id) => PostAsync("sobjects/CaseComment", $$"""{"ParentId":"{{id}}","CommentBody":"x"}""");

    private async Task<string?> OwnerAsync(string id) => (string?)(await GetAsync($"sobjects/Case/{id}?fields=OwnerId")).Body!["OwnerId"];

    private async Task<bool> IsRestrictedAsync(string field) => (await GetAsync("sobjects/Case/describe")).Body!["fields"]!.AsArray()
        .Single(f => (string?)f!["name"] == field)!["restrictedPicklist"]!.GetValue<bool>();
}
