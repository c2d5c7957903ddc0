using CrmSync.Alerts;
using CrmSync.Core;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Intake;

namespace CrmSync.Tests.Alerts;

public sealed class AlertRulesTests
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
    internal static readonly LedgerSummary Quiet = new(10, 0, 0, [new StateCount("crm", DeliveryState.Delivered, 10)], [], [], null);
    internal static readonly AlertFacts AllIsWell = new(Quiet, [], new LedgerHealth(true, null, 1L << 40), null);

    private static readonly AlertOptions Options = new();

    [Fact]
    public void Nothing_wrong_is_no_alert() => Evaluate(AllIsWell).ShouldBeEmpty();

    [Fact]
    public void A_delivery_that_nobody_takes_up_is_told_after_an_hour_and_not_before()
    {
        Evaluate(With(Quiet with { OldestDue = Noon.AddMinutes(-59) })).ShouldBeEmpty();

        var alert = Evaluate(With(Quiet with { OldestDue = Noon.AddMinutes(-60) })).ShouldHaveSingleItem();
        alert.Kind.ShouldBe(AlertKind.DeliveriesWaiting);
        alert.Since.ShouldBe(Noon.AddMinutes(-60));
    }

    [Fact]
    public void Parked_and_failed_deliveries_are_counted_together()
    {
        var alert = Evaluate(With(Quiet with
        {
            Counts = [new("a", DeliveryState.Parked, 2), new("b", DeliveryState.Failed, 1), new("b", DeliveryState.Skipped, 9)],
        })).ShouldHaveSingleItem();

        alert.Kind.ShouldBe(AlertKind.NeedsPerson);
        alert.Message.ShouldStartWith("3 deliveries need");
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(59, 1)]
    [InlineData(60, 2)]
    [InlineData(8 * 60, 3)]
    public void A_connector_that_stands_still_is_told_after_five_minutes_an_hour_and_eight(int minutes, int level)
    {
        var pause = new ConnectorPause("zendesk", new Fault(ReasonCodes.AuthFailed, "The secret is not accepted."), Noon.AddMinutes(-minutes), Noon.AddMinutes(3));

        var alerts = Evaluate(AllIsWell with { Troubles = [pause] });

        alerts.Select(alert => alert.Level).ShouldBe(level == 0 ? [] : [level]);
        alerts.ShouldAllBe(alert => alert.Key == "connector-paused:zendesk" && alert.Message.Contains("AUTH_FAILED", StringComparison.Ordinal));
    }

    [Fact]
    public void A_connector_that_is_just_being_tried_again_is_still_in_trouble_and_an_idle_one_is_not()
    {
        var pause = new ConnectorPause("zendesk", new Fault(ReasonCodes.CrmUnreachable, "Down."), Noon.AddHours(-1), Noon.AddSeconds(-30));

        Evaluate(AllIsWell with { Troubles = [pause] }).ShouldHaveSingleItem();
        Evaluate(AllIsWell with { Troubles = [pause with { Until = Noon.AddMinutes(-10) }] }).ShouldBeEmpty();
    }

    [Fact]
    public void A_source_is_silent_when_it_fails_not_when_it_is_looked_at_once_a_day()
    {
        var failed = new SourceStatus("inbox", new SourceNote(Noon, "SOURCE_UNREACHABLE: gone", 0, 0, 0), Noon.AddMinutes(-15));

        Evaluate(With(Quiet with { Sources = [failed] })).ShouldHaveSingleItem().Key.ShouldBe("source-silent:inbox");
        Evaluate(With(Quiet with { Sources = [failed with { LastOkAt = Noon.AddMinutes(-14) }] })).ShouldBeEmpty();
        Evaluate(With(Quiet with { Sources = [new SourceStatus("daily", new SourceNote(Noon.AddHours(-20), null, 0, 0, 0), Noon.AddHours(-20))] })).ShouldBeEmpty();
    }

    [Fact]
    public void A_disk_that_is_nearly_full_is_told_and_a_ledger_that_cannot_be_written_more_loudly()
    {
        Evaluate(AllIsWell with { Health = new LedgerHealth(true, "900 MB left.", 1) }).ShouldHaveSingleItem().Level.ShouldBe(1);
        Evaluate(new AlertFacts(null, [], new LedgerHealth(false, "The disk fails.", null), null)).ShouldHaveSingleItem().Level.ShouldBe(2);
    }

    [Fact]
    public void Quarantine_is_news_for_a_day()
    {
        var facts = With(Quiet with { FilesQuarantined = 7 });

        Evaluate(facts with { NewestQuarantined = Noon.AddHours(-23) }).ShouldHaveSingleItem().Message.ShouldStartWith("7 files are in quarantine");
        Evaluate(facts with { NewestQuarantined = Noon.AddHours(-24) }).ShouldBeEmpty();
    }

    private static AlertFacts With(LedgerSummary summary) => AllIsWell with { Summary = summary };

    private static IReadOnlyList<Alert> Evaluate(AlertFacts facts) => AlertRules.Evaluate(facts, Options, _ => null, Noon);
}
