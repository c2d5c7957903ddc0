using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Deliveries;

public sealed class RetryPolicyTests
{
    private readonly DeliveryOptions _options = new();

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 12.5)]
    [InlineData(3, 31.25)]
    [InlineData(40, 3600)]
    public void The_longest_delay_grows_by_the_factor_up_to_the_cap(int attempts, double seconds)
    {
        var verdict = Policy(jitter: 1).Weigh(Some.Delivery with { Attempts = attempts }, new Outcome.Deferred(Some.Fault), Some.Traits, Some.Noon);

        verdict.ShouldBeOfType<Verdict.Again>().After.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(60, 60)]
    [InlineData(3 * 24 * 3600, 24 * 3600)]
    public void The_later_of_our_delay_and_theirs_wins_up_to_a_day(int theirSeconds, int expectedSeconds)
    {
        var outcome = new Outcome.Deferred(Some.Fault, TimeSpan.FromSeconds(theirSeconds));

        var verdict = Policy(jitter: 1).Weigh(Some.Delivery, outcome, Some.Traits, Some.Noon);

        verdict.ShouldBeOfType<Verdict.Again>().After.ShouldBe(TimeSpan.FromSeconds(expectedSeconds));
    }

    [Fact]
    public void A_delivery_in_doubt_is_probed_after_the_settle_time_and_not_before()
    {
        var traits = Some.Traits with { Settle = TimeSpan.FromSeconds(90) };

        var verdict = Policy().Weigh(Some.Delivery, new Outcome.InDoubt(Some.Fault), traits, Some.Noon);

        verdict.ShouldBe(new Verdict.Again(TimeSpan.FromSeconds(90), Some.Fault, InDoubt: true, SpendsAttempt: true));
    }

    [Fact]
    public void A_CRM_that_asks_for_seconds_before_anything_was_sent_gets_no_more_however_often_was_tried_before()
    {
        var outcome = new Outcome.Deferred(Some.Fault, TimeSpan.FromSeconds(6), SpendsAttempt: false);

        var verdict = Policy(jitter: 1).Weigh(Some.Delivery with { Attempts = 9 }, outcome, Some.Traits, Some.Noon);

        verdict.ShouldBeOfType<Verdict.Again>().After.ShouldBe(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void Doubt_survives_a_later_try_that_never_got_through()
    {
        var delivery = Some.Delivery with { MayHaveArrived = true };

        var verdict = Policy().Weigh(delivery, new Outcome.Deferred(Some.Fault, SpendsAttempt: false), Some.Traits, Some.Noon);

        verdict.ShouldBeOfType<Verdict.Again>().InDoubt.ShouldBeTrue();
    }

    [Fact]
    public void Retries_end_when_their_time_is_over()
    {
        var verdict = Policy().Weigh(Some.Delivery, new Outcome.Deferred(Some.Fault), Some.Traits, Some.Noon + _options.GiveUpAfter);

        verdict.ShouldBeOfType<Verdict.GiveUp>().Fault.Reason.ShouldBe(ReasonCodes.GaveUp);
    }

    [Fact]
    public void An_outage_of_the_connector_never_runs_a_delivery_out_of_time()
    {
        var outcome = new Outcome.Deferred(Some.Fault, SpendsAttempt: false);

        var verdict = Policy().Weigh(Some.Delivery, outcome, Some.Traits, Some.Noon.AddDays(30));

        verdict.ShouldBeOfType<Verdict.Again>().SpendsAttempt.ShouldBeFalse();
    }

    [Fact]
    public void One_in_doubt_is_probed_before_anybody_gives_up()
    {
        var verdict = Policy().Weigh(Some.Delivery, new Outcome.InDoubt(Some.Fault), Some.Traits, Some.Noon.AddDays(30));

        verdict.ShouldBeOfType<Verdict.Again>().InDoubt.ShouldBeTrue();
    }

    [Fact]
    public void A_halted_connector_spends_no_attempt()
    {
        var verdict = Policy().Weigh(Some.Delivery, new Outcome.Halted(Some.Fault), Some.Traits, Some.Noon);

        verdict.ShouldBe(new Verdict.Again(_options.HaltedPause, Some.Fault, InDoubt: false, SpendsAttempt: false));
    }

    [Fact]
    public void A_missing_ticket_is_waited_for_and_then_parked_under_its_own_reason()
    {
        var missing = new Resolution.NotYet(new Fault(ReasonCodes.NoTicketYet, "No ticket yet."));

        Policy().Weigh(Some.Delivery, missing, Some.Traits, Some.Noon.AddHours(23)).ShouldBeOfType<Verdict.Again>();
        Policy().Weigh(Some.Delivery, missing, Some.Traits, Some.Noon.AddHours(24))
            .ShouldBeOfType<Verdict.Park>().Fault.Reason.ShouldBe(ReasonCodes.NoTicket);
    }

    [Fact]
    public void Absent_once_is_asked_again_where_the_connector_wants_two_answers()
    {
        var traits = Some.Traits with { SecondProbeAfter = TimeSpan.FromSeconds(30) };

        Policy().Weigh(Some.Delivery with { Probes = 1 }, new ProbeAnswer.Absent(), traits, Some.Noon)
            .ShouldBeOfType<Verdict.Again>().After.ShouldBe(TimeSpan.FromSeconds(30));
        Policy().Weigh(Some.Delivery with { Probes = 2 }, new ProbeAnswer.Absent(), traits, Some.Noon).ShouldBeNull();
        Policy().Weigh(Some.Delivery with { Probes = 1 }, new ProbeAnswer.Absent(), Some.Traits, Some.Noon).ShouldBeNull();
    }

    [Fact]
    public void Every_outcome_resolution_and_probe_answer_has_a_rule()
    {
        foreach (var outcome in Cases<Outcome>(new Dictionary<Type, object?> { [typeof(Fault)] = Some.Fault, [typeof(Receipt)] = Some.Receipt }))
        {
            Policy().Weigh(Some.Delivery, outcome, Some.Traits, Some.Noon).ShouldNotBeNull();
        }

        var arguments = new Dictionary<Type, object?> { [typeof(Fault)] = Some.Fault, [typeof(Receipt)] = Some.Receipt, [typeof(Outcome)] = new Outcome.Refused(Some.Fault) };
        foreach (var resolution in Cases<Resolution>(arguments).Where(r => r is not Resolution.Found))
        {
            Policy().Weigh(Some.Delivery, resolution, Some.Traits, Some.Noon).ShouldNotBeNull();
        }

        foreach (var answer in Cases<ProbeAnswer>(arguments))
        {
            Should.NotThrow(() => Policy().Weigh(Some.Delivery, answer, Some.Traits, Some.Noon));
        }
    }

    private static IEnumerable<T> Cases<T>(IReadOnlyDictionary<Type, object?> arguments) => typeof(T).GetNestedTypes()
        .Where(type => type.IsSubclassOf(typeof(T)))
        .Select(type => type.GetConstructors().Single())
        .Select(constructor => (T)constructor.Invoke([.. constructor.GetParameters().Select(p => arguments.GetValueOrDefault(p.ParameterType) ?? Default(p.ParameterType))]));

    private static object? Default(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;

    private RetryPolicy Policy(double jitter = 0.5) => new(_options, () => jitter);
}
