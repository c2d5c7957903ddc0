using System.Net;
using CrmSync.Simulators.Shared;
using CrmSync.Tests.Connectors.Shared;

namespace CrmSync.Tests.Simulators.Salesforce;

/// <summary>Two at the same row: ten seconds of waiting, by the simulator's clock.</summary>
public sealed class RowLockTests : SalesforceSimulatorTest
{
    private const string Ledger = "sobjects/CrmSync_Delivery__c";

    [Fact]
    public async Task A_write_to_a_held_record_waits_ten_seconds_and_is_refused()
    {
        var id = Org.AddCase();
        Org.SetLocked(id, true);
        var begun = Clock.GetUtcNow();
        var pending = CommentAsync(id);
        await UntilAsync(() => Org.Waiting == 1);

        Clock.Advance(TimeSpan.FromSeconds(9.9));
        pending.IsCompleted.ShouldBeFalse();

        (await Clock.PassUntilAsync(pending)).ErrorCode.ShouldBe("UNABLE_TO_LOCK_ROW");
        (Clock.GetUtcNow() - begun).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
        Org.Record(id).Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_record_let_go_in_time_is_written()
    {
        var id = Org.AddCase();
        Org.SetLocked(id, true);
        var pending = CommentAsync(id);
        await UntilAsync(() => Org.Waiting == 1);

        Org.SetLocked(id, false);

        (await pending).Status.ShouldBe(HttpStatusCode.Created);
        Org.Record(id).Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Other_records_and_reads_do_not_wait()
    {
        var (held, free) = (Org.AddCase(), Org.AddCase());
        Org.SetLocked(held, true);

        (await CommentAsync(free)).Status.ShouldBe(HttpStatusCode.Created);
        (await GetAsync($"sobjects/Case/{held}?fields=Subject")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(8, HttpStatusCode.Created, 2)]
    [InlineData(15, HttpStatusCode.BadRequest, 1)]
    public async Task The_second_of_two_requests_to_one_parent_waits_for_the_first(int seconds, HttpStatusCode second, int notes)
    {
        var id = Org.AddCase();
        var first = await OpenAsync(id, TimeSpan.FromSeconds(seconds), () => CommentAsync(id));
        var pending = CommentAsync(id);
        await UntilAsync(() => Org.Waiting == 1);

        (await Clock.PassUntilAsync(pending)).Status.ShouldBe(second);
        (await Clock.PassUntilAsync(first)).Status.ShouldBe(HttpStatusCode.Created);

        Org.Record(id).Notes.Count.ShouldBe(notes);
    }

    [Fact]
    public async Task Nothing_of_an_open_transaction_can_be_read()
    {
        var id = Org.AddCase();
        var first = await OpenAsync(id, TimeSpan.FromSeconds(5), () => CommentAsync(id));

        Org.Record(id).Notes.ShouldBeEmpty();

        await Clock.PassUntilAsync(first);
        Org.Record(id).Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task In_a_graph_only_the_one_at_the_held_record_fails()
    {
        var (held, free) = (Org.AddCase(), Org.AddCase());
        Org.SetLocked(held, true);

        var answer = await Clock.PassUntilAsync(PostAsync("composite/graph", $$"""{"graphs":[{{Graph("g1", free)}},{{Graph("g2", held)}}]}"""));

        answer.Body!["graphs"]!.AsArray().Select(g => (bool)g!["isSuccessful"]!).ShouldBe([true, false]);
        answer.Text.ShouldContain("UNABLE_TO_LOCK_ROW");
        (Org.Record(free).Notes.Count, Org.Record(held).Notes.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_second_insert_of_a_key_waits_for_the_first_and_cannot_name_it()
    {
        var id = Org.AddCase();
        var row = $$"""{"Key__c":"call-1","Case__c":"{{id}}"}""";
        var first = await OpenAsync(id, TimeSpan.FromSeconds(5), () => PostAsync(Ledger, row));
        var second = PostAsync(Ledger, """{"Key__c":"CALL-1"}""");
        await UntilAsync(() => Org.Waiting == 1);

        var refused = await Clock.PassUntilAsync(second);

        (await first).Status.ShouldBe(HttpStatusCode.Created);
        refused.ErrorCode.ShouldBe("DUPLICATE_VALUE");
        ((string?)refused.Body![0]!["message"]).ShouldBe("duplicate value found: <unknown> duplicates value on record with id: <unknown>");
    }

    [Fact]
    public async Task A_duplicate_that_the_user_may_not_see_has_no_name()
    {
        await PostAsync(Ledger, """{"Key__c":"call-1"}""");
        Org.SetDuplicatesHidden(true);

        var refused = await PostAsync(Ledger, """{"Key__c":"call-1"}""");

        (refused.ErrorCode, (string?)refused.Body![0]!["message"]).ShouldBe(
            ("DUPLICATE_VALUE", "duplicate value found: <unknown> duplicates value on record with id: <unknown>"));
    }

    [Fact]
    public async Task A_transaction_goes_on_when_its_client_has_hung_up()
    {
        var id = Org.AddCase();
        Org.Faults.Once(Fault.Named("long-transaction", TimeSpan.FromSeconds(5)), "POST", "*/sobjects/CaseComment");
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var hangUp = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Org.Address, "/services/data/v67.0/sobjects/CaseComment"));
        request.Headers.Authorization = new("Bearer", Token);
        request.Content = Json(Comment(id));
        var pending = client.SendAsync(request, hangUp.Token);
        await UntilAsync(() => Org.IsLocked(id));

        await hangUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(pending);
        Clock.Advance(TimeSpan.FromSeconds(6));

        await UntilAsync(() => !Org.IsLocked(id));
        Org.Record(id).Notes.Count.ShouldBe(1);
    }

    // Answers the request, still running, once its transaction holds the record.
    private async Task<Task<Answer>> OpenAsync(string id, TimeSpan open, Func<Task<Answer>> send)
    {
        Org.Faults.Once(Fault.Named("long-transaction", open), "POST");
        var request = send();
        await UntilAsync(() => Org.IsLocked(id));
        return request;
    }

    private Task<Answer> CommentAsync(string id) => PostAsync("sobjects/CaseComment", Comment(id));

    private static string Comment(string id) => $$"""{"ParentId":"{{id}}","CommentBody":"x"}""";

    private static string Graph(string graph, string id) => $$"""
        {"graphId":"{{graph}}","compositeRequest":[{"method":"POST","url":"/services/data/v67.0/sobjects/CaseComment","referenceId":"note","body":{{Comment(id)}}}]}
        """;
}
