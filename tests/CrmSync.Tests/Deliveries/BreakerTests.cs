using CrmSync.Core.Deliveries;

namespace CrmSync.Tests.Deliveries;

public sealed class BreakerTests
{
    private static readonly DeliveryOptions Options = new();
    private static readonly Outcome Down = new Outcome.Deferred(Some.Fault, SpendsAttempt: false);
    private static readonly Outcome Fine = new Outcome.Delivered(Some.Receipt);
    private static readonly Outcome Doubt = new Outcome.InDoubt(Some.Fault);
    private static readonly ConnectorSign.Trouble Outage = new(Some.Fault, IsHalt: false, NotBefore: null);
    private static readonly ConnectorSign.Trouble Halt = new(Some.Fault, IsHalt: true, NotBefore: null);

    [Fact]
    public void Trouble_of_one_delivery_alone_says_that_the_connector_works()
    {
        Breaker.SignOf([new Outcome.Refused(Some.Fault), new Outcome.Deferred(Some.Fault), Doubt], 0).ShouldBeOfType<ConnectorSign.Works>();
    }

    [Fact]
    public void A_limit_of_one_record_stops_nobody_else()
    {
        var busy = new Outcome.Deferred(Some.Fault, TimeSpan.FromMinutes(9), SpendsAttempt: false) { OthersGoOn = true };

        Breaker.SignOf([busy], 0).ShouldBeOfType<ConnectorSign.Works>();
    }

    [Fact]
    public void An_outage_is_trouble_even_when_something_got_through()
    {
        Breaker.SignOf([Fine, Down], 0).ShouldBeOfType<ConnectorSign.Trouble>().IsHalt.ShouldBeFalse();
    }

    [Fact]
    public void Bad_credentials_weigh_more_than_an_outage()
    {
        Breaker.SignOf([Down, new Outcome.Halted(Some.Fault)], 0).ShouldBeOfType<ConnectorSign.Trouble>().IsHalt.ShouldBeTrue();
    }

    [Fact]
    public void One_lost_answer_may_be_chance_and_five_batches_without_any_are_not()
    {
        for (var before = 0; before < Breaker.SilentBatchesMax - 1; before++)
        {
            Breaker.SignOf([Doubt, Doubt], before).ShouldBeOfType<ConnectorSign.Silence>();
        }

        Breaker.SignOf([Doubt], Breaker.SilentBatchesMax - 1).ShouldBeOfType<ConnectorSign.Trouble>();
        Breaker.SignOf([], 100).ShouldBeOfType<ConnectorSign.Nothing>();
    }

    [Fact]
    public void Pauses_of_an_outage_double_from_five_seconds_to_five_minutes()
    {
        Pauses(Outage, 9).ShouldBe([5, 5, 10, 20, 40, 80, 160, 300, 300]);
    }

    [Fact]
    public void Pauses_of_a_halt_double_from_five_minutes_to_an_hour()
    {
        Pauses(Halt, 7).ShouldBe([300, 300, 600, 1200, 2400, 3600, 3600]);
    }

    [Fact]
    public void A_first_slow_down_is_obeyed_to_the_letter_and_a_repeated_one_is_not_cut_short()
    {
        var brief = Outage with { NotBefore = TimeSpan.FromSeconds(2) };
        var lengthy = Outage with { NotBefore = TimeSpan.FromMinutes(42) };

        Breaker.PauseFor(brief, null, Some.Noon, Options).ShouldBe(TimeSpan.FromSeconds(2));
        Breaker.PauseFor(brief, Some.Noon.AddSeconds(-20), Some.Noon, Options).ShouldBe(TimeSpan.FromSeconds(20));
        Breaker.PauseFor(lengthy, Some.Noon.AddSeconds(-20), Some.Noon, Options).ShouldBe(TimeSpan.FromMinutes(42));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(72 * 3600, 24 * 3600)]
    public void A_CRM_that_names_no_wait_or_days_is_not_believed(int asked, int seconds)
    {
        Breaker.PauseFor(Outage with { NotBefore = TimeSpan.FromSeconds(asked) }, null, Some.Noon, Options).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Seconds of the pauses that follow each other while nothing gets through.</summary>
    private static List<double> Pauses(ConnectorSign.Trouble trouble, int count)
    {
        var (pauses, now, since) = (new List<double>(), Some.Noon, (DateTimeOffset?)null);
        for (var pause = 0; pause < count; pause++)
        {
            var lasts = Breaker.PauseFor(trouble, since, now, Options);
            pauses.Add(lasts.TotalSeconds);
            since ??= now;
            now += lasts;
        }

        return pauses;
    }
}
