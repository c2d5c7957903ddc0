using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;

namespace CrmSync.Tests.Simulators.Salesforce;

public sealed class CompositeTests : SalesforceSimulatorTest
{
    [Fact]
    public async Task Subrequests_use_each_others_answers_and_cost_one_call()
    {
        var answer = await CompositeAsync(allOrNone: true, $$"""
            {"method":"POST","url":"/services/data/v67.0/sobjects/Case","referenceId":"c","body":{"Subject":"x"} },
            {"method":"POST","url":"/services/data/v67.0/sobjects/CaseComment","referenceId":"n","body":{"ParentId":"@{c.id}","CommentBody":"hello"} },
            {"method":"GET","url":"/services/data/v67.0/sobjects/CaseComment/@{n.id}?fields=ParentId","referenceId":"g"}
            """);

        Statuses(answer).ShouldBe([201, 201, 200]);
        Org.Count("CaseComment").ShouldBe(1);
        Org.Requests.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, new[] { 400, 400 }, 0)]
    [InlineData(false, new[] { 201, 400 }, 1)]
    public async Task All_or_none_decides_whether_a_failure_takes_the_others_along(bool allOrNone, int[] statuses, int cases)
    {
        var answer = await CompositeAsync(allOrNone, """
            {"method":"POST","url":"/services/data/v67.0/sobjects/Case","referenceId":"c","body":{"Subject":"x"} },
            {"method":"POST","url":"/services/data/v67.0/sobjects/Case","referenceId":"d","body":{"Nope":"x"} }
            """);

        Statuses(answer).ShouldBe(statuses);
        Org.Count("Case").ShouldBe(cases);
        if (allOrNone)
        {
            ((string?)answer.Body!["compositeResponse"]![0]!["body"]![0]!["errorCode"]).ShouldBe("PROCESSING_HALTED");
        }
    }

    [Fact]
    public async Task Collections_answer_one_result_a_record_with_statusCode()
    {
        var answer = await PostAsync("composite/sobjects", """
            {"records":[{"attributes":{"type":"Case"},"Subject":"x"},{"attributes":{"type":"Case"},"Nope":"x"},{"attributes":{"type":"Case"},"Subject":"y"}]}
            """);

        answer.Body!.AsArray().Select(r => (bool)r!["success"]!).ShouldBe([true, false, true]);
        ((string?)answer.Body[1]!["errors"]![0]!["statusCode"]).ShouldBe("INVALID_FIELD");
        answer.Body[1]!["id"].ShouldBeNull();
    }

    [Fact]
    public async Task A_collection_that_wants_all_or_none_gets_none()
    {
        var answer = await PostAsync("composite/sobjects", """
            {"allOrNone":true,"records":[{"attributes":{"type":"Case"},"Subject":"x"},{"attributes":{"type":"Case"},"Nope":"x"}]}
            """);

        ((string?)answer.Body![0]!["errors"]![0]!["statusCode"]).ShouldBe("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        Org.Count("Case").ShouldBe(0);
    }

    [Fact]
    public async Task A_collection_takes_200_records_and_no_id_twice()
    {
        var id = Org.AddCase();
        var many = string.Join(',', Enumerable.Repeat("""{"attributes":{"type":"Case"}}""", 201));

        (await PostAsync("composite/sobjects", $$"""{"records":[{{many}}]}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PatchAsync("composite/sobjects", $$"""{"records":[{"attributes":{"type":"Case"},"Id":"{{id}}"},{"attributes":{"type":"Case"},"Id":"{{id}}"}]}"""))
            .ErrorCode.ShouldBe("DUPLICATE_VALUE");
    }

    [Fact]
    public async Task More_than_25_subrequests_or_five_queries_are_refused()
    {
        string Queries(int count) => string.Join(',', Enumerable.Range(0, count).Select(i =>
            $$"""{"method":"GET","url":"/services/data/v67.0/query?q=SELECT+Id+FROM+Case","referenceId":"q{{i}}"}"""));

        (await CompositeAsync(false, Queries(5))).Status.ShouldBe(HttpStatusCode.OK);
        (await CompositeAsync(false, Queries(6))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private Task<Answer> CompositeAsync(bool allOrNone, string subrequests) => PostAsync(
        "composite", $$"""{"allOrNone":{{(allOrNone ? "true" : "false")}},"compositeRequest":[{{subrequests}}]}""");

    private static IEnumerable<int> Statuses(Answer answer) =>
        answer.Body!["compositeResponse"]!.AsArray().Select(r => (int)r!["httpStatusCode"]!);
}

public sealed class GraphTests : SalesforceSimulatorTest
{
    [Fact]
    public async Task Each_graph_is_a_transaction_of_its_own()
    {
        var answer = await GraphsAsync(Graph("g1", "k1"), Graph("g2", "k1"), Graph("g3", "k2"));

        answer.Body!["graphs"]!.AsArray().Select(g => (bool)g!["isSuccessful"]!).ShouldBe([true, false, true]);
        Org.Count("Case").ShouldBe(2);
        Org.Requests.Calls.ShouldBe(1);
        var failed = answer.Body["graphs"]![1]!["graphResponse"]!["compositeResponse"]!;
        ((string?)failed[0]!["body"]![0]!["errorCode"]).ShouldBe("DUPLICATE_VALUE");
        ((string?)failed[1]!["body"]![0]!["errorCode"]).ShouldBe("PROCESSING_HALTED");
    }

    [Fact]
    public async Task After_fifteen_failures_the_rest_is_not_attempted()
    {
        await GraphsAsync(Graph("g", "taken"));

        var answer = await GraphsAsync([.. Enumerable.Range(0, 15).Select(i => Graph($"bad{i}", "taken")), Graph("good", "free")]);

        var last = answer.Body!["graphs"]![15]!;
        ((bool)last["isSuccessful"]!).ShouldBeFalse();
        last["graphResponse"]!["compositeResponse"]!.AsArray()
            .ShouldAllBe(n => (string?)n!["body"]![0]!["errorCode"] == "PROCESSING_HALTED");
        Org.Count("Case").ShouldBe(1);
    }

    [Fact]
    public async Task A_row_lock_in_one_graph_rolls_back_only_that_graph()
    {
        Org.Faults.Add(new FaultRule(Fault.Named("UNABLE_TO_LOCK_ROW"), "DML", "Case", Skip: 1, Times: 1));

        var answer = await GraphsAsync(Graph("g1", "k1"), Graph("g2", "k2"), Graph("g3", "k3"));

        answer.Body!["graphs"]!.AsArray().Select(g => (bool)g!["isSuccessful"]!).ShouldBe([true, false, true]);
        Org.Count("CrmSync_Delivery__c").ShouldBe(2);
    }

    [Theory]
    [InlineData(75, HttpStatusCode.OK)]
    [InlineData(76, HttpStatusCode.BadRequest)]
    public async Task A_call_takes_75_graphs(int count, HttpStatusCode expected) =>
        (await GraphsAsync([.. Enumerable.Range(0, count).Select(i => Graph($"g{i}", $"k{i}"))])).Status.ShouldBe(expected);

    [Theory]
    [InlineData("a.b")]
    [InlineData("_a")]
    [InlineData("0123456789012345678901234567890123456789")]
    public async Task An_illegal_graph_id_fails_the_call(string id) => (await GraphsAsync(Graph(id, "k"))).ErrorCode.ShouldBe("INVALID_INPUT");

    [Fact]
    public async Task Sixteen_kinds_of_node_are_too_many()
    {
        var nodes = string.Join(',', Enumerable.Range(0, 16).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$"""{"method":"POST","url":"/services/data/v67.0/sobjects/T{{i}}","referenceId":"n{{i}}","body":{} }""")));

        (await GraphsAsync($$"""{"graphId":"g","compositeRequest":[{{nodes}}]}""")).ErrorCode.ShouldBe("LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task A_query_is_no_node()
    {
        var answer = await GraphsAsync("""{"graphId":"g","compositeRequest":[{"method":"GET","url":"/services/data/v67.0/query?q=x","referenceId":"q"}]}""");

        answer.ErrorCode.ShouldBe("INVALID_INPUT");
    }

    private Task<Answer> GraphsAsync(params IEnumerable<string> graphs) =>
        PostAsync("composite/graph", $$"""{"graphs":[{{string.Join(',', graphs)}}]}""");

    private static string Graph(string id, string key) => new JsonObject
    {
        ["graphId"] = id,
        ["compositeRequest"] = new JsonArray(
            new JsonObject
            {
                ["method"] = "POST",
                ["url"] = "/services/data/v67.0/sobjects/CrmSync_Delivery__c",
                ["referenceId"] = "lock",
                ["body"] = new JsonObject { ["Key__c"] = key },
            },
            new JsonObject
            {
                ["method"] = "POST",
                ["url"] = "/services/data/v67.0/sobjects/Case",
                ["referenceId"] = "case",
                ["body"] = new JsonObject { ["Subject"] = "@{lock.id}" },
            }),
    }.ToJsonString();
}
