using System.Text.Json.Nodes;

namespace CrmSync.Tests.Simulators.Salesforce;

public sealed class SoqlTests : SalesforceSimulatorTest
{
    [Theory]
    [InlineData("Subject = 'it\\'s'", 1)]
    [InlineData("Subject IN ('lamp', 'it\\'s')", 2)]
    [InlineData("Subject != 'lamp'", 2)]
    [InlineData("Subject LIKE 'L%'", 1)]
    [InlineData("Subject = 'LAMP' AND Priority = 'High'", 0)]
    [InlineData("(Subject = 'lamp' OR Subject = 'chair') AND Priority = 'Medium'", 2)]
    [InlineData("NOT Subject = 'lamp'", 2)]
    [InlineData("ContactId = null", 3)]
    [InlineData("CreatedDate >= 2026-03-08T09:30:00Z", 3)]
    [InlineData("CreatedDate > 2026-03-08T09:30:00.000Z", 0)]
    [InlineData("IsClosed = false", 3)]
    public async Task A_condition_finds_what_it_says(string where, int count)
    {
        foreach (var subject in new[] { "lamp", "it's", "chair" })
        {
            Org.Add("Case", ("Subject", subject));
        }

        var answer = await QueryAsync($"SELECT Id FROM Case WHERE {where}");

        ((int?)answer.Body!["totalSize"]).ShouldBe(count, answer.Text);
    }

    [Theory]
    [InlineData("SELECT Id FROM Case WHERE Subject = 'open", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Case WHERE Subject = 'a' OR Subject = 'b' AND Subject = 'c'", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Case WHERE Subject = 'a\\qb'", "MALFORMED_QUERY")]
    [InlineData("SELECT Nope FROM Case", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Nope", "INVALID_TYPE")]
    [InlineData("SELECT Id FROM ContentDocumentLink", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Case; DELETE", "MALFORMED_QUERY")]
    public async Task A_wrong_query_is_refused(string soql, string code) => (await QueryAsync(soql)).ErrorCode.ShouldBe(code);

    [Fact]
    public async Task Parents_are_read_along_a_path_and_come_nested()
    {
        var id = Org.AddCase();
        await PostAsync("sobjects/ContentVersion", $$"""{"PathOnClient":"a.json","VersionData":"{{Base64("{}")}}","FirstPublishLocationId":"{{id}}"}""");

        var answer = await QueryAsync(
            $"SELECT LinkedEntityId, ContentDocument.LatestPublishedVersion.Checksum FROM ContentDocumentLink WHERE LinkedEntityId IN ('{id[..15]}')");

        ((string?)answer.Body!["records"]![0]!["ContentDocument"]!["LatestPublishedVersion"]!["Checksum"]).ShouldBe("99914b932bd37a50b983c5e7c90ae93b");
        ((string?)answer.Body["records"]![0]!["attributes"]!["type"]).ShouldBe("ContentDocumentLink");
    }

    [Fact]
    public async Task Merged_cases_are_only_seen_by_query_all_and_name_their_master()
    {
        var (loser, winner) = (Org.AddCase(), Org.AddCase());
        Org.Merge(loser, winner);

        ((int?)(await QueryAsync($"SELECT Id FROM Case WHERE Id = '{loser}'")).Body!["totalSize"]).ShouldBe(0);
        var found = (await QueryAsync($"SELECT Id, IsDeleted, MasterRecordId FROM Case WHERE Id = '{loser}'", "queryAll")).Body!["records"]![0]!;
        ((string?)found["MasterRecordId"]).ShouldBe(winner);
    }

    [Fact]
    public async Task Long_answers_come_in_pages()
    {
        for (var i = 0; i < 450; i++)
        {
            Org.AddCase();
        }

        var path = $"/services/data/v67.0/query?q={Uri.EscapeDataString("SELECT Id FROM Case ORDER BY CaseNumber DESC")}";
        var sizes = new List<int>();
        while (path is not null)
        {
            var page = (await SendAsync(HttpMethod.Get, path, content: null, ("Sforce-Query-Options", "batchSize=200"))).Body!;
            sizes.Add(((JsonArray)page["records"]!).Count);
            path = (string?)page["nextRecordsUrl"];
        }

        sizes.ShouldBe([200, 200, 50]);
    }

    [Fact]
    public async Task Counting_limiting_and_ordering_work_together()
    {
        Org.AddCase("b");
        Org.AddCase("a");

        ((int?)(await QueryAsync("SELECT COUNT() FROM Case")).Body!["totalSize"]).ShouldBe(2);
        var first = await QueryAsync("select subject from case order by subject limit 1");
        ((string?)first.Body!["records"]![0]!["Subject"]).ShouldBe("a");
    }
}
