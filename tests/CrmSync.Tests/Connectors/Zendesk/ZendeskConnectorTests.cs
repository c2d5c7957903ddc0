using System.Text;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Simulators.Zendesk;
using Microsoft.Extensions.Time.Testing;
using Fault = CrmSync.Simulators.Shared.Fault;

namespace CrmSync.Tests.Connectors.Zendesk;

public sealed class ZendeskConnectorTests
{
    private const string Updates = "/api/v2/tickets/*";
    private const string Uploads = "/api/v2/uploads";

    [Fact]
    public async Task A_note_arrives_as_a_private_comment_with_the_session_s_bytes_as_its_file()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        var parcel = ZendeskConnectorBench.Parcel(101);

        var outcome = await bench.DeliverAsync(parcel);

        var comment = bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem();
        comment.Public.ShouldBeFalse();
        comment.Html.ShouldStartWith("<h3>Call</h3><p>Refund promised.</p>");
        var file = comment.Attachments.ShouldHaveSingleItem();
        file.FileName.ShouldBe(parcel.Attachment.FileName);
        file.Content.ShouldBe(parcel.Session.Bytes.ToArray());
        var receipt = outcome.ShouldBeOfType<Outcome.Delivered>().Receipt;
        receipt.ShouldBe(new Receipt("101", $"{comment.Id}", $"{file.Id}", new Uri(bench.Host.Address, "agent/tickets/101").AbsoluteUri));
    }

    [Fact]
    public async Task A_note_costs_two_calls_and_one_token_serves_many()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("Mode", "OneByOne"));

        await bench.DeliverAsync([ZendeskConnectorBench.Parcel(101), ZendeskConnectorBench.Parcel(102), ZendeskConnectorBench.Parcel(103)]);

        bench.Host.Requests.Calls.ShouldBe(6);
        bench.Host.Requests.Count("POST", "/oauth/tokens").ShouldBe(1);
    }

    [Fact]
    public async Task Three_markers_go_out_with_the_note()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        var parcel = ZendeskConnectorBench.Parcel(101);

        await bench.DeliverAsync(parcel);

        var marker = parcel.Delivery.Key.Marker;
        var comment = bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem();
        comment.Text.ShouldEndWith($"crmsync:{marker}");
        comment.Attachments[0].FileName.ShouldContain(marker);
        bench.Desk.CustomMetadata(101).ShouldHaveSingleItem()!["crmsync"]!["k"]!.ToString().ShouldBe(parcel.Delivery.Key.Value);
    }

    [Fact]
    public async Task A_lost_answer_leaves_doubt_and_the_probe_finds_the_note()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        var parcel = ZendeskConnectorBench.Parcel(101);
        bench.Faults.Once(Fault.DropAfter, "PUT", Updates);

        var outcome = await bench.DeliverAsync(parcel);
        var answer = await bench.ProbeAsync(parcel);

        outcome.ShouldBeOfType<Outcome.InDoubt>().Fault.Reason.ShouldBe(ReasonCodes.NoAnswer);
        var comment = bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem();
        answer.ShouldBeOfType<ProbeAnswer.Found>().Receipt.NoteId.ShouldBe($"{comment.Id}");
    }

    [Fact]
    public async Task A_request_that_was_never_carried_out_is_probed_absent_and_sent_again()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Once(Fault.DropBefore, "PUT", Updates);

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        var answer = await bench.ProbeAsync(ZendeskConnectorBench.Parcel(101));
        var again = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101, mayHaveArrived: true));

        outcome.ShouldBeOfType<Outcome.InDoubt>();
        answer.ShouldBeOfType<ProbeAnswer.Absent>();
        again.ShouldBeOfType<Outcome.Delivered>();
        bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem();
        bench.Host.Requests.Count("POST", Uploads).ShouldBe(1);
        bench.Desk.AbandonedUploads.ShouldBe(0);
    }

    [Fact]
    public async Task A_delivery_that_did_arrive_is_not_sent_again()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101, mayHaveArrived: true));

        outcome.ShouldBeOfType<Outcome.AlreadyDelivered>();
        bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_first_write_that_lands_late_makes_the_second_one_stale()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await ZendeskConnectorBench.StartAsync(simulatorClock: clock);
        bench.Faults.Once(Fault.Slow(TimeSpan.FromSeconds(1)), "PUT", Updates);

        var resend = bench.DeliverAsync(ZendeskConnectorBench.Parcel(101, mayHaveArrived: true));
        while (!resend.IsCompleted)
        {
            // The upload is the last request before the update, which waits for the clock.
            if (bench.Host.Requests.Count("POST", Uploads) == 1 && bench.Desk.Ticket(101).Comments.Count == 0)
            {
                bench.Desk.Comment(101, "the first write, late");
            }

            if (bench.Desk.Ticket(101).Comments.Count == 1)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
        }

        var outcome = await resend;
        outcome.ShouldBeOfType<Outcome.Deferred>().Fault.CrmCode.ShouldBe("409 UpdateConflict");
        bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem().Text.ShouldBe("the first write, late");
    }

    [Fact]
    public async Task A_429_in_plain_text_is_deferred_by_the_time_it_asked_for_and_nothing_more_is_sent()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Once(Fault.Refuse(429, TimeSpan.FromSeconds(41)) with { Name = ZendeskFaultNames.PlainText }, "PUT", Updates);

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        var calls = bench.Host.Requests.Total;
        var next = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(102));

        var deferred = outcome.ShouldBeOfType<Outcome.Deferred>();
        deferred.NotBefore.ShouldBe(TimeSpan.FromSeconds(41));
        deferred.SpendsAttempt.ShouldBeFalse();
        next.ShouldBeOfType<Outcome.Deferred>().Fault.Reason.ShouldBe(ReasonCodes.QuotaExhausted);
        bench.Host.Requests.Total.ShouldBe(calls);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task An_html_error_page_after_the_write_leaves_doubt(int status)
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Once(Fault.FailAfter(status), "PUT", Updates);

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.InDoubt>().Fault.CrmCode.ShouldBe($"{status}");
        (await bench.ProbeAsync(ZendeskConnectorBench.Parcel(101))).ShouldBeOfType<ProbeAnswer.Found>();
    }

    [Fact]
    public async Task A_failed_upload_leaves_no_doubt()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Once(Fault.DropAfter, "POST", Uploads + "*");

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.Deferred>();
        bench.Desk.Ticket(101).Comments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_collision_is_tried_again_later_and_is_no_doubt()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        bench.Faults.Once(Fault.Named(ZendeskFaultNames.DatabaseConflict), "PUT", Updates);

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.Deferred>().Fault.Reason.ShouldBe(ReasonCodes.RecordBusy);
    }

    [Fact]
    public async Task An_upload_that_died_before_the_second_try_is_made_again()
    {
        var theirs = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await ZendeskConnectorBench.StartAsync(simulatorClock: theirs);
        bench.Faults.Once(Fault.Named(ZendeskFaultNames.DatabaseConflict), "PUT", Updates);
        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        theirs.Advance(TimeSpan.FromMinutes(61));

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));

        outcome.ShouldBeOfType<Outcome.Delivered>();
        bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem().Attachments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_stopped_worker_has_sent_nothing()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        var outcomes = await bench.Connector.DeliverAsync([ZendeskConnectorBench.Parcel(101)], stopped.Token);

        var deferred = outcomes.ShouldHaveSingleItem().ShouldBeOfType<Outcome.Deferred>();
        deferred.Fault.Reason.ShouldBe(ReasonCodes.Stopping);
        deferred.SpendsAttempt.ShouldBeFalse();
        bench.Host.Requests.Total.ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_no_doubt_and_spends_nothing()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101));
        await bench.Host.DisposeAsync();

        var outcome = await bench.DeliverAsync(ZendeskConnectorBench.Parcel(102));

        var deferred = outcome.ShouldBeOfType<Outcome.Deferred>();
        deferred.Fault.Reason.ShouldBe(ReasonCodes.CrmUnreachable);
        deferred.SpendsAttempt.ShouldBeFalse();
    }

    [Fact]
    public async Task A_note_that_is_too_long_is_cut_and_keeps_its_marker()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync();
        var parcel = ZendeskConnectorBench.Parcel(101, note: $"<ul>{string.Concat(Enumerable.Repeat("<li>😀 &amp; more</li>", 5_000))}</ul>");

        await bench.DeliverAsync(parcel);

        var html = bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem().Html;
        Encoding.UTF8.GetByteCount(html).ShouldBeInRange(59_000, 60_000);
        html.ShouldContain("</li></ul><p>");
        html.ShouldContain(parcel.Attachment.FileName);
        html.ShouldEndWith($"<p><small>crmsync:{parcel.Delivery.Key.Marker}</small></p>");
    }

    [Fact]
    public async Task What_people_typed_arrives_as_typed()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("Format", "PlainText"));
        const string Typed = "{{ticket.id}} =1+1 \r\n<b>not bold</b> 😀 ñ";

        await bench.DeliverAsync(ZendeskConnectorBench.Parcel(101, note: Typed));

        bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem().Text.ShouldStartWith(Typed.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Json_below_the_note_saves_the_upload_where_it_fits()
    {
        await using var bench = await ZendeskConnectorBench.StartAsync(options: ("Attach", "Inline"));
        var small = ZendeskConnectorBench.Parcel(101);
        var large = ZendeskConnectorBench.Parcel(102, note: $"<p>{new string('x', 59_970)}</p>");

        await bench.DeliverAsync(small);
        await bench.DeliverAsync(large);

        var comment = bench.Desk.Ticket(101).Comments.ShouldHaveSingleItem();
        comment.Attachments.ShouldBeEmpty();
        comment.Text.ShouldContain(Encoding.UTF8.GetString(small.Session.Bytes.Span));
        bench.Desk.Ticket(102).Comments.ShouldHaveSingleItem().Attachments.ShouldHaveSingleItem();
        bench.Host.Requests.Count("POST", Uploads).ShouldBe(1);
    }
}
