using CrmSync.Console.Texts;
using CrmSync.Console.Views;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Reading;
using CrmSync.Core.Rendering;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Console;

public sealed class ConnectorHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 12, 12, 0, 0, TimeSpan.Zero);
    private static readonly Fault Down = new(ReasonCodes.CrmUnavailable, "The CRM is down.");
    private static readonly ConnectorActivity Quiet = new("zendesk", 0, 0, null, 0, 0, 0, 0, 0, null);

    [Fact]
    public void A_connector_that_delivers_is_healthy() => Of(Quiet with { DeliveredLastDay = 3, Waiting = 2 }).Level.ShouldBe(HealthLevel.Healthy);

    [Fact]
    public void One_that_was_never_used_is_healthy_and_says_so()
    {
        Of(null).Level.ShouldBe(HealthLevel.Healthy);
        Of(null).Sentence.ShouldContain("Nothing was sent");
    }

    [Fact]
    public void One_that_is_behind_is_slowed_and_tells_by_how_much()
    {
        var health = Of(Quiet with { Due = 12, OldestDueAt = Now.AddMinutes(-90) });

        health.Level.ShouldBe(HealthLevel.Slowed);
        health.Sentence.ShouldContain("12");
        health.Sentence.ShouldContain("1 h 30 min");
    }

    [Fact]
    public void A_pause_that_ends_by_itself_slows_one_that_does_not_stops()
    {
        var passing = Of(Quiet with { Pause = new ConnectorPause("zendesk", Down, Now, Now.AddMinutes(1)) });
        var standing = Of(Quiet with { Pause = new ConnectorPause("zendesk", Down, Now, null) });

        passing.Level.ShouldBe(HealthLevel.Slowed);
        standing.Level.ShouldBe(HealthLevel.Paused);
        standing.Sentence.ShouldContain("The CRM is down.");
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(5, 8)]
    [InlineData(24, 24)]
    [InlineData(37, 40)]
    [InlineData(4_001, 8_000)]
    public void A_chart_ends_at_a_number_that_its_gridlines_divide(long highest, long max)
    {
        var chart = new StepChart([new OverviewStep(Now, highest, 0, 0, 0)]);

        chart.Max.ShouldBe(max);
        chart.Y(0).ShouldBe(StepChart.Bottom);
        chart.HeightOf(chart.Max).ShouldBe(StepChart.Bottom - chart.Y(chart.Max));
    }

    [Fact]
    public void A_chart_without_a_step_is_empty() => new StepChart([]).Line.ShouldBeEmpty();

    private static ConnectorHealth Of(ConnectorActivity? activity) =>
        ConnectorHealth.Of(activity, new Times(new NoteOptions(), new FakeTimeProvider(Now)), new Speech());
}
