using CrmSync.Alerts;

namespace CrmSync.Tests.Alerts;

public sealed class AlertBoardTests
{
    private static readonly Alert Paused = new(AlertKind.ConnectorPaused, "zendesk", 1, "Stands still.", "Look.", AlertRulesTests.Noon);

    private readonly AlertBoard _board = new();

    [Fact]
    public void Trouble_that_lasts_is_told_once()
    {
        _board.Update([Paused]).ShouldHaveSingleItem().IsOver.ShouldBeFalse();

        _board.Update([Paused with { Message = "Still stands still." }]).ShouldBeEmpty();
        _board.Current.ShouldHaveSingleItem().Message.ShouldBe("Still stands still.");
    }

    [Fact]
    public void Trouble_that_gets_worse_is_told_again_and_trouble_that_eases_is_not()
    {
        _board.Update([Paused]);

        _board.Update([Paused with { Level = 2 }]).ShouldHaveSingleItem().Alert.Level.ShouldBe(2);
        _board.Update([Paused]).ShouldBeEmpty();
    }

    [Fact]
    public void Trouble_that_is_over_is_told_once_and_may_begin_again()
    {
        _board.Update([Paused]);

        _board.Update([]).ShouldHaveSingleItem().IsOver.ShouldBeTrue();
        _board.Update([]).ShouldBeEmpty();
        _board.Current.ShouldBeEmpty();
        _board.Update([Paused]).ShouldHaveSingleItem().IsOver.ShouldBeFalse();
    }

    [Fact]
    public void Two_connectors_are_two_alerts_and_the_most_urgent_comes_first()
    {
        _board.Update([Paused, Paused with { Level = 3 }, new(AlertKind.ConnectorPaused, "salesforce", 2, "x", "y", AlertRulesTests.Noon)]);

        _board.Current.Select(alert => alert.Key).ShouldBe(["connector-paused:zendesk", "connector-paused:salesforce"]);
    }
}
