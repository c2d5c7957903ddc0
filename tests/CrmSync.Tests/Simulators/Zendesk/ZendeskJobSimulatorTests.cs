using System.Net;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;
using CrmSync.Simulators.Zendesk;

namespace CrmSync.Tests.Simulators.Zendesk;

public sealed class ZendeskJobSimulatorTests
{
    private static readonly long[] Tickets = [101, 102, 103, 104];

    [Fact]
    public async Task A_job_is_queued_first_and_reports_per_ticket_later()
    {
        await using var bench = await StartAsync(TimeSpan.FromSeconds(5));
        bench.Desk.SetStatus(102, "closed");

        var (queued, body) = await bench.SendAsync("PUT", "/api/v2/tickets/update_many.json?ids=undefined", Batch());
        var id = body["job_status"]!["id"]!.ToString();
        var (_, early) = await bench.SendAsync("GET", $"/api/v2/job_statuses/{id}.json");
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        var (_, late) = await bench.SendAsync("GET", $"/api/v2/job_statuses/show_many.json?ids={id}");

        queued.StatusCode.ShouldBe(HttpStatusCode.OK);
        early["job_status"]!["status"]!.ToString().ShouldBe("queued");
        var job = late["job_statuses"]![0]!;
        job["status"]!.ToString().ShouldBe("completed");
        job["results"]!.AsArray().Select(r => r!["success"]!.GetValue<bool>()).ShouldBe([true, false, true, true]);
        job["results"]![0]!.AsObject().Select(member => member.Key).ShouldBe(["id", "action", "status", "success"]);
        job["results"]![1]!["details"]!.ToString().ShouldBe("Status: closed prevents ticket update");
    }

    [Fact]
    public async Task A_ticket_that_changed_since_the_job_was_queued_is_a_conflict()
    {
        await using var bench = await StartAsync(TimeSpan.FromSeconds(5));
        var (_, body) = await bench.SendAsync("PUT", "/api/v2/tickets/update_many", Batch());

        bench.Desk.Comment(103, "somebody was faster");
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        var (_, status) = await bench.SendAsync("GET", $"/api/v2/job_statuses/{body["job_status"]!["id"]}");

        status["job_status"]!["results"]![2]!["error"]!.ToString().ShouldBe("UpdateConflict");
    }

    [Fact]
    public async Task A_killed_job_has_done_half_and_reports_nothing()
    {
        await using var bench = await StartAsync(TimeSpan.Zero);
        bench.Host.Faults.Once(Fault.Named(ZendeskFaultNames.JobKilled), "PUT");

        var (_, body) = await bench.SendAsync("PUT", "/api/v2/tickets/update_many", Batch());
        var (_, status) = await bench.SendAsync("GET", $"/api/v2/job_statuses/{body["job_status"]!["id"]}");

        status["job_status"]!["status"]!.ToString().ShouldBe("killed");
        status["job_status"]!["results"].ShouldBeNull();
        bench.Desk.Touched().Select(ticket => ticket.Id).ShouldBe([101, 102]);
    }

    [Fact]
    public async Task A_job_whose_answer_was_lost_is_on_the_list_of_jobs()
    {
        await using var bench = await StartAsync(TimeSpan.Zero);
        bench.Host.Faults.Once(Fault.DropAfter, "PUT");

        await Should.ThrowAsync<HttpRequestException>(() => bench.SendAsync("PUT", "/api/v2/tickets/update_many", Batch()));
        var (_, jobs) = await bench.SendAsync("GET", "/api/v2/job_statuses");

        jobs["job_statuses"]!.AsArray().ShouldHaveSingleItem();
        bench.Desk.Touched().Count.ShouldBe(4);
    }

    [Fact]
    public async Task More_than_30_jobs_at_once_are_too_many()
    {
        await using var bench = await StartAsync(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 30; i++)
        {
            await bench.SendAsync("PUT", "/api/v2/tickets/update_many", Batch());
        }

        var (response, body) = await bench.SendAsync("PUT", "/api/v2/tickets/update_many", Batch());

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        body["error"]!.ToString().ShouldBe("TooManyJobs");
        body["current_job_ids"]!.AsArray().Count.ShouldBe(30);
    }

    [Fact]
    public async Task More_than_100_tickets_are_too_many_values()
    {
        await using var bench = await StartAsync(TimeSpan.Zero);
        var many = new JsonObject
        {
            ["tickets"] = new JsonArray([.. Enumerable.Range(1, 101).Select(id => (JsonNode)new JsonObject { ["id"] = id })]),
        };

        var (response, body) = await bench.SendAsync("PUT", "/api/v2/tickets/update_many", many);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!.ToString().ShouldBe("TooManyValues");
    }

    private static Task<ZendeskBench> StartAsync(TimeSpan delay) =>
        ZendeskBench.StartAsync(new ZendeskSettings { Tickets = Tickets, JobDelay = delay });

    private static JsonObject Batch() => new()
    {
        ["tickets"] = new JsonArray([.. Tickets.Select(id => (JsonNode)new JsonObject
        {
            ["id"] = id,
            ["comment"] = new JsonObject { ["html_body"] = $"<p>{id}</p>", ["public"] = false },
            ["additional_tags"] = new JsonArray($"crmsync_{id}"),
        })]),
    };
}
