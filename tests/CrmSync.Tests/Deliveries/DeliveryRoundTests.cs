using System.Text;
using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Deliveries;

/// <summary>The round on a real SQLite ledger; the CRM's answers are the test's.</summary>
public sealed class DeliveryRoundTests : RoundTest
{
    [Fact]
    public async Task A_due_delivery_is_resolved_packed_sent_and_written_down()
    {
        await AddAsync(48211, ticket: "4711");

        (await RunAsync()).ShouldBe(1);

        var delivery = await OneAsync(48211);
        delivery.State.ShouldBe(DeliveryState.Delivered);
        delivery.Receipt!.RecordId.ShouldBe("4711");
        delivery.Attempts.ShouldBe(1);
        Encoding.UTF8.GetString(Remote.Sent.ShouldHaveSingleItem().Attachment.Content.Span).ShouldContain("\"id\":48211");
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_looked_for_before_anything_is_sent_again()
    {
        await AddAsync(1, ticket: "4711");
        Remote.Deliver = _ => new Outcome.InDoubt(new Fault(ReasonCodes.NoAnswer, "No answer came."));
        Remote.Probe = _ => new ProbeAnswer.Found(Some.Receipt);

        await RunAsync();
        (await OneAsync(1)).State.ShouldBe(DeliveryState.InDoubt);
        await RunAsync();
        Remote.Probed.ShouldBeEmpty("the settle time is not over");
        Clock.Advance(Remote.Traits.Settle);
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Delivered);
        Remote.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_probe_does_not_find_is_sent_again_in_the_same_round()
    {
        await AddAsync(1, ticket: "4711");
        var answers = new Queue<Outcome>([new Outcome.InDoubt(Some.Fault), new Outcome.Delivered(Some.Receipt)]);
        Remote.Deliver = _ => answers.Dequeue();

        await RunAsync();
        Clock.Advance(Remote.Traits.Settle);
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Delivered);
        Remote.Sent.Count.ShouldBe(2);
        Remote.Sent[1].Delivery.MayHaveArrived.ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_that_died_while_it_was_sending_leaves_a_doubt_not_a_second_note()
    {
        await AddAsync(1, ticket: "4711");
        var claimed = (await Ledger.ClaimAsync(Crm, 1, TimeSpan.FromMinutes(5), Cancel)).ShouldHaveSingleItem();
        await Ledger.BeginAsync([new AttemptStart(claimed.Id, claimed.Token, new TicketRef("ticket", "4711"), TimeSpan.Zero)], Cancel);
        Remote.Probe = _ => new ProbeAnswer.Found(Some.Receipt);

        await RestartAsync();
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Delivered);
        Remote.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_spellings_of_one_ticket_are_sent_one_after_the_other()
    {
        await AddAsync(1, ticket: "A", endedMinutesAgo: 20);
        await AddAsync(2, ticket: "B", endedMinutesAgo: 10);
        Remote.Resolve = _ => new Resolution.Found(new TicketRef("ticket", "the same"));
        var batches = new List<long[]>();
        Remote.Deliver = parcel =>
        {
            batches.Add([parcel.Session.Key.Id]);
            return new Outcome.Delivered(Some.Receipt);
        };

        await RunAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();

        batches.ShouldBe([[1L], [2L]]);
    }

    [Fact]
    public async Task A_session_without_a_ticket_waits_and_is_parked_when_the_wait_is_over()
    {
        await AddAsync(1, ticket: null);
        Remote.Resolve = _ => new Resolution.NotYet(new Fault(ReasonCodes.NoTicketYet, "The session has no ticket yet."));

        await RunAsync();
        (await OneAsync(1)).State.ShouldBe(DeliveryState.Ready);
        Clock.Advance(TimeSpan.FromHours(25));
        await RunAsync();

        var delivery = await OneAsync(1);
        delivery.State.ShouldBe(DeliveryState.Parked);
        delivery.Fault!.Reason.ShouldBe(ReasonCodes.NoTicket);
    }

    [Theory]
    [InlineData(null, DeliveryState.Skipped)]
    [InlineData(false, DeliveryState.Skipped)]
    [InlineData(true, DeliveryState.Ready)]
    public async Task The_route_has_the_last_word_on_whether_a_ticket_is_expected(bool? expected, DeliveryState state)
    {
        await AddAsync(1, ticket: null);
        Routes.Expected = expected;
        Remote.Resolve = _ => new Resolution.NotExpected(new Fault(ReasonCodes.NoTicketExpected, "It was deflected."));

        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(state);
    }

    [Fact]
    public async Task What_a_connector_refuses_goes_to_theRoutes_fallback()
    {
        await AddAsync(1, ticket: "4711");
        Routes.FallbackConnector = Fallback;
        Remote.Deliver = _ => new Outcome.Refused(new Fault(ReasonCodes.TicketClosed, "The ticket is closed."));

        await RunAsync();

        var deliveries = (await Ledger.HistoryAsync(Session(1), Cancel))!.Deliveries;
        deliveries.Select(d => (d.Connector, d.State)).ShouldBe([(Crm, DeliveryState.Skipped), (Fallback, DeliveryState.Ready)], ignoreOrder: true);
    }

    [Fact]
    public async Task What_may_have_arrived_is_parked_and_not_sent_to_the_fallback_as_well()
    {
        await AddAsync(1, ticket: "4711");
        Routes.FallbackConnector = Fallback;
        var answers = new Queue<Outcome>([new Outcome.InDoubt(Some.Fault), new Outcome.Refused(Some.Fault)]);
        Remote.Deliver = _ => answers.Dequeue();

        await RunAsync();
        Clock.Advance(Remote.Traits.Settle);
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Parked);
    }

    [Fact]
    public async Task An_outage_pauses_the_connector_and_spends_nothing()
    {
        await AddAsync(1, ticket: "4711");
        await AddAsync(2, ticket: "4712");
        Remote.Traits = Some.Traits with { BatchMax = 1 };
        Remote.Deliver = _ => new Outcome.Deferred(new Fault(ReasonCodes.CrmUnreachable, "No connection."), SpendsAttempt: false);

        await RunAsync();

        Remote.Sent.Count.ShouldBe(1);
        (await Ledger.PauseOfAsync(Crm, Cancel))!.Fault.Reason.ShouldBe(ReasonCodes.CrmUnreachable);
        (await OneAsync(1)).Attempts.ShouldBe(0);
    }

    [Fact]
    public async Task Bad_credentials_halt_the_connector_for_everything_that_waits()
    {
        await AddAsync(1, ticket: "4711");
        await AddAsync(2, ticket: "4712");
        Remote.Traits = Some.Traits with { BatchMax = 1 };
        Remote.Deliver = _ => new Outcome.Halted(new Fault(ReasonCodes.AuthFailed, "The secret is not accepted."));

        await RunAsync();
        Remote.Sent.Count.ShouldBe(1);
        Clock.Advance(TimeSpan.FromMinutes(6));
        Remote.Deliver = _ => new Outcome.Delivered(Some.Receipt);
        await RunAsync();

        (await OneAsync(1)).State.ShouldBe(DeliveryState.Delivered);
        (await OneAsync(2)).State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_connector_that_breaks_leaves_what_it_had_begun_in_doubt()
    {
        await AddAsync(1, ticket: "4711");
        Remote.Deliver = _ => throw new InvalidOperationException("a bug");

        await RunAsync();

        var delivery = await OneAsync(1);
        delivery.State.ShouldBe(DeliveryState.InDoubt);
        delivery.Fault!.Reason.ShouldBe(ReasonCodes.InternalError);
    }

    [Fact]
    public async Task A_stop_before_anything_was_sent_releases_the_claim()
    {
        await AddAsync(1, ticket: "4711");
        using var stop = new CancellationTokenSource();
        Remote.Resolve = _ =>
        {
            stop.Cancel();
            return new Resolution.Found(new TicketRef("ticket", "4711"));
        };

        await Round().RunAsync(Remote, stop.Token);

        var delivery = await OneAsync(1);
        delivery.State.ShouldBe(DeliveryState.Ready);
        delivery.MayHaveArrived.ShouldBeFalse();
        Remote.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_claimed_together_is_sent_and_written_down_batch_by_batch()
    {
        await AddManyAsync(5);
        Remote.Traits = Some.Traits with { BatchMax = 1, ClaimMax = 5 };
        var delivered = new List<long>();
        Remote.Meanwhile = async _ => delivered.Add((await Ledger.SummarizeAsync(Cancel)).Counts
            .Where(count => count.State is DeliveryState.Delivered).Sum(count => count.Count));

        (await RunAsync()).ShouldBe(5);

        delivered.ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public async Task After_trouble_the_rest_of_a_claim_waits_and_has_spent_nothing()
    {
        await AddManyAsync(5);
        Remote.Traits = Some.Traits with { BatchMax = 1, ClaimMax = 5 };
        var answers = new Queue<Outcome>([new Outcome.Delivered(Some.Receipt), new Outcome.Halted(Some.Fault)]);
        Remote.Deliver = _ => answers.Dequeue();

        await RunAsync();

        Remote.Sent.Count.ShouldBe(2);
        (await Ledger.PauseOfAsync(Crm, Cancel)).ShouldNotBeNull();
        var waiting = new List<Delivery>();
        for (var id = 1; id <= 5; id++)
        {
            waiting.Add(await OneAsync(id));
        }

        waiting.Count(delivery => delivery is { State: DeliveryState.Ready, Attempts: 0 }).ShouldBe(4);
    }
}
