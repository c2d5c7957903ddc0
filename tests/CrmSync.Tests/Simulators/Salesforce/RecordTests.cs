using System.Net;
using System.Text;
using CrmSync.Simulators.Salesforce;
using CrmSync.Simulators.Shared;

namespace CrmSync.Tests.Simulators.Salesforce;

public sealed class RecordTests : SalesforceSimulatorTest
{
    [Fact]
    public async Task A_record_is_created_read_changed_and_deleted()
    {
        var created = await PostAsync("sobjects/Case", """{"Subject":"Broken lamp"}""");
        created.Status.ShouldBe(HttpStatusCode.Created);
        var id = (string)created.Body!["id"]!;
        id.Length.ShouldBe(18);

        (await PatchAsync($"sobjects/case/{id[..15]}", """{"subject":"Broken lamp, again"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        ((string?)(await GetAsync($"sobjects/Case/{id}?fields=Subject,CaseNumber")).Body!["Subject"]).ShouldBe("Broken lamp, again");

        (await SendAsync(HttpMethod.Delete, $"/services/data/v67.0/sobjects/Case/{id}", content: null)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await GetAsync($"sobjects/Case/{id}")).ErrorCode.ShouldBe("ENTITY_IS_DELETED");
    }

    [Theory]
    [InlineData("sobjects/Case", """{"Sub":"x"}""", "INVALID_FIELD")]
    [InlineData("sobjects/Case", """{"Subject":7}""", "JSON_PARSER_ERROR")]
    [InlineData("sobjects/Case", """{"Subject":""", "JSON_PARSER_ERROR")]
    [InlineData("sobjects/Case", """{"CaseNumber":"00001"}""", "INVALID_FIELD_FOR_INSERT_UPDATE")]
    [InlineData("sobjects/CaseComment", """{"CommentBody":"x"}""", "REQUIRED_FIELD_MISSING")]
    [InlineData("sobjects/CaseComment", """{"ParentId":"nonsense"}""", "MALFORMED_ID")]
    [InlineData("sobjects/CaseComment", """{"ParentId":"500SM0000000zzz"}""", "INVALID_CROSS_REFERENCE_KEY")]
    [InlineData("sobjects/ContentVersion", """{"Title":"x","VersionData":""}""", "REQUIRED_FIELD_MISSING")]
    [InlineData("sobjects/Nothing", "{}", "NOT_FOUND")]
    public async Task A_malformed_write_is_refused_in_the_vendors_words(string resource, string json, string code) =>
        (await PostAsync(resource, json)).ErrorCode.ShouldBe(code);

    [Fact]
    public async Task A_comment_holds_4000_bytes_not_characters()
    {
        var id = Org.AddCase();

        (await PostAsync("sobjects/CaseComment", $$"""{"ParentId":"{{id}}","CommentBody":"{{new string('ä', 2000)}}"}""")).Status.ShouldBe(HttpStatusCode.Created);
        var refused = await PostAsync("sobjects/CaseComment", $$"""{"ParentId":"{{id}}","CommentBody":"{{new string('ä', 2001)}}"}""");
        refused.ErrorCode.ShouldBe("STRING_TOO_LONG");
        ((string?)refused.Body![0]!["fields"]![0]).ShouldBe("CommentBody");
    }

    [Fact]
    public async Task The_ledger_key_is_unique_in_any_case_and_the_refusal_names_the_15_character_id()
    {
        var id = (string)(await PostAsync("sobjects/CrmSync_Delivery__c", """{"Key__c":"call-1"}""")).Body!["id"]!;

        var refused = await PostAsync("sobjects/CrmSync_Delivery__c", """{"Key__c":"CALL-1"}""");

        refused.ErrorCode.ShouldBe("DUPLICATE_VALUE");
        refused.Text.ShouldContain($"duplicate value found: Key__c duplicates value on record with id: {id[..15]}\"");
    }

    [Fact]
    public async Task Only_one_of_many_simultaneous_inserts_of_a_key_wins()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync("sobjects/CrmSync_Delivery__c", """{"Key__c":"call-1"}""")));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.ErrorCode == "DUPLICATE_VALUE").ShouldBe(19);
    }

    [Fact]
    public async Task An_upsert_by_external_id_creates_once()
    {
        var first = await PatchAsync("sobjects/CrmSync_Delivery__c/Key__c/call-1", """{"Channel__c":"Call"}""");
        var second = await PatchAsync("sobjects/CrmSync_Delivery__c/Key__c/call-1", """{"Channel__c":"Chat"}""");

        (first.Status, (bool)first.Body!["created"]!).ShouldBe((HttpStatusCode.Created, true));
        (second.Status, (bool)second.Body!["created"]!).ShouldBe((HttpStatusCode.OK, false));
        Org.Count("CrmSync_Delivery__c").ShouldBe(1);
    }

    [Fact]
    public async Task A_file_is_published_to_its_record_and_can_be_read_back()
    {
        var id = Org.AddCase();

        var created = await PostAsync("sobjects/ContentVersion", $$"""{"Title":"call-1","PathOnClient":"call-1.json","VersionData":"{{Base64("{}")}}","FirstPublishLocationId":"{{id}}"}""");

        var version = (string)created.Body!["id"]!;
        (await GetAsync($"sobjects/ContentVersion/{version}/VersionData")).Text.ShouldBe("{}");
        var fields = (await GetAsync($"sobjects/ContentVersion/{version}?fields=Checksum,FileExtension,VersionNumber,ContentSize")).Body!;
        ((string?)fields["Checksum"]).ShouldBe("99914b932bd37a50b983c5e7c90ae93b");
        ((string?)fields["FileExtension"]).ShouldBe("json");
        Org.Record(id).Files.ShouldHaveSingleItem().Path.ShouldBe("call-1.json");
    }

    [Fact]
    public async Task A_second_version_keeps_one_document_and_may_not_be_published_again()
    {
        var id = Org.AddCase();
        var first = await PostAsync("sobjects/ContentVersion", $$"""{"PathOnClient":"a.json","VersionData":"{{Base64("1")}}","FirstPublishLocationId":"{{id}}"}""");
        var document = (string)(await GetAsync($"sobjects/ContentVersion/{first.Body!["id"]}?fields=ContentDocumentId")).Body!["ContentDocumentId"]!;

        await PostAsync("sobjects/ContentVersion", $$"""{"PathOnClient":"a.json","VersionData":"{{Base64("2")}}","ContentDocumentId":"{{document}}"}""");
        var refused = await PostAsync("sobjects/ContentVersion", $$"""{"PathOnClient":"a.json","VersionData":"{{Base64("3")}}","ContentDocumentId":"{{document}}","FirstPublishLocationId":"{{id}}"}""");

        refused.ErrorCode.ShouldBe("FIELD_INTEGRITY_EXCEPTION");
        var file = Org.Record(id).Files.ShouldHaveSingleItem();
        (file.Versions, Encoding.UTF8.GetString(file.Bytes.Span)).ShouldBe((2, "2"));
    }

    [Fact]
    public async Task A_multipart_insert_carries_the_bytes_as_they_are()
    {
        var id = Org.AddCase();
        using var content = new MultipartFormDataContent("boundary_of_the_parts");
        content.Add(Json($$"""{"PathOnClient":"a.json","FirstPublishLocationId":"{{id}}"}"""), "entity_content");
        content.Add(new ByteArrayContent([0, 255, 13, 10]) { Headers = { ContentType = new("application/octet-stream") } }, "VersionData", "a.json");

        var created = await SendAsync(HttpMethod.Post, "/services/data/v67.0/sobjects/ContentVersion", content);

        created.Status.ShouldBe(HttpStatusCode.Created);
        Org.Record(id).Files.ShouldHaveSingleItem().Bytes.ToArray().ShouldBe([0, 255, 13, 10]);
    }

    [Fact]
    public async Task Case_comments_written_as_a_field_become_a_private_comment()
    {
        var id = Org.AddCase();

        await PatchAsync($"sobjects/Case/{id}", """{"Comments":"called back"}""");

        var note = Org.Record(id).Notes.ShouldHaveSingleItem();
        (note.Kind, note.Text, note.Public).ShouldBe(("CaseComment", "called back", false));
    }

    [Fact]
    public async Task A_scripted_row_lock_refuses_one_write()
    {
        var id = Org.AddCase();
        Org.Faults.Once(Fault.Named("UNABLE_TO_LOCK_ROW"), "DML", "CaseComment");

        (await PostAsync("sobjects/CaseComment", $$"""{"ParentId":"{{id}}","CommentBody":"x"}""")).ErrorCode.ShouldBe("UNABLE_TO_LOCK_ROW");
        (await PostAsync("sobjects/CaseComment", $$"""{"ParentId":"{{id}}","CommentBody":"x"}""")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Describe_tells_length_rights_and_choices()
    {
        Org.Revoke("Case.Status");

        var fields = (await GetAsync("sobjects/Case/describe")).Body!["fields"]!.AsArray();

        var status = fields.Single(f => (string?)f!["name"] == "Status")!;
        ((bool)status["updateable"]!).ShouldBeFalse();
        status["picklistValues"]!.AsArray().Count(v => (string?)v!["value"] == "Closed").ShouldBe(1);
        ((int)fields.Single(f => (string?)f!["name"] == "Subject")!["length"]!).ShouldBe(255);
    }
}

public sealed class AssignmentRuleTests : SalesforceSimulatorTest
{
    protected override OrgOptions Options => new() { AssignmentRule = true };

    [Theory]
    [InlineData(null, true)]
    [InlineData("TRUE", true)]
    [InlineData("FALSE", false)]
    public async Task A_case_update_without_the_header_hands_the_case_over(string? header, bool taken)
    {
        var id = Org.AddCase();

        await PatchAsync($"sobjects/Case/{id}", """{"Priority":"High"}""", header is null ? [] : [("Sforce-Auto-Assign", header)]);

        (Org.Record(id).Fields["OwnerId"] as string != Org.UserId).ShouldBe(taken);
    }
}
