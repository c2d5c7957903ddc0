using CrmSync.Core.Intake;
using CrmSync.Core.Sessions;
using CrmSync.Core.Sources;
using CrmSync.Tests.Sources;
using static CrmSync.Tests.Sessions.SessionText;

namespace CrmSync.Tests.Intake;

public sealed class IntakeDecisionTests
{
    private static readonly SourceOptions Options = new();

    [Theory]
    [InlineData("2026-05-20T11:50:00Z", "2026-05-20T12:10:00Z")]     // ended 10 minutes ago: 10 more
    [InlineData("2026-05-20T11:40:00Z", "2026-05-20T12:00:00Z")]
    [InlineData("2026-05-19T08:00:00Z", "2026-05-20T12:00:00Z")]     // long settled: now
    [InlineData("2026-05-21T12:00:00Z", "2026-05-20T12:20:00Z")]     // a clock a day ahead delays by no more than the settle time
    public void Notes_are_due_when_the_settle_time_after_the_end_is_over(string endsAt, string dueAt)
    {
        var session = Call($"\"status\":\"finished\",\"ends_at\":\"{endsAt}\"");

        Decide(session).DueAt.ShouldBe(DateTimeOffset.Parse(dueAt, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Without_an_end_the_settle_time_counts_from_now()
    {
        Decide(Call("\"status\":\"finished\"")).DueAt.ShouldBe(Some.Now.AddMinutes(20));
    }

    [Fact]
    public void A_settle_time_of_zero_is_due_at_once()
    {
        var session = Call("\"status\":\"finished\",\"ends_at\":\"2026-05-20T11:59:59Z\"");

        IntakeDecision.Of(session, null, new SourceOptions { SettleAfter = TimeSpan.Zero }, Some.Now).DueAt.ShouldBe(Some.Now);
    }

    [Theory]
    [InlineData("connected")]
    [InlineData("va_assigned")]
    [InlineData("4")]
    [InlineData("something_new")]
    public void A_session_that_is_not_over_is_recorded_and_waits(string status)
    {
        var decision = Decide(Call($"\"status\":\"{status}\",\"ends_at\":\"2026-05-20T10:00:00Z\""));

        decision.IsRevision.ShouldBeTrue();
        decision.DueAt.ShouldBeNull();
        decision.Fault!.Reason.Code.ShouldBe("SESSION_NOT_FINAL");
    }

    [Fact]
    public void A_session_from_before_the_start_date_is_not_delivered()
    {
        var options = new SourceOptions { StartFrom = Some.Now.AddDays(-1) };
        var old = Call("\"status\":\"finished\",\"ends_at\":\"2026-05-19T11:00:00Z\"");
        var scheduledLongAgo = Call("\"status\":\"finished\",\"created_at\":\"2026-04-01T00:00:00Z\",\"ends_at\":\"2026-05-20T11:00:00Z\"");

        IntakeDecision.Of(old, null, options, Some.Now).Fault!.Reason.Code.ShouldBe("BEFORE_START_DATE");
        IntakeDecision.Of(scheduledLongAgo, null, options, Some.Now).Fault.ShouldBeNull();
    }

    [Fact]
    public void The_same_bytes_and_the_same_meaning_are_duplicates()
    {
        var session = Session("""{"id":7,"call_type":"x","status":"finished","rating":4}""");
        var respelled = Session("""{ "rating" : 4.0, "status":"\u0066inished", "call_type":"x", "id":7 }""");

        Decide(session, Known(session)).Kind.ShouldBe(IntakeDecisionKind.Duplicate);
        Decide(respelled, Known(session)).Kind.ShouldBe(IntakeDecisionKind.Duplicate);
    }

    [Fact]
    public void The_newest_updated_at_wins()
    {
        var first = Call("\"status\":\"finished\",\"updated_at\":\"2026-05-20T10:00:00Z\"");
        var second = Call("\"status\":\"finished\",\"updated_at\":\"2026-05-20T03:15:00-07:00\",\"rating\":4");

        Decide(second, Known(first)).Kind.ShouldBe(IntakeDecisionKind.Revision);
        Decide(first, Known(second)).Kind.ShouldBe(IntakeDecisionKind.Older);
    }

    [Fact]
    public void Another_content_with_the_same_updated_at_is_a_revision()
    {
        var first = Call("\"status\":\"finished\",\"updated_at\":\"2026-05-20T10:00:00Z\"");
        var second = Call("\"status\":\"finished\",\"updated_at\":\"2026-05-20T10:00:00Z\",\"rating\":4");

        Decide(second, Known(first)).ShouldSatisfyAllConditions(
            decision => decision.Kind.ShouldBe(IntakeDecisionKind.Revision),
            decision => decision.DueAt.ShouldNotBeNull());
    }

    [Fact]
    public void A_revision_without_news_for_the_agent_is_delivered_only_in_place_of_one_that_waits()
    {
        var first = Call("\"status\":\"finished\",\"rating\":4,\"call_duration\":10");
        var second = Call("\"status\":\"finished\",\"rating\":4,\"call_duration\":11");

        Decide(second, Known(first)).Fault!.Reason.Code.ShouldBe("NOTHING_RELEVANT_CHANGED");
        Decide(second, Known(first) with { HasUnsent = true }).DueAt.ShouldNotBeNull();
        Decide(second, Known(first) with { IsFinal = false }).DueAt.ShouldNotBeNull();
    }

    private static IntakeDecision Decide(SessionMetadata session, KnownSession? known = null) =>
        IntakeDecision.Of(session, known, Options, Some.Now);

    private static KnownSession Known(SessionMetadata session) => new(
        session.Key,
        1,
        session.UpdatedAt,
        session.Revision.ContentSha256,
        session.Revision.SemanticSha256,
        session.Revision.RelevantSha256,
        session.IsFinal);
}
