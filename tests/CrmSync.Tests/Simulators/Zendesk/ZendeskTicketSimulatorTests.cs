using System.Net;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.Tests.Simulators.Zendesk;

public sealed class ZendeskTicketSimulatorTests : IAsyncLifetime
{
    private ZendeskBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ZendeskBench.StartAsync(new ZendeskSettings
    {
        Tickets = [101, 102],
        Fields = [new(360001, "Disposition", "tagger", ["billing", "sales"])],
    });

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_note_with_its_file_lands_on_the_ticket_once()
    {
        var token = await _bench.UploadAsync("session-1.json", """{"id":1}""");

        var (response, body) = await _bench.SendAsync("PUT", "/api/v2/tickets/101.json", ZendeskBench.Update("<p>Hello</p>", token));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        body["audit"]!["id"].ShouldNotBeNull();
        var comment = _bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem();
        comment.Public.ShouldBeFalse();
        comment.Text.ShouldBe("Hello");
        comment.Attachments.ShouldHaveSingleItem().FileName.ShouldBe("session-1.json");
    }

    [Fact]
    public async Task A_comment_that_does_not_say_public_takes_over_what_the_ticket_began_with()
    {
        var silent = new JsonObject { ["ticket"] = new JsonObject { ["comment"] = new JsonObject { ["body"] = "Hi" } } };
        _bench.Desk.SetPublicByDefault(102, false);

        await _bench.SendAsync("PUT", "/api/v2/tickets/101", silent.DeepClone());
        await _bench.SendAsync("PUT", "/api/v2/tickets/102", silent);

        _bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem().Public.ShouldBeTrue();
        _bench.Desk.Ticket(102).Comments.ShouldHaveSingleItem().Public.ShouldBeFalse();
    }

    [Fact]
    public async Task A_safe_update_with_an_old_stamp_is_a_conflict_and_changes_nothing()
    {
        var update = ZendeskBench.Update("<p>Late</p>");
        update["ticket"]!["safe_update"] = true;
        update["ticket"]!["updated_stamp"] = await _bench.StampAsync(101);
        _bench.Desk.Comment(101, "somebody was faster");

        var (response, body) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", update);

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        body["error"]!.ToString().ShouldBe("UpdateConflict");
        _bench.Desk.Ticket(101).Comments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_safe_update_with_the_ticket_s_stamp_passes_and_moves_the_stamp()
    {
        var stamp = await _bench.StampAsync(101);
        var update = ZendeskBench.Update("<p>In time</p>");
        update["ticket"]!["safe_update"] = true;
        update["ticket"]!["updated_stamp"] = stamp;

        var (first, _) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", update.DeepClone());
        var (second, _) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", update);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("""{"ticket":{"safe_update":true}}""")]
    [InlineData("""{"ticket":{"updated_stamp":"2026-11-23T09:00:00Z"}}""")]
    [InlineData("""{"ticket":{"safe_update":true,"updated_stamp":"yesterday"}}""")]
    [InlineData("""{"ticket":[]}""")]
    [InlineData("""{"comment":{"body":"x"}}""")]
    public async Task A_malformed_update_is_refused(string json)
    {
        var (response, _) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", JsonNode.Parse(json));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_closed_ticket_says_why_it_refuses()
    {
        _bench.Desk.SetStatus(101, "closed");

        var (response, body) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>x</p>"));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body["details"]!["status"]![0]!["description"]!.ToString().ShouldBe("Status: closed prevents ticket update");
    }

    [Fact]
    public async Task A_merged_ticket_is_closed_and_tells_where_it_went()
    {
        _bench.Desk.Merge(101, 102);

        var (response, _) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>x</p>"));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        _bench.Desk.Ticket(101).Comments[^1].Text.ShouldContain("merged into request #102");
    }

    [Fact]
    public async Task A_deleted_ticket_is_not_found()
    {
        _bench.Desk.Delete(101);

        var (update, body) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>x</p>"));
        var (show, _) = await _bench.SendAsync("GET", "/api/v2/tickets/101");

        update.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        show.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        body["error"]!.ToString().ShouldBe("RecordNotFound");
    }

    [Fact]
    public async Task The_5001st_comment_is_refused()
    {
        for (var i = 0; i < 5_000; i++)
        {
            _bench.Desk.Comment(101, "chatter");
        }

        var (response, _) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update("<p>one more</p>"));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData(65_535, HttpStatusCode.OK)]
    [InlineData(65_536, HttpStatusCode.UnprocessableEntity)]
    public async Task A_comment_has_65535_bytes_at_most(int bytes, HttpStatusCode expected)
    {
        var (response, _) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", ZendeskBench.Update(new string('x', bytes)));

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Tags_replace_and_additional_tags_add()
    {
        _bench.Desk.AddTags(101, "old");
        _bench.Desk.AddTags(102, "old");

        await _bench.SendAsync("PUT", "/api/v2/tickets/101", JsonNode.Parse("""{"ticket":{"tags":["new"]}}"""));
        await _bench.SendAsync("PUT", "/api/v2/tickets/102", JsonNode.Parse("""{"ticket":{"additional_tags":["new"]}}"""));

        _bench.Desk.Ticket(101).Tags.ShouldBe(["new"]);
        _bench.Desk.Ticket(102).Tags.ShouldBe(["new", "old"]);
    }

    [Fact]
    public async Task Metadata_comes_back_as_custom_metadata_of_the_audit()
    {
        var update = ZendeskBench.Update("<p>x</p>");
        update["ticket"]!["metadata"] = new JsonObject { ["crmsync"] = new JsonObject { ["k"] = "key-1" } };
        await _bench.SendAsync("PUT", "/api/v2/tickets/101", update);

        var (_, body) = await _bench.SendAsync("GET", "/api/v2/tickets/101/audits.json");

        body["audits"]![0]!["metadata"]!["custom"]!["crmsync"]!["k"]!.ToString().ShouldBe("key-1");
    }

    [Fact]
    public async Task A_drop_down_refuses_a_value_it_does_not_have()
    {
        var good = JsonNode.Parse("""{"ticket":{"custom_fields":[{"id":360001,"value":"billing"}]}}""");
        var bad = JsonNode.Parse("""{"ticket":{"custom_fields":[{"id":360001,"value":"golf"}]}}""");

        var (accepted, _) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", good);
        var (refused, _) = await _bench.SendAsync("PUT", "/api/v2/tickets/101", bad);

        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        _bench.Desk.Ticket(101).CustomFields[360001].ShouldBe("billing");
    }

    [Fact]
    public async Task A_key_makes_creation_idempotent_for_two_hours()
    {
        _bench.Desk.SetStatus(101, "closed");
        var create = ZendeskBench.Update("<p>again</p>");
        create["ticket"]!["via_followup_source_id"] = 101;

        var (first, made) = await _bench.SendAsync("POST", "/api/v2/tickets", create.DeepClone(), key: "k");
        var (second, same) = await _bench.SendAsync("POST", "/api/v2/tickets", create.DeepClone(), key: "k");
        var (other, _) = await _bench.SendAsync("POST", "/api/v2/tickets", ZendeskBench.Update("<p>other</p>"), key: "k");
        _bench.Clock.Advance(TimeSpan.FromHours(2));
        await _bench.SignInAsync();
        var (late, fresh) = await _bench.SendAsync("POST", "/api/v2/tickets", create, key: "k");

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        first.Headers.GetValues("x-idempotency-lookup").ShouldBe(["miss"]);
        second.Headers.GetValues("x-idempotency-lookup").ShouldBe(["hit"]);
        same["ticket"]!["id"]!.GetValue<long>().ShouldBe(made["ticket"]!["id"]!.GetValue<long>());
        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        late.StatusCode.ShouldBe(HttpStatusCode.Created);
        fresh["ticket"]!["id"]!.GetValue<long>().ShouldNotBe(made["ticket"]!["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task Comments_come_newest_first_in_pages_that_link_on()
    {
        for (var i = 1; i <= 5; i++)
        {
            _bench.Desk.Comment(101, $"comment {i}");
        }

        var (_, first) = await _bench.SendAsync("GET", "/api/v2/tickets/101/comments.json?sort=-created_at&page[size]=2");
        var (_, second) = await _bench.SendAsync("GET", first["links"]!["next"]!.ToString());

        first["comments"]!.AsArray().Select(c => c!["plain_body"]!.ToString()).ShouldBe(["comment 5", "comment 4"]);
        first["meta"]!["has_more"]!.GetValue<bool>().ShouldBeTrue();
        second["comments"]!.AsArray().Select(c => c!["plain_body"]!.ToString()).ShouldBe(["comment 3", "comment 2"]);
    }

    [Fact]
    public async Task Show_many_leaves_out_what_it_does_not_find()
    {
        var (_, body) = await _bench.SendAsync("GET", "/api/v2/tickets/show_many.json?ids=101,999,102");

        body["tickets"]!.AsArray().Select(t => t!["id"]!.GetValue<long>()).ShouldBe([101, 102]);
        body["tickets"]![0]!["encoded_id"]!.ToString().ShouldMatch("^[0-9A-Z]{6}-[0-9A-Z]{4}$");
    }
}
