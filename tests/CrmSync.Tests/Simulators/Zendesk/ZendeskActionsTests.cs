using System.Net;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.Tests.Simulators.Zendesk;

/// <summary>What a person sets with curl at <c>/_sim/actions</c>, seen through the Support API.</summary>
public sealed class ZendeskActionsTests : IAsyncLifetime
{
    private ZendeskBench _bench = null!;

    public async ValueTask InitializeAsync() =>
        _bench = await ZendeskBench.StartAsync(new ZendeskSettings { Tickets = [101, 102], JobDelay = TimeSpan.FromMinutes(1) });

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task An_added_ticket_can_be_read_and_is_not_added_twice()
    {
        ((long)(await DoAsync("add-ticket", """{"id":4711}"""))["id"]!).ShouldBe(4711);

        (await ReadAsync(4711)).ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefusedAsync("add-ticket", """{"id":4711}""", "id");
        (await ReadAsync((long)(await DoAsync("add-ticket", "{}"))["id"]!)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_closed_ticket_takes_no_comment()
    {
        await DoAsync("set-status", """{"id":101,"status":"closed"}""");

        (await CommentAsync(101)).ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_deleted_ticket_is_gone_until_it_is_restored()
    {
        await DoAsync("delete-ticket", """{"id":101}""");
        (await ReadAsync(101)).ShouldBe(HttpStatusCode.NotFound);

        await DoAsync("delete-ticket", """{"id":101,"on":false}""");
        (await ReadAsync(101)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_hidden_ticket_is_forbidden()
    {
        await DoAsync("hide-ticket", """{"id":101}""");
        (await CommentAsync(101)).ShouldBe(HttpStatusCode.Forbidden);

        await DoAsync("hide-ticket", """{"id":101,"on":false}""");
        (await CommentAsync(101)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_merged_ticket_is_closed_and_says_where_it_went()
    {
        await DoAsync("merge-tickets", """{"source":101,"target":102}""");

        (await CommentAsync(101)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        var (_, comments) = await _bench.SendAsync("GET", "/api/v2/tickets/101/comments");
        comments.ToJsonString().ShouldContain("merged into request #102");
        await ShouldBeRefusedAsync("merge-tickets", """{"source":102,"target":102}""", "target");
    }

    [Fact]
    public async Task An_archived_ticket_is_closed()
    {
        await DoAsync("archive-ticket", """{"id":101}""");

        (await CommentAsync(101)).ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_comment_makes_a_safe_update_stale()
    {
        var stamp = await _bench.StampAsync(101);
        await DoAsync("comment", """{"id":101,"text":"I am on it"}""");
        var update = ZendeskBench.Update("note");
        update["ticket"]!["safe_update"] = true;
        update["ticket"]!["updated_stamp"] = stamp;

        var (response, _) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", update);

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Expired_tokens_are_answered_401()
    {
        await DoAsync("expire-tokens", "{}");

        (await ReadAsync(101)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_limits_of_a_plan_refuse_what_is_above_them()
    {
        await DoAsync("limits", """{"plan":"team"}""");
        var (response, _) = await _bench.SendAsync("GET", "/api/v2/tickets/101");
        response.Headers.GetValues("X-Rate-Limit").ShouldBe(["200"]);
        for (var i = 1; i < 200; i++)
        {
            (await ReadAsync(101)).ShouldBe(HttpStatusCode.OK);
        }

        (await ReadAsync(101)).ShouldBe(HttpStatusCode.TooManyRequests);
        await DoAsync("limits", """{"plan":"none"}""");
        (await ReadAsync(101)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_killed_job_is_half_done_and_says_nothing()
    {
        var (_, queued) = await _bench.SendAsync("PUT", "/api/v2/tickets/update_many", new JsonObject
        {
            ["tickets"] = new JsonArray(Bulk(101), Bulk(102)),
        });

        await DoAsync("kill-jobs", "{}");

        var (_, job) = await _bench.SendAsync("GET", $"/api/v2/job_statuses/{queued["job_status"]!["id"]}");
        ((string?)job["job_status"]!["status"]).ShouldBe("killed");
        _bench.Desk.Ticket(101).Comments.Count.ShouldBe(1);
        _bench.Desk.Ticket(102).Comments.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_action_after_a_reset_means_the_new_account()
    {
        await _bench.SendAsync("POST", "/_sim/reset");
        await _bench.SignInAsync();

        await DoAsync("set-status", """{"id":101,"status":"closed"}""");

        (await CommentAsync(101)).ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("set-status", """{"id":101,"status":"shut"}""", "status", "closed")]
    [InlineData("set-status", """{"id":999,"status":"closed"}""", "id", null)]
    [InlineData("set-status", """{"id":"101","status":"closed"}""", "id", null)]
    [InlineData("set-status", """{"id":1.5,"status":"closed"}""", "id", null)]
    [InlineData("limits", """{"plan":"suite"}""", "plan", "enterprise")]
    [InlineData("comment", """{"id":101}""", "text", null)]
    public Task A_wrong_member_is_named_and_what_is_allowed_is_listed(string action, string body, string member, string? allowed) =>
        ShouldBeRefusedAsync(action, body, member, allowed);

    private static JsonObject Bulk(long id) => new() { ["id"] = id, ["comment"] = new JsonObject { ["body"] = "note", ["public"] = false } };

    private async Task<JsonNode> DoAsync(string action, string body)
    {
        var (response, told) = await _bench.SendAsync("POST", $"/_sim/actions/{action}", JsonNode.Parse(body));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, told.ToJsonString());
        return told;
    }

    private async Task ShouldBeRefusedAsync(string action, string body, string member, string? allowed = null)
    {
        var (response, told) = await _bench.SendAsync("POST", $"/_sim/actions/{action}", JsonNode.Parse(body));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)told["member"]).ShouldBe(member);
        if (allowed is not null)
        {
            told["allowed"]!.AsArray().Select(a => (string?)a).ShouldContain(allowed);
        }
    }

    private async Task<HttpStatusCode> ReadAsync(long id) => (await _bench.SendAsync("GET", $"/api/v2/tickets/{id}")).Response.StatusCode;

    private async Task<HttpStatusCode> CommentAsync(long id) =>
        (await _bench.SendAsync("PUT", $"/api/v2/tickets/{id}", ZendeskBench.Update("note"))).Response.StatusCode;
}
