using CrmSync.Console.Texts;
using CrmSync.Console.Views;
using CrmSync.Tests.Rendering;
using CrmSync.Tests.Sessions;

namespace CrmSync.Tests.Console;

public sealed class SessionTimelineTests
{
    private static readonly Speech Say = new();

    [Fact]
    public void A_transferred_call_has_a_lane_for_the_queue_and_for_each_agent()
    {
        var timeline = SessionTimeline.Of(Notes.Sample("call-70125"), new Privacy(MaySee: true), Say).ShouldNotBeNull();

        timeline.Lanes.Select(lane => lane.Name).ShouldBe(["Queue", "Mei Lindqvist", "Luis Ferrer"]);
        timeline.Lanes[1].Stretches.Select(stretch => stretch.Kind).ShouldBe([StretchKind.Handling, StretchKind.WrapUp]);
        timeline.Lanes[1].Stretches[0].Hold.ShouldBe(TimeSpan.FromSeconds(48));
        timeline.Transfers.ShouldHaveSingleItem().To.ShouldBe("Luis Ferrer");
        timeline.InOrder.Select(entry => entry.Stretch.From).ShouldBeInOrder();
    }

    [Fact]
    public void Without_the_right_agents_are_numbers()
    {
        var timeline = SessionTimeline.Of(Notes.Sample("call-70125"), new Privacy(MaySee: false), Say).ShouldNotBeNull();

        timeline.Lanes.Skip(1).ShouldAllBe(lane => lane.Name.StartsWith('#'));
        timeline.Transfers[0].To!.ShouldStartWith("#");
    }

    [Fact]
    public void A_session_without_times_has_no_picture() =>
        SessionTimeline.Of(SessionText.Call(), new Privacy(MaySee: true), Say).ShouldBeNull();

    [Fact]
    public void Every_sample_fits_into_its_picture()
    {
        foreach (var timeline in Notes.SampleNames.Select(name => SessionTimeline.Of(Notes.Sample(name), new Privacy(true), Say)).OfType<SessionTimeline>())
        {
            var drawing = new TimelineDrawing(timeline);

            foreach (var (_, stretch) in timeline.InOrder)
            {
                drawing.X(stretch.From).ShouldBeInRange(TimelineDrawing.Left, TimelineDrawing.Width);
                (drawing.X(stretch.From) + drawing.WidthOf(stretch)).ShouldBeLessThan(TimelineDrawing.Width);
            }

            drawing.Ticks().Count().ShouldBeInRange(2, 8);
        }
    }

    [Theory]
    [InlineData("+12025550142", "***0142")]
    [InlineData("casey@customer.example", "***@customer.example")]
    [InlineData("web-5f2a", "***5f2a")]
    [InlineData("12345", "***")]
    [InlineData(null, null)]
    public void A_customer_is_masked_as_far_as_two_can_still_be_told_apart(string? identifier, string? shown)
    {
        new Privacy(MaySee: false).Customer(identifier).ShouldBe(shown);
        new Privacy(MaySee: true).Customer(identifier).ShouldBe(identifier);
    }
}
